"""The handle people hold."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

from small import END, process, start, t

if TYPE_CHECKING:
    from ohjausprosessi.process import Process

KM = {"k": {"type": "int"}, "m": {"type": "int"}}


def recording(**facts: Any) -> Process:
    return process(
        {"a": "c", "e": END}, {"g": t("a", "a", ["rc", "cl"]), "q": t("a", "e")}, facts=facts or KM
    )


def test_a_process_is_pickled_as_its_definition() -> None:
    p = recording()
    again = pickle.loads(pickle.dumps(p))  # noqa: S301  our own bytes
    assert again.hash == p.hash
    assert again.restore(start(p).to_dict()) == start(p)
