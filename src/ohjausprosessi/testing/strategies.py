"""Hypothesis strategies: facts, cases and traces of a process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from hypothesis import reject
from hypothesis import strategies as st

from ohjausprosessi.testing.boundary_values import boundary_values
from ohjausprosessi.testing.navigator import navigator_of
from ohjausprosessi.testing.walks import MOST, Draw, Walk
from ohjausprosessi.text.suggest import close_matches, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hypothesis.strategies import DrawFn, SearchStrategy

    from ohjausprosessi.engine import Case, History
    from ohjausprosessi.model import Value
    from ohjausprosessi.process import Process
    from ohjausprosessi.testing.acts import Act
    from ohjausprosessi.testing.navigator import Navigator

__all__ = ["Trace", "any_case", "cases", "draws", "facts", "traces"]

_MOST_STEPS = 200

_numbers = st.integers(0, MOST)
draws: SearchStrategy[Draw] = st.builds(Draw, _numbers, _numbers)

_goes_on = st.integers(0, 19).map(bool)  # twenty steps on the average


class Trace(NamedTuple):
    """What happened to a random case, from its start.

    Attributes:
        case: the case at the end.
        acts: what was done; what happened by itself is only in the history.

    Example:
        from hypothesis import given, settings

        import ohjausprosessi as op
        from ohjausprosessi.testing import traces

        @settings(max_examples=5, deadline=None)
        @given(traces(op.load("ohjausprosessi_koulutukseen")))
        def starts_once(trace):
            assert trace.times("start") == 1

        starts_once()
    """

    case: Case
    acts: tuple[Act, ...]

    @property
    def history(self) -> History:
        """Every event."""
        return self.case.history

    @property
    def names(self) -> tuple[str, ...]:
        """Exact name of every event."""
        return tuple(event.transition for event in self.case.history)

    def times(self, name: str) -> int:
        """How many events have an exact name."""
        return self.names.count(name)

    def __repr__(self) -> str:
        return f"Trace({'; '.join(map(str, self.acts))} -> {self.case!r})"


def facts(
    process: Process,
    *,
    overrides: Mapping[str, Value | SearchStrategy[Any]] | None = None,
    complete: bool = True,
) -> SearchStrategy[dict[str, Value]]:
    """A strategy for facts of a client, with the values that guards, rules and services tell apart.

    Args:
        process: whose facts.
        overrides: fact to its value, or to a strategy for its values.
        complete: whether every fact is known; else any may be missing.

    Raises:
        ValueError: if an override names no fact of the process.

    Example:
        from hypothesis import given, settings

        import ohjausprosessi as op
        from ohjausprosessi.testing import facts

        process = op.load("ohjausprosessi_koulutukseen")

        @settings(max_examples=5, deadline=None)
        @given(facts(process, overrides={"tyollistynyt": False}))
        def nobody_is_employed(known):
            assert known["tyollistynyt"] is False

        nobody_is_employed()
    """
    given = dict(overrides or {})
    for name in given:
        if name not in process.facts:
            near = close_matches(name, process.facts)
            meant = did_you_mean(map(repr, near[:1]), "en")
            raise ValueError(f"{process.id} has no fact {name!r}{meant}")
    values = boundary_values(navigator_of(process).compiled)
    strategies: dict[str, SearchStrategy[Any]] = {
        name: st.sampled_from(values[name]) for name in process.facts if values[name]
    }
    for name, value in given.items():
        strategies[name] = value if isinstance(value, st.SearchStrategy) else st.just(value)
    if complete:
        return st.fixed_dictionaries(strategies)
    needed = {name: strategy for name, strategy in strategies.items() if name in given}
    rest = {name: strategy for name, strategy in strategies.items() if name not in given}
    return st.fixed_dictionaries(needed, optional=rest)


def cases(process: Process, *, at: str | None = None) -> SearchStrategy[Case]:
    """A strategy for cases that have come some way by acts that are allowed.

    Args:
        process: the process they run.
        at: exact name of the place where they are to be, such as a state; None = anywhere.

    Raises:
        ValueError: if there is no such place, or no case can be there.

    Example:
        from hypothesis import given, settings

        import ohjausprosessi as op
        from ohjausprosessi.testing import cases

        @settings(max_examples=5, deadline=None)
        @given(cases(op.load("ohjausprosessi_koulutukseen"), at="perustutkinto"))
        def the_college_has_the_client(case):
            assert case.holders["perustutkinto"] == "sakky"

        the_college_has_the_client()
    """
    navigator = navigator_of(process)
    if at is None:
        return _anywhere(navigator)
    if at not in navigator.compiled.place_numbers:
        near = close_matches(at, navigator.compiled.place_numbers)
        meant = did_you_mean(map(repr, near[:1]), "en")
        raise ValueError(f"{process.id} has no place {at!r}{meant}")
    if not navigator.toward(f"@{at}"):
        raise ValueError(f"no case of {process.id} can be at {at!r}")
    return _standing_at(navigator, at)


def traces(process: Process, *, complete: bool = True) -> SearchStrategy[Trace]:
    """A strategy for random walks: every act and every fact by a role that is allowed to.

    Hand-offs are accepted, declined or expire; what is due happens by ``tick``.

    Args:
        process: the process.
        complete: whether the case has to end; else the trace may stop anywhere.

    Example:
        from hypothesis import given, settings

        import ohjausprosessi as op
        from ohjausprosessi.testing import traces

        @settings(max_examples=5, deadline=None)
        @given(traces(op.load("ohjausprosessi_koulutukseen")))
        def every_case_has_an_outcome(trace):
            assert trace.case.outcome is not None

        every_case_has_an_outcome()
    """
    return _walked(navigator_of(process), complete)


@st.composite
def any_case(draw: DrawFn) -> Case:
    """A case of some process that ships with the library."""
    from ohjausprosessi.formats.load.library import shipped_ids  # noqa: PLC0415  pydantic comes with it

    return draw(cases(_shipped(draw(st.sampled_from(shipped_ids())))))


def _shipped(name: str) -> Process:
    if name not in _loaded:
        from ohjausprosessi.process import load  # noqa: PLC0415  pydantic comes with it

        _loaded[name] = load(name)
    return _loaded[name]


_loaded: dict[str, Process] = {}


@st.composite
def _anywhere(draw: DrawFn, navigator: Navigator) -> Case:
    return _wander(draw, navigator).case


@st.composite
def _standing_at(draw: DrawFn, navigator: Navigator, at: str) -> Case:
    walk = Walk(navigator)
    goal = f"@{at}"
    while at not in walk.case.active:
        if walk.steps == _MOST_STEPS or not walk.step(draw(draws), goal):
            reject()
        if walk.case.ended and at not in walk.case.active:
            reject()
    return walk.case


@st.composite
def _walked(draw: DrawFn, navigator: Navigator, complete: bool) -> Trace:  # noqa: FBT001  not public
    walk = _wander(draw, navigator)
    while complete and not walk.case.ended:
        if walk.steps == _MOST_STEPS or not walk.step(draw(draws), "end"):
            reject()
    return Trace(walk.case, tuple(walk.acts))


def _wander(draw: DrawFn, navigator: Navigator) -> Walk:
    """Walk towards one thing after another until told to stop, or the case has ended."""
    walk = Walk(navigator)
    while not walk.case.ended and walk.steps < _MOST_STEPS and draw(_goes_on):
        if not walk.step(draw(draws)):
            break
    return walk
