"""A process as a state machine of Hypothesis: random cases, rules watched, a system beside it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from ohjausprosessi.errors import Refused
from ohjausprosessi.testing.acts import Act
from ohjausprosessi.testing.goals import SIMPLE, Goals
from ohjausprosessi.testing.navigator import navigator_of
from ohjausprosessi.testing.rule_selection import rule_monitor
from ohjausprosessi.testing.walks import MOST, STRAIGHT, Draw, Walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ohjausprosessi.engine import Case, Event
    from ohjausprosessi.process import Process
    from ohjausprosessi.testing.navigator import Navigator
    from ohjausprosessi.verify import RuleMonitor, Violation

__all__ = ["ProcessMachine", "RuleBroken", "Stuck", "machine"]

_DETOURS = 20  # steps that the way to a thing may take beyond the shortest one
_LAST_OF_FOUR = 3
_aims = st.integers(0, 10 * SIMPLE - 1)
_straight = st.integers(0, STRAIGHT - 1)
_astray = st.integers(0, MOST - STRAIGHT)


class RuleBroken(AssertionError):  # noqa: N818  the name says what failed, as AssertionError does
    """Raised by ``ProcessMachine`` for a case that breaks rules of its process.

    Attributes:
        violations: the broken rules.
        case: the case.

    Example:
        from ohjausprosessi.testing import RuleBroken

        assert issubclass(RuleBroken, AssertionError)
    """

    def __init__(self, violations: Sequence[Violation], case: Case) -> None:
        self.violations = tuple(violations)
        self.case = case
        lines = [violation.text("en", definition=case.definition) for violation in self.violations]
        way = " -> ".join(event.transition for event in case.history)
        super().__init__("\n".join([*lines, f"the case: {way}"]))


class Stuck(AssertionError):  # noqa: N818  as above
    """Raised by ``ProcessMachine`` for a case that has not ended and cannot go on.

    Attributes:
        case: the case.

    Example:
        from ohjausprosessi.testing import Stuck

        assert issubclass(Stuck, AssertionError)
    """

    def __init__(self, case: Case) -> None:
        self.case = case
        way = " -> ".join(event.transition for event in case.history)
        super().__init__(f"nothing more can happen at {', '.join(case.active)}\nthe case: {way}")


class ProcessMachine(RuleBasedStateMachine):
    """Walks one case after another; override the hooks to run a system of your own beside it.

    A subclass names its process: ``class Mine(ProcessMachine, process=process)``; ``rules`` and
    ``times`` are those of ``machine``. Hooks, which do nothing here: ``begin``, ``on_fire``,
    ``on_refused``, ``agree``. The other methods are what Hypothesis runs.

    Attributes:
        process: the process.
        navigator: finds the way to whatever a case can do.
        watch: the rules that are watched.
        case: the case now.

    Example:
        from hypothesis import settings
        from hypothesis.stateful import run_state_machine_as_test

        import ohjausprosessi as op
        from ohjausprosessi.testing import ProcessMachine

        process = op.load("ohjausprosessi_koulutukseen")

        class Mine(ProcessMachine, process=process):
            def agree(self, case):
                assert set(case.holders.values()) <= set(process.owners)

        run_state_machine_as_test(Mine, settings=settings(max_examples=3, deadline=None))
    """

    process: ClassVar[Process]
    navigator: ClassVar[Navigator]
    watch: ClassVar[RuleMonitor]

    def __init_subclass__(
        cls,
        *,
        process: Process | None = None,
        rules: str | Iterable[str] = "all",
        times: bool = False,
        **options: object,
    ) -> None:
        """Bind a subclass to a process; the arguments are those of ``machine``.

        Without ``process`` a subclass keeps the process and the rules of its base.
        """
        super().__init_subclass__(**options)
        if process is not None:
            cls.process = process
            cls.navigator = navigator_of(process)
            cls.watch = rule_monitor(process, rules, times=times)

    def __init__(self) -> None:
        super().__init__()
        self._number = 0
        self._goals = Goals(self.navigator)
        self._start()

    @property
    def case(self) -> Case:
        """The case now."""
        return self._walk.case

    # ---- hooks

    def begin(self, case: Case) -> None:
        """Start a new case in the system; automatic events at the start have happened already."""

    def on_fire(self, case: Case, event: Event) -> None:
        """Follow an event in the system.

        Args:
            case: the case after the whole act.
            event: one event of it, of any kind but ``start``; automatic ones come after what set
                them off.
        """

    def on_refused(self, case: Case, act: Act, refused: Refused) -> None:
        """Check that the system refuses what the process refuses.

        Args:
            case: the case, unchanged.
            act: what was tried.
            refused: why it may not happen.
        """

    def agree(self, case: Case) -> None:
        """Assert that the system is where the case is."""

    # ---- what Hypothesis runs
    #
    # Of the rules, Hypothesis leaves some out in each example. So every one of them goes on with
    # the agenda, after what it is for; and every one begins another case after one that has ended.

    @initialize()
    def starts(self) -> None:
        """Begin the first case."""
        self._begun()

    @rule(aim=_aims, how=_straight)
    def goes_on(self, aim: int, how: int) -> None:
        """Go all the way to the next thing on the agenda."""
        self._take(aim)
        self._proceed(Draw(aim, how))

    @rule(aim=_aims, how=_astray)
    def strays(self, aim: int, how: int) -> None:
        """Go one step that may be gone, wherever it leads, or record a fact or a duty."""
        self._take(aim)
        self._go(Draw(aim, MOST - how))
        self._proceed(Draw(aim, how))

    @rule(aim=_aims, how=_straight, hours=st.integers(0, 24 * 40))
    def waits(self, aim: int, how: int, hours: int) -> None:
        """Let time pass, as little as nothing or as much as forty days."""
        self._take(aim)
        at = self.case.at
        self._attempt(Act("tick", at=None if at is None else at + timedelta(hours=hours)))
        self._proceed(Draw(aim, how))

    @rule(aim=_aims, how=_straight)
    def tries(self, aim: int, how: int) -> None:
        """Try something that may not be possible: mostly one of here, by anybody, as things are."""
        self._take(aim)
        machine, case = self.navigator.compiled, self.case
        marked = [machine.place_numbers[name] for name in case.active]
        here = [target for place in marked for target in machine.targets_at[place]]
        anywhere, anybody, who = how % 4 == _LAST_OF_FOUR, how // 4 % 2, how // 8
        targets = list(machine.targets.values()) if anywhere or not here else here
        target = targets[aim % len(targets)]
        allowed = target.moves[0].roles if target.moves else ()
        roles = tuple(machine.roles) if anybody or not allowed else allowed
        self._attempt(Act(target.name, roles[who % len(roles)], at=case.at))
        self._proceed(Draw(aim, how))

    def _take(self, drawn: int) -> None:
        """Take up another list after one that is done, and another case after one that has ended."""
        self._goals.take_up(drawn, so_far=self.case.seq)
        self._go_on_with_another()

    def _go_on_with_another(self) -> None:
        if self.case.ended:
            self._start()
            self._begun()

    def _start(self) -> None:
        self._number += 1
        self._walk = Walk(self.navigator, f"case-{self._number}")
        self._monitor = self.watch.monitor()

    def _proceed(self, draw: Draw) -> None:
        """Do the next thing on the agenda, with another case where this one no longer can."""
        self._go_on_with_another()
        goal = self._goals.next(self.case)
        if goal is None:
            self._go_to("end", draw)
            self._go_on_with_another()
            goal = self._goals.next(self.case)
        if goal is not None:
            self._go_to(goal, draw)
            self._goals.strike(goal)

    def _go_to(self, goal: str, draw: Draw) -> None:
        """Go until something has been done or the case is over, unless that takes far too long."""
        distance = self.navigator.toward(goal).get(self.navigator.symbolic_state(self.case), 0)
        for step in range(distance + _DETOURS):
            since = self.case.seq
            self._go(Draw(draw.aim, (draw.how + step) % STRAIGHT), goal)
            if self.case.ended or goal in {event.transition for event in self.case.history[since:]}:
                return

    def _go(self, draw: Draw, goal: str | None = None) -> None:
        before = self.case
        taken = self._walk.step(draw, goal)
        if not taken:
            raise Stuck(before)
        for act, case in taken:
            note(f"  {act}")
            self._look(case, before.seq)
            before = case

    def _attempt(self, act: Act) -> None:
        note(f"  {act}")
        before = self.case
        try:
            case = act.on(before)
        except Refused as refused:
            note(f"    refused: {refused.code}")
            self.on_refused(before, act, refused)
            self.agree(before)
            return
        self._walk.went_on([act], case)
        self._look(case, before.seq)

    def _begun(self) -> None:
        case = self.case
        note(f"  {case.id} starts")
        self._monitor.see(case.history[0])
        self.begin(case)
        self._look(case, 1)

    def _look(self, case: Case, since: int) -> None:
        """Tell the system and the monitors of what is new."""
        for event in case.history[since:]:
            self._goals.strike(event.transition)
            self._monitor.see(event)
            self.on_fire(case, event)
        if not case.ended:
            self._monitor.rest(case)
        if self._monitor.broken:
            raise RuleBroken(self._monitor.broken, case)
        self.agree(case)


def machine(
    process: Process, *, rules: str | Iterable[str] = "all", times: bool = False
) -> type[ProcessMachine]:
    """The state machine of a process, for use without a class statement.

    Args:
        process: the process.
        rules: ids of the rules to watch; ``"all"`` = every one but those with ``monitor: true``,
            which people keep; ``()`` = none.
        times: whether to watch the time limits of rules as well; random walks are rarely in time.

    Raises:
        ValueError: if there is no rule of an id.

    Example:
        import ohjausprosessi as op
        from ohjausprosessi.testing import machine

        process = op.load("ohjausprosessi_koulutukseen")
        TestCases = machine(process).TestCase
    """

    class Bound(ProcessMachine, process=process, rules=rules, times=times):
        __doc__ = f"Random cases of {process.id}."

    Bound.__name__ = Bound.__qualname__ = f"{process.id}_machine"
    return Bound
