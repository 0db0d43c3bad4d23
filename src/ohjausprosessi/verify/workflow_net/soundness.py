"""Whether a bare workflow net is sound, and the shortest run that shows why not.

A few deep runs first, which find most problems at once; else the net is made smaller
(``reduction``), at first by what is quick, and what remains is explored (``exploring``) up to a
budget.
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
_SMALL = 300  # nets with more transitions are made smaller before anything is tried
_RUNS = 100
_DEEP = 1_000


class Verdict:
    """Whether a net is sound, and why not. Never changes.

    ``why``, ``trace`` and ``dead`` are worked out when first asked for: to know that a net is not
    sound is cheap, the shortest run that shows it may not be.

    Attributes:
        sound: True, False, or None where the budget did not suffice to tell.
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
        """Return some run that shows a problem, where the shortest is beyond the budget."""
        run = explore(self._net, budget, "deep")
        return run if run.problem else self._found._replace(trace=())

    @property
    def why(self) -> str:
        """Why it is not sound, in a word.

        ``stuck``, ``improper completion``, ``unbounded``, ``no option to complete``,
        ``dead transition``, ``no workflow net`` (an arc leaves a sink or enters the source), or
        ``undecided``; empty for a sound net. That of the first problem of the shortest run: a net may have others.
        """
        if self.sound is None:
            return "undecided"
        return self._story.problem or ""

    @property
    def trace(self) -> tuple[str, ...]:
        """The shortest firing sequence that leads to the problem: ids of transitions.

        Empty for a sound or undecided net, for dead transitions (they are named in ``dead``) and
        where already the first marking is the problem. Where the shortest is more than 10,000
        firings away, a longer one; empty where none is found within as many.
        """
        return self._story.trace

    @property
    def dead(self) -> tuple[str, ...]:
        """The transitions that never fire, if that is the only problem."""
        return self._story.dead

    def __repr__(self) -> str:
        return f"<Verdict sound={self.sound}{f': {self.why}' if self.why else ''}>"


def soundness_of(net: Mapping[str, object], *, budget: int = BUDGET) -> Verdict:
    """Return whether a bare workflow net is sound.

    Sound (van der Aalst, The Application of Petri Nets to Workflow Management, 1998): from every
    reachable marking one is reachable in which only sinks are marked, each once; with one sink,
    nothing else is marked when the sink is; every transition can fire. With several sinks any of
    them ends its branch (implicit termination). A net that puts several tokens in a place is
    explored with all of them; that alone does not make it unsound. No arc of a workflow net leaves
    a sink or enters the source; a net with such an arc is not sound.

    Args:
        net: ``{"places": [...], "transitions": {id: {"in": [...], "out": [...]}}, "source": ...,
            "sink": ...}``. Instead of ``places``, ``n_places`` or nothing; instead of a mapping of
            transitions, a list; instead of a transition's mapping, ``[[in], [out]]``; instead of
            ``sink``, ``sinks``. Places are names or numbers.
        budget: how many firings may be tried before the answer is None.

    Raises:
        ValueError: if the data describe no net.
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
