"""``mutate``: which one-edit changes of a definition no check or rule notices."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

import typer

import ohjausprosessi as op
from ohjausprosessi.cli import messages as say
from ohjausprosessi.cli.command_terminal import command_terminal
from ohjausprosessi.cli.options import FileArgument, Form, FormOption, LanguageOption, examples
from ohjausprosessi.cli.terminal import printable_json

if TYPE_CHECKING:
    from ohjausprosessi.cli.terminal import Terminal
    from ohjausprosessi.verify import Score

__all__ = ["command", "mutate"]

command = typer.Typer()


@command.command(
    short_help="Find changes that no check or rule notices.",
    epilog=examples(
        "ohjausprosessi mutate tyottomyydesta_tutkintoon",
        "ohjausprosessi mutate my_process.yaml --format json",
    ),
)
def mutate(file: FileArgument, form: FormOption = Form.TEXT, lang: LanguageOption = None) -> None:
    """Change a definition one edit at a time, and list the changes that nothing notices.

    A transition is dropped, redirected, its guard negated or left out, its hand-off left out; a
    state gets another owner. Each change costs a whole check: allow a minute or more.
    """
    from ohjausprosessi.verify import mutation_score  # noqa: PLC0415  proofs come with it

    with command_terminal(lang) as terminal:
        process = op.load(file)
        with terminal.progress(say.MUTATING.text(terminal.language)) as progress:
            score = mutation_score(process.definition, progress=progress)
        if form is Form.JSON:
            terminal.write(printable_json(json.dumps(_score_data(process, score), indent=2)))
        else:
            _print_score(terminal, process, score)


def _print_score(terminal: Terminal, process: op.Process, score: Score) -> None:
    """Print each surviving mutant, then how many were noticed, and by which checks."""
    for mutant in score.survivors:
        terminal.line(("~ ", "bold yellow"), mutant.message.text(terminal.language))
    codes = Counter(code for _, code in score.noticed)
    noticed = ", ".join(f"{code} {number}" for code, number in codes.most_common())
    summary = say.MUTATED.text(terminal.language).format(
        name=process.id, noticed=len(score.noticed), total=score.tried, share=score.share
    )
    terminal.line((summary, "bold"))
    terminal.line(say.NOTICED_BY.text(terminal.language), noticed, indent=2)


def _score_data(process: op.Process, score: Score) -> dict[str, object]:
    return {
        "process": process.id,
        "version": process.version,
        "share": round(score.share, 4),
        "noticed": [
            {"element": mutant.element, "edit": mutant.edit, "by": code}
            for mutant, code in score.noticed
        ],
        "survivors": [
            {"element": mutant.element, "edit": mutant.edit} for mutant in score.survivors
        ],
    }
