"""What differs between two pieces of data, by path."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

ABSENT = "(absent)"
_AROUND = 60


class Difference(NamedTuple):
    """One place where two versions answer differently.

    Attributes:
        kind: what was asked: hash, stored, history, refusals …
        path: unit, kind and the keys down to the place, joined by slashes.
        base: what the older version says there.
        head: what the newer one says there.
    """

    kind: str
    path: str
    base: Any
    head: Any

    @property
    def excerpts(self) -> tuple[str, str]:
        """Both answers, shortened to where they part."""
        base, head = str(self.base), str(self.head)
        start = next(
            (i for i, (a, b) in enumerate(zip(base, head, strict=False)) if a != b),
            min(len(base), len(head)),
        )
        return _excerpt(base, start), _excerpt(head, start)


def differences(base: Any, head: Any, path: str) -> Iterator[tuple[str, Any, Any]]:
    """Yield path and both values of every difference.

    Of lists that are not equally long the first difference counts: what follows is shifted.
    """
    if type(base) is type(head) and base == head and repr(base) == repr(head):
        return  # `repr` sees the order of keys, and that True is not 1
    if isinstance(base, dict) and isinstance(head, dict):
        yield from _of_mappings(base, head, path)
    elif isinstance(base, list) and isinstance(head, list):
        for index, (one, other) in enumerate(zip(base, head, strict=False)):
            found = list(differences(one, other, f"{path}/{index}"))
            yield from found
            if found and len(base) != len(head):
                return
        if len(base) != len(head):
            shorter = min(len(base), len(head))
            ends = [side[shorter] if len(side) > shorter else ABSENT for side in (base, head)]
            yield f"{path}/{shorter}", *ends
    else:
        yield path, base, head


def _of_mappings(
    base: dict[str, Any], head: dict[str, Any], path: str
) -> Iterator[tuple[str, Any, Any]]:
    for key in dict.fromkeys([*base, *head]):
        below = f"{path}/{key}"
        if key in base and key in head:
            yield from differences(base[key], head[key], below)
        else:
            yield below, base.get(key, ABSENT), head.get(key, ABSENT)
    shared = [key for key in base if key in head]
    if shared != [key for key in head if key in base]:
        yield f"{path} (order)", list(base), list(head)


def _excerpt(text: str, start: int) -> str:
    first = max(0, start - _AROUND)
    shown = text[first : start + 2 * _AROUND]
    return f"{'…' if first else ''}{shown}{'…' if start + 2 * _AROUND < len(text) else ''}"
