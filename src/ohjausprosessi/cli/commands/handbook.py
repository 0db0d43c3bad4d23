"""``handbook``: processes as a small static site."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ohjausprosessi.cli import messages as say
from ohjausprosessi.cli.command_terminal import command_terminal
from ohjausprosessi.cli.files import read_counts, read_json
from ohjausprosessi.cli.findings_text import print_findings
from ohjausprosessi.cli.input_errors import InputError
from ohjausprosessi.cli.options import CaseOption, CountsOption, LanguageOption, examples

__all__ = ["command", "handbook"]

command = typer.Typer()


@command.command(
    short_help="Write processes as a small static site.",
    epilog=examples(
        "ohjausprosessi handbook processes/ -o build/handbook",
        "ohjausprosessi handbook my_process.yaml -o site --case build/demo/case.json",
        "ohjausprosessi handbook processes/ --counts counts.csv",
    ),
)
def handbook(
    source: Annotated[
        str,
        typer.Argument(
            metavar="FOLDER",
            help="A folder of YAML files, or a single process as elsewhere: its file or id.",
        ),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where the site goes.")
    ] = Path("build/handbook"),
    case: CaseOption = None,
    counts: CountsOption = None,
    lang: LanguageOption = None,
) -> None:
    """Write a handbook: an index and one page per process that needs no network.

    Pictures to zoom and walk through by keyboard, what each state and hand-off is, where a client
    could drop out, and everything as tables. In Finnish and English; --lang chooses the first page.
    """
    from ohjausprosessi.handbook import write_handbook  # noqa: PLC0415  drawing comes with it

    with command_terminal(lang) as terminal:
        if Path(source).is_dir() and not any(Path(source).glob("*.yaml")):
            raise InputError(say.FOLDER_EMPTY, path=source)
        cases = [] if case is None else [read_json(case)]
        figures = None if counts is None else read_counts(counts)
        with terminal.progress(say.WRITING_PAGES.text(terminal.language)) as progress:
            written = write_handbook(
                source,
                output,
                lang=terminal.language,
                cases=cases,
                counts=figures,
                progress=progress,
            )
        for _, error in written.left_out:
            print_findings(terminal.to_errors(), error.findings)
        if written.undrawn is not None:
            terminal.error(written.undrawn.text(terminal.language))
        terminal.line(str(written.index))
