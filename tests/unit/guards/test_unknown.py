"""The value of a fact that is not known."""

import copy
import pickle

import pytest

from ohjausprosessi.guards import UNKNOWN, UnknownFact


def test_unknown_can_be_recognised_but_not_used() -> None:
    for use in (
        bool,
        lambda u: u == 1,
        lambda u: u < 1,
        lambda u: u in ("x", "y"),
        lambda u: u != 1,
    ):
        with pytest.raises(UnknownFact):
            use(UNKNOWN)
    assert repr(UNKNOWN) == "UNKNOWN"
    assert copy.deepcopy(UNKNOWN) is UNKNOWN
    assert pickle.loads(pickle.dumps(UNKNOWN)) is UNKNOWN  # noqa: S301  our own bytes
    assert {UNKNOWN: 1}[UNKNOWN] == 1
