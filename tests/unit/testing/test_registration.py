"""What Hypothesis knows once the library is installed."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from ohjausprosessi import Case
from ohjausprosessi.formats.load.library import shipped_ids
from ohjausprosessi.testing.registration import register


def test_hypothesis_knows_cases() -> None:
    register()

    @settings(max_examples=3, deadline=None, database=None)
    @given(st.from_type(Case))
    def is_of_a_process_that_ships(case: Case) -> None:
        assert case.definition.id in shipped_ids()

    is_of_a_process_that_ships()
