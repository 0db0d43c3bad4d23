"""The terminal of a command, and how a command ends when its input cannot be used."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import typer

import ohjausprosessi as op
from ohjausprosessi.cli import messages as say
from ohjausprosessi.cli.findings_text import print_findings
from ohjausprosessi.cli.input_errors import system_error
from ohjausprosessi.cli.terminal import Terminal, default_language, leave_closed_pipe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ohjausprosessi.cli.options import Language

__all__ = ["command_terminal"]

_UNUSABLE = 2


@contextlib.contextmanager
def command_terminal(language: Language | None) -> Iterator[Terminal]:
    """Yield the terminal of a command; an error of the library is printed there, not raised.

    Args:
        language: the language asked for; None = that of the locale.

    Raises:
        Exit: with code 2, once the error has been printed.
    """
    terminal = Terminal(default_language() if language is None else language.value)
    try:
        yield terminal
    except op.DefinitionError as error:
        print_findings(terminal.to_errors(), error.findings)
    except op.OhjausprosessiError as error:
        text = getattr(error, "text", None)
        terminal.error(str(error) if text is None else text(terminal.language))
    except BrokenPipeError:
        leave_closed_pipe()
    except OverflowError:
        terminal.error(say.OUTSIDE_CALENDAR.text(terminal.language))
    except OSError as error:
        name = f"{error.filename}: " if error.filename else ""
        terminal.error(f"{name}{system_error(error).text(terminal.language)}")
    else:
        return
    raise typer.Exit(_UNUSABLE)
