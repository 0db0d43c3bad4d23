"""``render``: a process as a picture in a file."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  Typer reads the annotations
from typing import Annotated

import typer

import ohjausprosessi as op
from ohjausprosessi.cli.command_terminal import command_terminal
from ohjausprosessi.cli.files import read_case, read_counts
from ohjausprosessi.cli.options import (
    CaseOption,
    CountsOption,
    FileArgument,
    LanguageOption,
    View,
    examples,
)

__all__ = ["command", "render"]

command = typer.Typer()


@command.command(
    short_help="Draw a process into a file.",
    epilog=examples(
        "ohjausprosessi render tyottomyydesta_tutkintoon -o k1.svg --lang en",
        "ohjausprosessi render my_process.yaml -o full.png --view full",
        "ohjausprosessi render tyottomyydesta_tutkintoon -o case.svg --case build/demo/case.json",
        "ohjausprosessi render new.yaml --diff old.yaml -o change.svg",
    ),
)
def render(  # noqa: PLR0917  Typer calls it by keyword
    file: FileArgument,
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", metavar="OUT", help="The picture; its suffix says how: .svg, .png, …"
        ),
    ],
    view: Annotated[View, typer.Option("--view", help="How much to show.")] = View.OVERVIEW,
    owner: Annotated[
        str | None, typer.Option("--owner", metavar="OWNER", help="Show only this owner's part.")
    ] = None,
    case: CaseOption = None,
    counts: CountsOption = None,
    diff: Annotated[
        str | None,
        typer.Option("--diff", metavar="OLD", help="Show what changed since this definition."),
    ] = None,
    lang: LanguageOption = None,
) -> None:
    """Draw a process into a file: lanes in the owners' colours, with a legend."""
    with command_terminal(lang) as terminal:
        process = op.load(file)
        drawn = process.render(
            output,
            lang=terminal.language,
            view=view.value,
            owner=owner,
            case=None if case is None else read_case(process, case),
            counts=None if counts is None else read_counts(counts),
            diff=None if diff is None else op.load(diff),
        )
        terminal.line(str(drawn))
