"""A client's case: an immutable value that is asked what may happen, and stepped."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple, Self

from ohjausprosessi.engine import events
from ohjausprosessi.engine.codec import case_data
from ohjausprosessi.engine.history import History
from ohjausprosessi.engine.input_validation import role_gate
from ohjausprosessi.engine.judge import candidates, judge, judge_facts, may_fire, may_see
from ohjausprosessi.engine.replay import correct
from ohjausprosessi.engine.snapshot import OpenHandoff, Snapshot
from ohjausprosessi.engine.transaction import Transaction
from ohjausprosessi.errors import Refused
from ohjausprosessi.guards import Unknown, UnknownFact
from ohjausprosessi.text.shorten import shorten

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ohjausprosessi.diagnostics import Reason
    from ohjausprosessi.engine.events import Due
    from ohjausprosessi.engine.history import Record
    from ohjausprosessi.model import Definition, Value
    from ohjausprosessi.net import Move

    Facts = Mapping[str, Value | None]

__all__ = ["Case", "Option"]


class Option(NamedTuple):
    """Something a role can do now, or why it cannot; true in a condition if it is allowed.

    ``Case.options`` and ``Case.explain`` give these.

    Attributes:
        transition: exact name of the transition, answer or duty.
        to: exact name of the state it leads to; None for a duty.
        by: the roles that may do it; if one was asked for, that role.
        handoff: the organisation that would receive the client, if another one would.
        state: exact name of the state it would leave. While several branches are open, pass it to
            ``advance`` as ``state=``.
        allowed: whether it may happen now.
        reasons: why not; empty if it may.
        asks: facts and information items to find out first.

    Example:
        import ohjausprosessi as op

        case = op.load("ohjausprosessi_koulutukseen").start("asiakas-1")
        option = case.options(by="asiakas")[0]
        assert option and option.transition == "hakeudu_ohjaukseen"
        assert case.advance(option.transition, by="asiakas").active == (option.to,)
    """

    transition: str
    to: str | None
    by: tuple[str, ...]
    handoff: str | None
    state: str | None
    allowed: bool
    reasons: tuple[Reason, ...] = ()
    asks: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.allowed

    @property
    def code(self) -> str | None:
        """Code of the first reason; None if it is allowed."""
        return self.reasons[0].code if self.reasons else None

    def text(self, lang: str = "fi") -> str:
        """That it is allowed, or every reason why not, a line each."""
        if self.allowed:
            return f"{self.transition}: {'sallittu' if lang == 'fi' else 'allowed'}"
        return "\n".join(f"{reason.code}: {reason.text(lang)}" for reason in self.reasons)

    def __str__(self) -> str:
        return self.text("en")


class Case(Snapshot):
    """One client's way through a process: an immutable value (SEMANTICS S3).

    Cases come from ``Process.start``, ``Process.restore``, ``Process.replay`` or an earlier case.
    What happens to a case is a method that gives a new case or raises ``Refused``. The earlier case
    stays as it was and can be continued again, which is how alternatives are tried out. Versions of
    a case share their history, so keeping them is cheap.

    Example:
        import ohjausprosessi as op

        process = op.load("ohjausprosessi_koulutukseen")
        before = process.start("asiakas-1")
        after = before.advance("hakeudu_ohjaukseen", by="asiakas")
        assert before.active == ("ohjauksen_tarve",)
        assert after.active == ("henkilokohtainen_ohjaus",)
        assert [event.transition for event in after.history] == ["start", "hakeudu_ohjaukseen"]
    """

    __slots__ = ()

    # ---- what it is

    @property
    def id(self) -> str:
        """The case id."""
        return str(self._log[0][1])

    @property
    def definition(self) -> Definition:
        """The definition it runs."""
        return self._compiled.definition

    @property
    def responsible(self) -> str:
        """The organisation that answers for the client: the same at every moment."""
        return self._compiled.definition.responsible

    @property
    def seq(self) -> int:
        """Number of its last event, which is how many there are."""
        return self._n - 1

    @property
    def at(self) -> datetime | None:
        """Moment of the last event, in UTC; None for a case without times."""
        return self._at

    @property
    def active(self) -> tuple[str, ...]:
        """Exact names of the places where the client is, outer processes first (SEMANTICS S4).

        Most places are states; others are an open hand-off, ``t.offered`` (where it can return to
        several states ``t.offered@s``), a branch that has arrived
        at a join, ``t.arrived``, and the result of a call. There are several while branches or a
        called process are open.
        """
        places = self._compiled.net.places
        return tuple(places[place].name for place in self._marking)

    @property
    def ended(self) -> bool:
        """Whether the case has reached an end."""
        return self._table.place in self._compiled.ends

    @property
    def outcome(self) -> str | None:
        """The outcome of the end it has reached; None while it runs."""
        if not self.ended:
            return None
        return self._compiled.effects[self._table.place].outcome

    @property
    def facts(self) -> dict[str, Value]:
        """Known facts and information items of the process itself, without those of calls."""
        return self.facts_in("")

    def facts_in(self, call: str) -> dict[str, Value]:
        """Known facts and information items of a running call; ``""`` is the process itself.

        Args:
            call: exact name of the call, such as ``c`` or ``c/d``.

        Raises:
            LookupError: if no such call is running.

        Example:
            import ohjausprosessi as op

            case = op.load("tyottomyydesta_tutkintoon").start("asiakas-1", facts={"ika": 24})
            assert case.facts_in("") == case.facts
        """
        prefix = f"{call}/" if call else ""
        compiled, marking = self._compiled, self._marking
        for scope in compiled.net.scopes:
            if scope.prefix == prefix and (scope.call is None or scope.call in marking):
                return {
                    name: value
                    for name, number in compiled.index[scope.number].items()
                    if not isinstance(value := self._facts[number], Unknown)
                }
        raise LookupError(f"no call {call!r} is running")

    def visible_facts(self, *, by: str) -> dict[str, Value]:
        """The facts a role may be shown: personal ones only if its organisation may see them (F6).

        Raises:
            Refused: with code ``role`` for an unknown role.

        Example:
            import ohjausprosessi as op

            case = op.load("tyottomyydesta_tutkintoon").start("asiakas-1", facts={"ika": 24})
            assert case.visible_facts(by="asiakas").items() <= case.facts.items()
        """
        self._refuse_unknown("visible_facts", by)
        compiled, seen = self._compiled, self._more().seen
        return {
            name: value
            for name, value in self.facts.items()
            if may_see(compiled, seen, compiled.index[0][name], by)
        }

    def _refuse_unknown(self, what: str, by: object) -> None:
        roles = self._compiled.roles
        if (reason := role_gate(what, by, tuple(roles), roles)) is not None:
            raise Refused([reason])

    @property
    def history(self) -> History:
        """Its events, oldest first."""
        return History(self._compiled, self._log, self._n)

    @property
    def open_handoffs(self) -> dict[str, OpenHandoff]:
        """Hand-offs that wait for an answer, by the name of their place."""
        places, handoffs = self._compiled.net.places, self._more().handoffs
        return {places[place].name: handoffs[place] for place in sorted(handoffs)}

    @property
    def holders(self) -> dict[str, str]:
        """The organisation that holds the client at each active place.

        Until a hand-off is accepted, that is the giver (SEMANTICS S4).
        """
        handoffs, compiled = self._more().handoffs, self._compiled
        return {
            compiled.net.places[place].name: handoffs[place].giver
            if place in handoffs
            else compiled.holders[place]
            for place in self._marking
        }

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Case):
            return NotImplemented
        return (
            self.id == other.id
            and self._compiled.hash == other._compiled.hash
            and self._more() == other._more()
            and self._known() == other._known()
            and self.history == other.history
        )

    def _known(self) -> dict[int, Value]:
        return {
            number: value
            for number, value in enumerate(self._facts)
            if not isinstance(value, Unknown)
        }

    def __hash__(self) -> int:
        return hash((self.id, self._n))

    def __repr__(self) -> str:
        end = f" ended={self.outcome}" if self.ended else ""
        return (
            f"<Case {self.id} {self.definition.id} at {', '.join(self.active)}{end} seq={self.seq}>"
        )

    # ---- what may happen

    def options(self, *, by: str | None = None, blocked: bool = False) -> tuple[Option, ...]:
        """Everything people may do now, in the order of the file, outer processes first (K3).

        Args:
            by: a role, such as the client's; None = anybody.
            blocked: include what the role may do but not yet, with the reasons.

        Raises:
            Refused: with code ``role`` for an unknown role.

        Example:
            import ohjausprosessi as op

            case = op.load("ohjausprosessi_koulutukseen").start("asiakas-1")
            names = [option.transition for option in case.options(by="asiakas")]
            assert names == ["hakeudu_ohjaukseen", "tule_palvelutorille"]
            assert any(not option for option in case.options(by="asiakas", blocked=True))
        """
        if by is not None:
            self._refuse_unknown("options", by)
        if self.ended:
            return ()
        transaction = Transaction(self, self._at)
        found = []
        for target, move, state, roles in candidates(transaction, by):
            reasons: list[Reason] = []
            asks: tuple[str, ...] = ()
            if not may_fire(transaction, move):
                if move is None or not blocked:
                    continue
                reasons, asks = judge_facts(transaction, move, by)
            to, handoff = self._leads_to(move)
            who = roles if by is None else (by,)
            option = (target.name, to, who, handoff, state, not reasons, tuple(reasons), asks)
            found.append(Option._make(option))
        return tuple(found)

    def explain(
        self,
        name: str,
        *,
        by: str | None = None,
        facts: Facts | None = None,
        state: str | None = None,
        at: datetime | None = None,
    ) -> Option:
        """Judge whether something may happen, as ``advance`` would, without doing it (K2).

        Args:
            name: a transition, ``t.accept``, ``t.decline`` or a duty.
            by: the role that would act; None = anybody who may.
            facts: facts that would be recorded with it.
            state: the state to leave, where several branches are open.
            at: the moment; None = time is not judged.

        Returns:
            The answer, also for a name or a role that does not exist: then with code ``transition``
                or ``role``.

        Example:
            import ohjausprosessi as op

            case = op.load("ohjausprosessi_koulutukseen").start("asiakas-1")
            refused = case.explain("tule_palvelutorille", by="opinto_ohjaaja")
            assert not refused and refused.code == "role"
            assert case.explain("tule_palvelutorille", by="asiakas")
        """
        judgement = judge(
            Transaction(self, self._at),
            name,
            by=by,
            facts=facts,
            state=state,
            at=at,
            anybody=by is None,
            timed=at is not None,
        )
        target, move, reasons = judgement.target, judgement.move, tuple(judgement.reasons)
        to, handoff = self._leads_to(move)
        roles: tuple[str, ...] = ()
        if by is not None:
            roles = (by,)
        elif target is not None:
            roles = target.roles if move is None else move.roles
        return Option(
            shorten(name) if target is None else target.name,
            to,
            roles,
            handoff,
            judgement.state,
            not reasons,
            reasons,
            judgement.asks,
        )

    def _leads_to(self, move: Move | None) -> tuple[str | None, str | None]:
        """Name the state that a move leads to, and who would receive the client from another."""
        if move is None:
            return None, None
        arrow, answered = move.net.arrows[0], move.net.target
        prefix = self._compiled.net.scopes[move.net.scope].prefix
        handoff = arrow.receiver if arrow.is_handoff and not answered else None
        return prefix + (answered or arrow.transition.to), handoff

    @property
    def timers(self) -> tuple[Due, ...]:
        """The time limits that run, the next due first: what ``tick`` will act on (T2)."""
        return events.timers(self)

    @property
    def next_due(self) -> datetime | None:
        """When the next time limit runs out, in UTC; None if none is running."""
        timers = self._more().timers
        return timers[0].due if timers else None

    def due(self, now: datetime) -> tuple[Due, ...]:
        """What is due at a moment: time limits that have run out, then duties. Changes nothing.

        Raises:
            Refused: with code ``time`` if ``now`` has no time zone.

        Example:
            from datetime import UTC, datetime, timedelta

            import ohjausprosessi as op

            now = datetime(2026, 1, 5, 8, tzinfo=UTC)
            case = op.load("ohjausprosessi_koulutukseen").start("asiakas-1", at=now)
            assert case.due(now) == ()
            assert case.due(now + timedelta(days=60))[0].what == "ohjauksen_tarve.remind"
        """
        return events.due(self, now)

    # ---- what happens

    def advance(  # noqa: C901  every further call in the plain path would cost a tenth of it
        self,
        name: str,
        *,
        by: str | None = None,
        facts: Facts | None = None,
        state: str | None = None,
        actor: str | None = None,
        at: datetime | None = None,
    ) -> Self:
        """Do something: a transition, the answer to a hand-off, or a duty.

        Automatic moves that it sets off, of choices, forks, joins and calls, happen at once.

        Args:
            name: a transition, ``t.accept``, ``t.decline`` or a duty; inside a call its id or exact
                name.
            by: the role that acts.
            facts: facts and information items to record with it; None as a value = unknown again.
            state: the state to leave, where several branches are open.
            actor: the person; recorded, has no influence.
            at: the moment; required once the case has had a time.

        Returns:
            The case afterwards.

        Raises:
            Refused: if it may not happen, with every reason and what the role may do instead
                (SEMANTICS §10); this case is unchanged.

        Example:
            import ohjausprosessi as op

            case = op.load("ohjausprosessi_koulutukseen").start("asiakas-1")
            case = case.advance("hakeudu_ohjaukseen", by="asiakas")
            try:
                case.advance("aloita_kartoitus", by="asiakas")
            except op.Refused as refused:
                assert refused.code == "role"
                assert "poikkea_palvelutorilla" in refused.options
        """
        # The plain case in a few operations: one token, a step that arms, opens and sets nothing.
        # It decides nothing that events.perform would decide otherwise; a test runs both.
        if state is None and actor is None:
            try:
                step = self._table[name]
                record: Record = step.events[by]  # type: ignore[index]
                known = self._facts
                last = self._extra
                plain = last is None
                if at is not None:
                    plain = (
                        step.timed
                        and at.__class__ is datetime
                        and at.tzinfo is UTC
                        and (plain or at >= last)  # type: ignore[operator]
                    )
                    record = (step.number, by, at)
                if facts and plain:
                    record = (step.number, by, None) if at is None else record
                    known = known.copy()
                    recordable = self._table.recordable
                    for fact in facts:
                        number, kind, allows = recordable[fact]
                        value = facts[fact]
                        if value.__class__ is not kind or (allows and not allows(value)):
                            plain = False
                        known[number] = value  # type: ignore[assignment]
                        record += (fact, value)
                if plain and (step.guard is None or step.guard(known)):
                    log, n = self._log, self._n
                    if len(log) != n:
                        log = log[:n]
                    log.append(record)
                    if log[n] is not record:  # another thread was faster
                        log = log[:n]
                        log.append(record)
                    case = type(self)()
                    case._table = step.to
                    case._facts = known
                    case._log = log
                    case._n = n + 1
                    case._extra = at
                    return case
            except (KeyError, TypeError, AttributeError, UnknownFact):
                pass  # not plain, or wrong: the full path says which
        try:
            return events.perform(self, name, by=by, facts=facts, state=state, actor=actor, at=at)
        except Refused as refused:
            raise self._with_options(refused, by) from None

    def _with_options(self, refused: Refused, by: str | None) -> Refused:
        """Return a refusal that says what the same role may do now instead (§10)."""
        if self.ended:
            return refused
        transaction = Transaction(self, self._at)
        instead = dict.fromkeys(
            target.name
            for target, move, _, _ in candidates(transaction, by)
            if may_fire(transaction, move)
        )
        return Refused(refused.reasons, refused.asks, instead)

    def learn(
        self,
        facts: Facts,
        *,
        by: str | None = None,
        actor: str | None = None,
        at: datetime | None = None,
    ) -> Self:
        """Record facts without doing anything else (SEMANTICS F4).

        A choice that was waiting for them moves on.

        Args:
            facts: facts and information items; None as a value = unknown again.
            by: the role that records them.
            actor: the person; recorded, has no influence.
            at: the moment; required once the case has had a time.

        Returns:
            The case afterwards.

        Raises:
            Refused: with code ``ended``, ``role``, ``facts`` or ``time``.

        Example:
            import ohjausprosessi as op

            case = op.load("ohjausprosessi_koulutukseen").start("asiakas-1")
            case = case.learn({"haluaa_koulutukseen": "ei"}, by="opinto_ohjaaja")
            assert case.facts["haluaa_koulutukseen"] == "ei"
        """
        try:
            return events.learn(self, facts, by=by, actor=actor, at=at)
        except Refused as refused:
            raise self._with_options(refused, by) from None

    def tick(self, now: datetime) -> Self:
        """Let time act: everything due at ``now`` happens, in the order it was due (SEMANTICS T5).

        The library has no clock. Whoever runs cases calls this, for instance at ``next_due`` or
        once an hour.

        Returns:
            The case afterwards; this same case if nothing is due.

        Raises:
            Refused: with code ``time`` if ``now`` has no time zone.

        Example:
            from datetime import UTC, datetime

            import ohjausprosessi as op

            case = op.load("ohjausprosessi_koulutukseen").start(
                "asiakas-1", at=datetime(2026, 1, 5, 8, tzinfo=UTC)
            )
            assert case.tick(case.at) is case
            assert case.tick(case.next_due).history[-1].kind == "remind"
        """
        return events.tick(self, now)

    def correct(
        self,
        *,
        by: str,
        why: str,
        actor: str | None = None,
        at: datetime | None = None,
    ) -> Self:
        """Take back the last act or recording; both it and the correction stay in the history (Y4).

        Args:
            by: a role of the organisation that did it, or of the responsible one.
            why: the reason, for the history.
            actor: the person; recorded, has no influence.
            at: the moment; required once the case has had a time.

        Returns:
            The case afterwards: where it was before, with a longer history.

        Raises:
            Refused: with code ``correct``, ``role``, ``time``; or ``facts`` if ``why`` is no string.

        Example:
            import ohjausprosessi as op

            case = op.load("ohjausprosessi_koulutukseen").start("asiakas-1")
            case = case.advance("hakeudu_ohjaukseen", by="koulutuskoordinaattori")
            case = case.correct(by="koulutuskoordinaattori", why="väärä asiakas")
            assert case.active == ("ohjauksen_tarve",)
            assert case.history[-1].of == 2
        """
        try:
            return correct(self, by=by, why=why, actor=actor, at=at)
        except Refused as refused:
            raise self._with_options(refused, by) from None

    def _repr_svg_(self) -> str | None:
        """Show the process in a notebook, with where the case is and the way it went."""
        picture = self._compiled.picture
        return None if picture is None else picture(self)

    # ---- stored

    def to_dict(self) -> dict[str, object]:
        """The case as JSON data, without the definition (D1); ``Process.restore`` reads it.

        Example:
            import ohjausprosessi as op

            process = op.load("ohjausprosessi_koulutukseen")
            data = process.start("asiakas-1").to_dict()
            assert process.restore(data).id == "asiakas-1"
        """
        return case_data(self)
