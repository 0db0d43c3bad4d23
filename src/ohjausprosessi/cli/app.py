"""The program ``ohjausprosessi``: its commands, each of which has a file in ``cli/commands``.

A command ends with 0 if all is well, 1 if errors were found, 2 if its input cannot be used.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

import ohjausprosessi as op
from ohjausprosessi.cli.commands import (
    check,
    demo,
    handbook,
    mutate,
    render,
    rules,
    run,
    schema,
    show,
)
from ohjausprosessi.cli.terminal import leave_closed_pipe, steady_streams

__all__ = ["app", "main"]

app = typer.Typer(
    name="ohjausprosessi",
    help="Guidance processes as text: check them, draw them, walk a case through them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
for _module in (demo, check, render, handbook, show, run, rules, mutate, schema):
    app.add_typer(_module.command)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"ohjausprosessi {op.__version__}")
        raise typer.Exit


@app.callback(epilog="Start with:  ohjausprosessi demo")
def root(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Guidance processes as text: check them, draw them, walk a case through them."""


def main() -> None:
    """Run the command line; a reader that has gone away causes no traceback."""
    steady_streams()
    try:
        app(prog_name="ohjausprosessi")
    finally:
        _flush()


def _flush() -> None:
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        leave_closed_pipe()
