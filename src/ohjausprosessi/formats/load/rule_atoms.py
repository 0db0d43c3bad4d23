"""Checks the atoms of rules: each must name something that can occur in a trace."""

from __future__ import annotations

from bisect import bisect_left
from itertools import chain
from typing import TYPE_CHECKING

from ohjausprosessi.diagnostics import Text
from ohjausprosessi.formats import vocabulary as words
from ohjausprosessi.rules.syntax import FormulaError, formula_of
from ohjausprosessi.text.joining import all_of, quoted
from ohjausprosessi.text.shorten import as_written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ohjausprosessi.formats.load.validate import Entries
    from ohjausprosessi.formats.yaml.positions import Path
    from ohjausprosessi.formats.yaml.problems import Problems

_ACTS_AND_PLACES = words.GROUPS[0]


def check_atoms(problems: Problems, entries: Entries) -> None:
    """Report every atom that names nothing, and every formula that does not parse."""
    atoms = _Atoms(problems, entries)
    for identifier, rule in entries.document.rules.items():
        path = ("rules", identifier)
        before = (*rule.when, *rule.first)
        for key in ("when", "first", "then"):
            atoms.listed((*path, key), getattr(rule, key), before if key == "then" else ())
        if rule.rule == "ltlf" and rule.holds is not None:
            atoms.formula((*path, "holds"), rule.holds)


