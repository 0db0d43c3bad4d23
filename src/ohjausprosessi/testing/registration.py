"""What Hypothesis loads when it is imported: a strategy for cases, so that ``from_type`` knows one."""

from __future__ import annotations

__all__ = ["register"]


def register() -> None:
    """Let ``st.from_type(Case)`` give cases of the processes that ship with the library."""
    from hypothesis import strategies as st  # noqa: PLC0415  an extra

    from ohjausprosessi import engine  # noqa: PLC0415  only when Hypothesis is used
    from ohjausprosessi.process import Case  # noqa: PLC0415

    def any_case(_: type[engine.Case]) -> st.SearchStrategy[engine.Case]:
        from ohjausprosessi.testing.strategies import any_case  # noqa: PLC0415  loads the maps

        return any_case()

    for kind in (Case, engine.Case):
        st.register_type_strategy(kind, any_case)
