"""What Hypothesis loads when it is imported: a strategy for cases, so that ``from_type`` knows one."""

from __future__ import annotations

__all__ = ["register"]


def register() -> None:
    """Let ``st.from_type(Case)`` give cases of the processes that ship with the library."""
    from hypothesis import strategies as st  # noqa: PLC0415  an extra

    from ohjausprosessi.engine import Case  # noqa: PLC0415  only when Hypothesis is used

    def any_case(_: type[Case]) -> st.SearchStrategy[Case]:
        from ohjausprosessi.testing.strategies import any_case  # noqa: PLC0415  loads the maps

        return any_case()

    st.register_type_strategy(Case, any_case)