class _Atoms:
    """Looks atoms up in one document."""

    def __init__(self, problems: Problems, entries: Entries) -> None:
        self._problems = problems
        self._ids = entries.ids
        self._unsure = not entries.missing_sections.isdisjoint(_ACTS_AND_PLACES)
        self._acts = frozenset(self._named())
        self._transitions = entries.document.transitions
        self._entries = {name: frozenset(duty.by) for name, duty in entries.document.duties.items()}
        self._sorted = sorted(entries.ids["transitions"])

    def listed(self, path: Path, atoms: tuple[str, ...], before: tuple[str, ...]) -> None:
        """Check the atoms under one key of a rule.

        Args:
            path: where they are.
            atoms: as written.
            before: the atoms of ``when`` and ``first``, to which a bare ``accept`` in ``then`` refers.
        """
        several = isinstance(self._problems.source.value(path), list)
        for index, atom in enumerate(atoms):
            problem = self._problem(atom, before)
            if problem is not None:
                message, hint = problem
                place = (*path, str(index)) if several else path
                self._problems.add("name", place, message, hint=hint)

    def formula(self, path: Path, text: str) -> None:
        """Parse a formula and check its atoms."""
        source = self._problems.source
        try:
            formula = formula_of(text)
        except FormulaError as error:
            location = source.inside(path, error.start, error.end)
            self._problems.add_at("guard", location, error.message, error.hint)
            return
        for part in formula.atoms():
            problem = self._problem(part.atom, ())
            if problem is not None:
                self._problems.add_at("name", source.inside(path, part.start, part.end), *problem)

    def _problem(self, atom: str, before: tuple[str, ...]) -> tuple[Text, Text | None] | None:
        """The message and remedy for an atom; None if it is valid."""
        if self._unsure or atom in self._acts or atom in words.EVENT_WORDS:
            return None
        if atom in words.ANSWERS:
            return self._bare_answer(atom, before)
        if atom.endswith("*"):
            return self._prefix(atom)
        if "." in atom:
            return self._part(*atom.split(".", 1))
        return self._nothing(atom)

    def _bare_answer(self, atom: str, before: tuple[str, ...]) -> tuple[Text, Text | None] | None:
        if any(self._hands_over(name) for name in before):
            return None
        return (
            Text(
                f"`{atom}` ei kerro, mitä luovutusta se koskee",
                f"`{atom}` does not say which hand-off it answers",
            ),
            Text(
                f"kirjoita `siirtymä.{atom}` tai `any_answer`,"
                " tai nimeä luovutus kohdassa `when` tai `first`",
                f"write `transition.{atom}` or `any_answer`,"
                " or name the hand-off in `when` or `first`",
            ),
        )

    def _hands_over(self, atom: str) -> bool:
        """Whether an atom can denote an answered hand-off."""
        if atom in {"any_handoff", "any_transfer"}:
            return True
        if atom.endswith("*"):
            return any(self._answered(name) for name in self._begins(atom))
        return self._answered(atom)

    def _answered(self, name: str) -> bool:
        """Whether a transition opens hand-offs; True for an invalid one."""
        transition = self._transitions.get(name)
        if transition is None:
            return name in self._ids["transitions"]
        return transition.handoff is not None and transition.handoff.ack

    def _begins(self, atom: str) -> list[str]:
        first = bisect_left(self._sorted, atom[:-1])
        last = bisect_left(self._sorted, atom[:-1] + "~")  # sorts after every character of an id
        return self._sorted[first:last]

    def _prefix(self, atom: str) -> tuple[Text, Text | None] | None:
        if words.ID.fullmatch(atom[:-1]) and self._begins(atom):
            return None
        name = as_written(atom)
        return (
            Text(
                f"minkään siirtymän tunnus ei sovi malliin `{name}`",
                f"no transition matches `{name}`",
            ),
            self._problems.suggestion_for(atom[:-1], self._ids["transitions"]),
        )

    def _part(self, name: str, part: str) -> tuple[Text, Text | None] | None:
        """Check ``transition.answer`` and ``duty.entry``."""
        if name in self._ids["transitions"]:
            return self._answer(name, part)
        if name in self._ids["duties"]:
            return self._entry(name, part)
        written = as_written(f"{name}.{part}")
        return (
            Text(
                f"`{written}`: siirtymää tai tehtävää `{as_written(name)}` ei ole",
                f"`{written}`: there is no transition or duty `{as_written(name)}`",
            ),
            self._problems.suggestion_for(name, (*self._ids["transitions"], *self._ids["duties"])),
        )

    def _answer(self, name: str, part: str) -> tuple[Text, Text | None] | None:
        if part not in words.ANSWERS:
            return (
                Text(
                    f"`{as_written(part)}` ei ole vastaus", f"`{as_written(part)}` is not an answer"
                ),
                Text(
                    f"vastaukset ovat {all_of(quoted(words.ANSWERS), 'fi')}",
                    f"the answers are {all_of(quoted(words.ANSWERS), 'en')}",
                ),
            )
        if self._answered(name):
            return None
        return (
            Text(
                f"siirtymä `{name}` ei ole luovutus, johon vastataan",
                f"the transition `{name}` is not a hand-off that is answered",
            ),
            Text(
                f"nimeä pelkkä siirtymä `{name}` tai luovutus, johon vastataan",
                f"name the transition `{name}` alone, or a hand-off that is answered",
            ),
        )

    def _entry(self, name: str, part: str) -> tuple[Text, Text | None] | None:
        entries = self._entries.get(name)
        if entries is None or part in entries:
            return None
        listed_entries = sorted(entries)
        return (
            Text(
                f"tehtävä `{name}` ei kuulu taholle `{as_written(part)}`",
                f"`{as_written(part)}` does not have the duty `{name}`",
            ),
            Text(
                f"sen `by` on {all_of(quoted(listed_entries), 'fi')}",
                f"its `by` is {all_of(quoted(listed_entries), 'en')}",
            ),
        )

    def _named(self) -> Iterator[str]:
        return (name for section in _ACTS_AND_PLACES for name in self._ids[section])

    def _nothing(self, atom: str) -> tuple[Text, Text | None]:
        name = as_written(atom)
        hint = self._problems.suggestion_for(atom, chain(words.EVENT_WORDS, self._named()))
        if hint is None:
            hint = next(
                (
                    Text(
                        f"`{name}` on kohdassa `{section}`; sääntö nimeää tapahtumia ja paikkoja",
                        f"`{name}` is in `{section}`; a rule names events and places",
                    )
                    for section, names in self._ids.items()
                    if atom in names
                ),
                None,
            )
        return Text(f"mitään nimeltä `{name}` ei ole", f"nothing is called `{name}`"), hint
