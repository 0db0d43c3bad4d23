"""``show``: a definition as tables – owners, states, transitions and hand-offs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import typer

import ohjausprosessi as op
from ohjausprosessi.cli import messages as say
from ohjausprosessi.cli.case_titles import CaseTitles
from ohjausprosessi.cli.command_terminal import command_terminal
from ohjausprosessi.cli.options import FileArgument, Form, FormOption, LanguageOption, examples
from ohjausprosessi.cli.terminal import printable_json
from ohjausprosessi.cli.terminal_tables import add, named, table_of
from ohjausprosessi.model import handoff_points

if TYPE_CHECKING:
    from rich.table import Table

    from ohjausprosessi.cli.terminal import Part, Terminal
    from ohjausprosessi.model import Definition, Element, HandoffPoint, Owner, State, Transition

__all__ = ["command", "show"]


command = typer.Typer()


@command.command(
    short_help="Show a process as tables.",
    epilog=examples(
        "ohjausprosessi show tyottomyydesta_tutkintoon",
        "ohjausprosessi show my_process.yaml --format json",
    ),
)
def show(file: FileArgument, form: FormOption = Form.TEXT, lang: LanguageOption = None) -> None:
    """Show a process as tables: owners, states, transitions and hand-offs.

    Of each hand-off: giver, receiver, what travels, who answers, within what time, and what else.
    """
    with command_terminal(lang) as terminal:
        process = op.load(file)
        if form is Form.JSON:
            _print_json(terminal, process)
        else:
            _print_tables(terminal, process)


# ---- for people


def _print_tables(terminal: Terminal, process: op.Process) -> None:
    """Print what the process is, and its tables."""
    titles = CaseTitles(process.definition, terminal.language)
    terminal.line((titles.title(process.definition), "bold"))
    head = titles.say(
        say.SHOW_HEAD,
        id=process.id,
        version=process.version,
        responsible=titles.owner(process.responsible),
        start=titles.state_title(process.definition.start),
    )
    terminal.row(([head], terminal.width))
    for table in (_owners, _states, _transitions, _handoffs):
        terminal.line()
        terminal.show(table(titles))


def _owners(titles: CaseTitles) -> Table:
    table = table_of(titles, say.SHOW_OWNERS, say.COLUMN_OWNER, say.COLUMN_KIND, say.COLUMN_ROLES)
    for owner in titles.definition.owners.values():
        roles = (
            titles.title(role)
            for role in titles.definition.roles.values()
            if role.owner == owner.id
        )
        add(
            table,
            titles.mark(owner.id),
            named(titles, owner),
            _owner_kind(titles, owner),
            "\n".join(roles),
        )
    return table


def _owner_kind(titles: CaseTitles, owner: Owner) -> str:
    if owner.members:
        members = titles.listed(titles.owner(member) for member in owner.members)
        return titles.say(say.KIND_JOINT, members=members)
    if owner.external:
        return titles.say(say.KIND_EXTERNAL)
    kind = titles.say(say.KIND_ORGANISATION)
    if owner.id == titles.definition.responsible:
        kind += f", {titles.say(say.KIND_RESPONSIBLE)}"
    return kind


def _states(titles: CaseTitles) -> Table:
    definition = titles.definition
    table = table_of(
        titles,
        say.SHOW_STATES,
        say.COLUMN_STATE,
        say.COLUMN_KIND,
        say.COLUMN_PHASE,
        say.COLUMN_DEADLINE,
    )
    for state in definition.states.values():
        phase = definition.phases.get(state.phase or "")
        add(
            table,
            titles.mark(state.owner),
            named(titles, state),
            _state_kind(titles, state),
            "" if phase is None else titles.title(phase),
            titles.within(definition, state.deadline),
        )
    return table


def _state_kind(titles: CaseTitles, state: State) -> str:
    kind = titles.say(say.STATE_KINDS[state.kind])
    if state.kind == "end":
        return f"{kind}: {state.result}"
    if state.kind == "call":
        return f"{kind}: {titles.title(titles.definition.calls[state.id])}"
    return f"{kind} ({titles.say(say.KIND_START)})" if state.id == titles.definition.start else kind


def _transitions(titles: CaseTitles) -> Table:
    definition = titles.definition
    table = table_of(
        titles, say.SHOW_TRANSITIONS, say.COLUMN_TRANSITION, say.COLUMN_WAY, say.COLUMN_WHO
    )
    for transition in definition.transitions.values():
        add(
            table,
            titles.mark(definition.states[transition.to].owner),
            named(titles, transition),
            _way(titles, transition),
            _who(titles, transition),
        )
    return table


def _way(titles: CaseTitles, transition: Transition) -> list[Part]:
    sources = [titles.state_title(source) for source in transition.sources]
    way: list[Part] = ["\n".join(sources or [titles.say(say.ANY_OPEN)])]
    way.append(f"\n→ {titles.state_title(transition.to)}")
    if transition.guard is not None:
        way.append((f"\n{titles.say(say.IF)} {' '.join(transition.guard.split())}", "dim"))
    return way


def _who(titles: CaseTitles, transition: Transition) -> str:
    lines = [titles.role(name) for name in transition.by]
    if transition.after is not None:
        within = titles.within(titles.definition, transition.after)
        lines.append(titles.say(say.AFTER, within=within))
    return "\n".join(lines) or titles.say(say.BY_NOBODY)


def _handoffs(titles: CaseTitles) -> Table:
    definition = titles.definition
    table = table_of(
        titles,
        say.SHOW_HANDOFFS,
        say.COLUMN_TRANSITION,
        say.COLUMN_INFO,
        say.COLUMN_ANSWERS,
        say.COLUMN_ELSE,
    )
    for point in handoff_points(definition):
        add(
            table,
            [*titles.mark(point.giver), "\n→ ", *titles.mark(point.receiver)],
            named(titles, definition.transitions[point.transition]),
            "\n".join(titles.fact(name) for name in point.travels),
            _answers(titles, point),
            _otherwise(titles, point),
        )
    return table


def _answers(titles: CaseTitles, point: HandoffPoint) -> list[Part]:
    if not point.is_answered:
        return [titles.say(say.NO_ANSWER)]
    parts: list[Part] = ["\n".join(map(titles.role, point.answered_by))]
    if point.within is not None:
        within = titles.within(titles.definition, point.within)
        parts.append(f"\n{titles.say(say.WITHIN, within=within)}")
    return parts


def _otherwise(titles: CaseTitles, point: HandoffPoint) -> str:
    if point.otherwise is None:
        return ""
    return (
        titles.say(say.BACK) if point.otherwise == "back" else titles.state_title(point.otherwise)
    )


# ---- for programs


def _print_json(terminal: Terminal, process: op.Process) -> None:
    """Print what the tables say as JSON, titles in every language of the definition."""
    definition = process.definition
    data = {
        "id": process.id,
        "version": process.version,
        "hash": process.hash,
        "title": _titles(definition),
        "responsible": process.responsible,
        "start": definition.start,
        "fallback": definition.fallback,
        "owners": [_owner_data(definition, owner) for owner in definition.owners.values()],
        "states": [_state_data(state) for state in definition.states.values()],
        "transitions": [_transition_data(t) for t in definition.transitions.values()],
        "handoffs": [_handoff_data(point) for point in handoff_points(definition)],
    }
    terminal.write(printable_json(json.dumps(data, ensure_ascii=False, indent=2)))


def _titles(element: Element) -> dict[str, str] | str | None:
    if element.title is None:
        return None
    texts = dict(element.title.texts)
    return texts.get("", texts)


def _owner_data(definition: Definition, owner: Owner) -> dict[str, object]:
    return {
        "id": owner.id,
        "title": _titles(owner),
        "colour": owner.colour,
        "members": list(owner.members),
        "external": owner.external,
        "roles": [role.id for role in definition.roles.values() if role.owner == owner.id],
    }


def _state_data(state: State) -> dict[str, object]:
    return {
        "id": state.id,
        "title": _titles(state),
        "kind": state.kind,
        "owner": state.owner,
        "phase": state.phase,
        "deadline": state.deadline,
        "outcome": state.result if state.kind == "end" else None,
        "process": state.process,
    }


def _transition_data(transition: Transition) -> dict[str, object]:
    return {
        "id": transition.id,
        "title": _titles(transition),
        "from": "any_open" if transition.any_open else list(transition.sources),
        "to": transition.to,
        "by": list(transition.by),
        "after": transition.after,
        "if": transition.guard,
        "interrupt": transition.interrupt,
    }


def _handoff_data(point: HandoffPoint) -> dict[str, object]:
    return {
        "transition": point.transition,
        "from": list(point.leaves) or [None],
        "giver": point.giver,
        "receiver": point.receiver,
        "info": list(point.travels),
        "ack": point.is_answered,
        "answered_by": list(point.answered_by),
        "within": point.within,
        "else": point.otherwise,
    }
