"""Arguments and options that several commands take, and the words they are given in."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

__all__ = [
    "CaseOption",
    "CheckForm",
    "CountsOption",
    "FileArgument",
    "Form",
    "FormOption",
    "Language",
    "LanguageOption",
    "View",
    "examples",
]


def examples(*commands: str) -> str:
    """Example commands as they stand at the end of a help page, each on its line."""
    return "\n".join(["\b", "Examples:", *(f"  {command}" for command in commands)])


class Language(StrEnum):
    """A language of the output."""

    FI = "fi"
    EN = "en"


class Form(StrEnum):
    """A form of the output."""

    TEXT = "text"
    JSON = "json"


class CheckForm(StrEnum):
    """A form of the findings."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"


class View(StrEnum):
    """How much a picture shows."""

    OVERVIEW = "overview"
    FULL = "full"


LanguageOption = Annotated[
    Language | None,
    typer.Option("--lang", help="Language of the output.", show_default="that of your locale"),
]
FormOption = Annotated[Form, typer.Option("--format", help="For people or for programs.")]
FileArgument = Annotated[
    str,
    typer.Argument(metavar="FILE", help="A YAML file, or the id of a process that ships with us."),
]
CaseOption = Annotated[
    Path | None, typer.Option("--case", metavar="CASE.json", help="A stored case of the process.")
]
CountsOption = Annotated[
    Path | None,
    typer.Option("--counts", metavar="COUNTS.csv", help="Figures: an id and a number a line."),
]
