"""Decide whether a workflow net is sound, with a shortest run that shows why not.

A short depth-first search finds most problems at once. Otherwise the net is reduced (``reduce``),
first by the cheap rules only, and what remains is explored up to a budget (``explore``).
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from ohjausprosessi.verify.workflow_net.explore import Explored, explore
from ohjausprosessi.verify.workflow_net.reduce import reduce
from ohjausprosessi.verify.workflow_net.workflow_net import WorkflowNet, workflow_net

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Verdict", "soundness_of"]

BUDGET = 200_000
_TRACE_BUDGET = 10_000
_SMALL = 300  # nets with more transitions are reduced before anything is tried
_RUNS = 100
_DEEP = 1_000


class Verdict:
    """Whether a net is sound, and why not; immutable.

    ``why``, ``trace`` and ``dead`` are computed on first access: deciding that a net is not sound
    is cheap, finding a shortest run that shows it may not be.

    Attributes:
        sound: True, False, or None if the budget was exhausted.

    Example:
        import ohjausprosessi as op

        net = {"transitions": [[["i"], ["p"]]], "source": "i", "sink": "o"}
        verdict = op.verify.soundness_of(net)
        assert verdict.sound is False
        assert (verdict.why, verdict.trace) == ("stuck", ("0",))
    """

    def __init__(self, net: WorkflowNet, found: Explored, budget: int) -> None:
        self.sound: bool | None = (found.problem is None) if found.complete else None
        self._net = net
        self._found = found
        self._budget = budget

    @cached_property
    def _story(self) -> Explored:
        if self.sound is not False or self._found.problem == "no workflow net":
            return self._found
        budget = min(self._budget, _TRACE_BUDGET)
        shortest = explore(self._net, budget)
        return shortest if shortest.problem else self._deep_run(budget)

    def _deep_run(self, budget: int) -> Explored:
        """A run that shows a problem, not necessarily shortest, found depth first."""
        run = explore(self._net, budget, "deep")
        return run if run.problem else self._found._replace(trace=())

    @property
    def why(self) -> str:
        """Why the net is not sound, as a keyword; empty if it is sound.

        ``stuck``, ``improper completion``, ``unbounded``, ``no option to complete``,
        ``dead transition``, ``no workflow net`` (an arc leaves a sink or enters the source), or
        ``undecided``. It names the problem that ``trace`` shows; the net may have others.
        """
        if self.sound is None:
            return "undecided"
        return self._story.problem or ""

    @property
    def trace(self) -> tuple[str, ...]:
        """A shortest firing sequence that leads to the problem, as ids of transitions.

        Empty for a sound or undecided net, for dead transitions (see ``dead``) and if the initial
        marking already shows the problem. If breadth-first search exceeds 10,000 firings, a longer
        sequence is given, or none if depth-first search exceeds them too.
        """
        return self._story.trace

    @property
    def dead(self) -> tuple[str, ...]:
        """The transitions that can never fire, if that is the only problem."""
        return self._story.dead

    def __repr__(self) -> str:
        return f"<Verdict sound={self.sound}{f': {self.why}' if self.why else ''}>"


def soundness_of(net: Mapping[str, object], *, budget: int = BUDGET) -> Verdict:
    """Decide whether a workflow net is sound.

    Sound (van der Aalst, The Application of Petri Nets to Workflow Management, 1998): from every
    reachable marking one is reachable in which only sinks are marked, each once; with one sink,
    nothing else is marked when the sink is; every transition can fire. With several sinks, any of
    them ends its branch (implicit termination). Places may hold several tokens; that alone does not
    make a net unsound. A net with an arc that leaves a sink or enters the source is not a workflow
    net and not sound.

    Args:
        net: ``{"places": [...], "transitions": {id: {"in": [...], "out": [...]}}, "source": ...,
            "sink": ...}``. Instead of ``places``, ``n_places`` or nothing; instead of a mapping of
            transitions, a list; instead of a transition's mapping, ``[[in], [out]]``; instead of
            ``sink``, ``sinks``. Places are names or numbers.
        budget: how many firings may be tried before the answer is None.

    Raises:
        NetError: (a ``ValueError``) if the data do not describe a net.

    Example:
        import ohjausprosessi as op

        split = {"in": ["i"], "out": ["a", "b"]}
        join = {"in": ["a", "b"], "out": ["o"]}
        net = {"transitions": {"split": split, "join": join}, "source": "i", "sink": "o"}
        assert op.verify.soundness_of(net).sound
    """
    whole = workflow_net(net)
    arcs = whole.transitions.values()
    if any(inputs & whole.sinks or whole.source in outputs for inputs, outputs in arcs):
        return Verdict(whole, Explored("no workflow net", complete=True), budget)
    return Verdict(whole, _decide(whole, budget), budget)


def _decide(whole: WorkflowNet, budget: int) -> Explored:
    if len(whole.transitions) <= _SMALL:
        found = explore(whole, min(_RUNS, budget), "deep")
        if found.complete:
            return found
    kernel = reduce(whole, eliminating=False)
    found = explore(kernel, min(_DEEP, budget), "deep")
    return found if found.complete else explore(reduce(kernel), budget, "deep")
