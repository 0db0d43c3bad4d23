"""``schema``: the JSON Schema of the format."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  Typer reads the annotations
from typing import Annotated

import typer

from ohjausprosessi.cli.command_terminal import command_terminal
from ohjausprosessi.cli.files import write_text
from ohjausprosessi.cli.options import LanguageOption, examples

__all__ = ["command", "schema"]

command = typer.Typer()


@command.command(
    short_help="Print the JSON Schema of the format.",
    epilog=examples(
        "ohjausprosessi schema > ohjausprosessi-1.json",
        "ohjausprosessi schema --output schema/ohjausprosessi-1.json",
    ),
)
def schema(
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write it here instead of printing."),
    ] = None,
    lang: LanguageOption = None,
) -> None:
    """Print the JSON Schema of the format, for editors that complete and check YAML."""
    from ohjausprosessi.formats.schema.json_schema import schema_text  # noqa: PLC0415  pydantic comes with it

    with command_terminal(lang) as terminal:
        if output is None:
            terminal.write(schema_text())
        else:
            write_text(output, schema_text())
            terminal.line(str(output))
