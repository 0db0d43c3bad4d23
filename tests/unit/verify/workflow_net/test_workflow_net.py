"""Forms in which a net is given, and what is none."""

from __future__ import annotations

from typing import Any

import pytest

from ohjausprosessi.verify import soundness_of
from ohjausprosessi.verify.workflow_net.workflow_net import NetError


def test_every_form_of_a_net_means_the_same() -> None:
    named = {"a": {"in": ["i"], "out": ["p"]}, "b": [["p"], ["o"]]}
    rows = [[[0], [1]], {"in": [1], "out": [2]}]
    for data in (
        {"places": ["i", "p", "o"], "transitions": named, "source": "i", "sink": "o"},
        {"transitions": named, "source": "i", "sinks": ["o"]},
        {"n_places": 3, "transitions": rows, "source": 0, "sinks": [2], "name": "ignored"},
        {"transitions": dict(enumerate(rows)), "source": 0, "sink": 2},
    ):
        assert soundness_of(data).sound is True


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (None, "a net is a mapping"),
        ([], "a net is a mapping"),
        ({"transitions": {}, "sink": "o"}, "`source`"),
        ({"transitions": {}, "source": "i"}, "`sink`"),
        ({"transitions": 7, "source": "i", "sink": "o"}, "expected a list"),
        ({"transitions": {"a": ["i"]}, "source": "i", "sink": "o"}, "transition 'a'"),
        ({"places": ["i"], "transitions": {}, "source": "i", "sink": "o"}, "no place 'o'"),
        ({"transitions": [[["i", "i"], ["o"]]], "source": "i", "sink": "o"}, "two arcs"),
        ({"transitions": [[[["i"]], ["o"]]], "source": "i", "sink": "o"}, "name or a number"),
        ({"n_places": "3", "transitions": [], "source": 0, "sink": 1}, "`n_places`"),
    ],
)
def test_what_is_no_net_is_refused_with_what_is_wrong(data: dict[str, Any], says: str) -> None:
    with pytest.raises(NetError, match=says):
        soundness_of(data)
