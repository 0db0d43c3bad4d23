"""Rules about who may do what: ``allowed``, ``only``, and who can at a moment (``enabled``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Text
from ohjausprosessi.model.naming import name
from ohjausprosessi.rules import alphabet
from ohjausprosessi.rules.claims import atoms_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ohjausprosessi.model import Definition, Rule
    from ohjausprosessi.net import Compiled, Move
    from ohjausprosessi.net.fact_slots import BoundGuard
    from ohjausprosessi.verify.state_space.state_space import StateSpace
    from ohjausprosessi.verify.state_space.symbolic_step import SymbolicStep


def atoms_of_move(compiled: Compiled, move: Move) -> frozenset[str]:
    """The atoms of a move itself, without those of its role and of the states it enters."""
    return frozenset(
        atom for letter in alphabet.of_move(compiled, move, None) for atom in letter.atoms
    )


def broken_by(compiled: Compiled, rule: Rule) -> Text | None:
    """The act that breaks a rule ``allowed`` or ``only``, in words; None if the rule holds.

    An owner stands for at least one of its roles (``allowed``) or for all of them (``only``).
    Timers and automatic moves are nobody's act, so neither rule applies to them.
    """
    definition = compiled.definition
    for move in _acts(compiled, rule):
        if rule.rule == "only":
            others = set(move.roles) - set(definition.roles_of(rule.by))
            wrong = [name(definition.roles[role]) for role in definition.roles if role in others]
            words = ("voi tehdä myös", "can also be done by")
        else:
            missing = [entry for entry in rule.by if not _has(definition, move.roles, entry)]
            wrong = [name(definition.roles.get(e) or definition.owners[e]) for e in missing]
            words = ("ei voi tehdä", "cannot be done by")
        if wrong:
            act, who = _act_name(definition, move, denied=rule.rule == "allowed"), wrong[0]
            return Text(f"{act.fi} {words[0]} {who.fi}", f"{act.en} {words[1]} {who.en}")
    return None


def _acts(compiled: Compiled, rule: Rule) -> Iterator[Move]:
    """Yield the acts that a rule names, and those that can enter a state it names."""
    definition = compiled.definition
    named = atoms_of(definition, rule.when)
    states = {s.id for s in definition.states.values() if s.id in named}
    if "end" in named:
        states |= {end.id for end in definition.ends}
    for move in compiled.moves:
        if move.net.scope != 0 or not move.roles or move.automatic:
            continue
        entered = {compiled.net.places[place].name for place in move.net.outputs}
        if atoms_of_move(compiled, move) & named or entered & states:
            yield move


def _has(definition: Definition, roles: Sequence[str], entry: str) -> bool:
    return bool(set(roles) & set(definition.roles_of([entry])))


def _act_name(definition: Definition, move: Move, *, denied: bool) -> Text:
    """The act as a grammatical object; Finnish puts that of a denial in the partitive."""
    told = name(definition.transitions[move.transition.id]) if move.transition else Text("", "")
    answers = {
        "accept": (f"luovutuksen vastaano{'ttoa' if denied else 'ton'}", "accepting"),
        "decline": (f"luovutuksen torjumi{'sta' if denied else 'sen'}", "declining"),
    }
    if move.net.kind in answers:
        fi, en = answers[move.net.kind]
        return Text(f"{fi} {told.fi}", f"{en} {told.en}")
    return Text(f"siirtymä{'ä' if denied else 'n'} {told.fi}", f"the transition {told.en}")


def is_refused(
    state_space: StateSpace,
    moves: Sequence[Move],
    by: Sequence[str],
    condition: BoundGuard | None,
    step: SymbolicStep,
) -> bool:
    """Whether somebody cannot do what must be possible, given the facts of a step.

    Information that must be known counts as given with the act, since anybody may record it.

    Args:
        state_space: the state space that the step belongs to.
        moves: the moves, any of which suffices.
        by: the roles and owners each of which must be able to act, an owner through one of its
            roles; empty = anybody.
        condition: the condition under which it must be possible; None = always.
        step: the marking and the facts.
    """
    if condition is not None and step.judge(condition) is not True:
        return False
    definition = state_space.compiled.definition
    for entry in by or (None,):
        if not any(
            move.net.inputs <= step.marking
            and (entry is None or _has(definition, move.roles, entry))
            and state_space.may(move, step, informed=True)
            for move in moves
        ):
            return True
    return False
