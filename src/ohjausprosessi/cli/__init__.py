"""The command line: the only place that prints, and the only one that may read the clock."""

from __future__ import annotations

import sys

__all__ = ["main"]

_NEEDED = {"typer", "rich"}
_MISSING = (
    "ohjausprosessi: the command line needs {name}, which is not installed.\n"
    '  Install it with:  pip install "ohjausprosessi[cli]"\n'
)


def main() -> None:
    """Run the command line with the arguments of the program."""
    try:
        from ohjausprosessi.cli.app import main as run  # noqa: PLC0415  typer and rich are an extra
    except ModuleNotFoundError as error:
        name = (error.name or "").partition(".")[0]
        if name not in _NEEDED:
            raise
        sys.stderr.write(_MISSING.format(name=name))
        raise SystemExit(2) from None
    run()
