"""The differences that are meant: ``expected.toml``."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tools.compare.differences import Difference


@dataclass
class Expected:
    """One entry: differences that are meant, and why.

    Attributes:
        kind: their kind; ``*`` = any.
        path: regular expression searched in their path.
        text: regular expression searched in either answer.
        reason: why they are meant.
        used: how many there were.
    """

    kind: str
    path: re.Pattern[str]
    text: re.Pattern[str]
    reason: str
    used: int = 0

    def covers(self, found: Difference) -> bool:
        """Whether this entry speaks of a difference."""
        return (
            self.kind in {"*", found.kind}
            and self.path.search(found.path) is not None
            and any(self.text.search(str(side)) for side in (found.base, found.head))
        )


def read(path: Path) -> list[Expected]:
    """Read the entries of a file.

    Raises:
        ValueError: if an entry has no kind or no reason, or another key.
    """
    entries = tomllib.loads(path.read_text(encoding="utf-8")).get("expected", [])
    found = []
    for entry in entries:
        if not {"kind", "reason"} <= entry.keys() <= {"kind", "path", "text", "reason"}:
            raise ValueError(f"{path}: an entry has kind, reason and may have path, text: {entry}")
        patterns = [re.compile(entry.get(key, "")) for key in ("path", "text")]
        found.append(Expected(entry["kind"], *patterns, entry["reason"]))
    return found
