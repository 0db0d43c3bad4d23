"""A definition as Mermaid text, for a README: owners as subgraphs, hand-offs dotted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ohjausprosessi.diagram.content import palette
from ohjausprosessi.diagram.content.messages import word
from ohjausprosessi.diagram.content.palette import owner_styles
from ohjausprosessi.diagram.content.phrases import duration_words, guard_words
from ohjausprosessi.diagram.geometry.text_metrics import clean
from ohjausprosessi.model import arrows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ohjausprosessi.model import Definition, State, Transition

_FORMS = {
    "state": ("(", ")"),
    "call": ("[[", "]]"),
    "choice": ("{", "}"),
    "fork": ("[", "]"),
    "join": ("[", "]"),
    "end": ("((", "))"),
}
# Characters with a meaning in Mermaid; `#…;` escapes them.
_OWN = str.maketrans(
    {
        '"': "#quot;",
        "#": "#35;",
        "<": "#lt;",
        ">": "#gt;",
        "`": "#96;",
        "\\": "#92;",
        "&": "#amp;",
        ";": "#59;",
    }
)


def mermaid_text(definition: Definition, *, lang: str = "fi") -> str:
    """A definition as a Mermaid flow chart with one subgraph per owner."""
    styles = owner_styles(definition)
    present = dict.fromkeys(state.owner for state in definition.states.values())
    owners = [owner for owner in definition.owners if owner in present]
    title = f"{clean(definition.text(lang))} ({clean(definition.version)})"
    lines = ["---", f"title: {json.dumps(title, ensure_ascii=False)}", "---", "flowchart LR"]
    for owner in owners:
        name = _text(definition.owners[owner].text(lang))
        held = [state for state in definition.states.values() if state.owner == owner]
        lines.append(f'  subgraph owner_{owner}["{name}"]')
        lines += [f"    {_state(definition, state, lang)}" for state in held]
        lines.append("  end")
    for transition in definition.transitions.values():
        lines += _arrows(definition, transition, lang)
    for owner in owners:
        style = styles[owner]
        ink = palette.ink_on(style.fill)
        members = ",".join(f"s_{s.id}" for s in definition.states.values() if s.owner == owner)
        lines.append(f"  classDef look_{owner} fill:{style.fill},stroke:{style.line},color:{ink}")
        lines.append(f"  class {members} look_{owner}")
    return "\n".join(lines) + "\n"


def _text(text: str) -> str:
    """A text that Mermaid shows as it is."""
    return clean(text).translate(_OWN)


def _state(definition: Definition, state: State, language: str) -> str:
    opening, closing = _FORMS[state.kind]
    if state.id == definition.start:
        opening, closing = "([", "])"
    text = _text(state.text(language))
    if state.deadline:
        text += f" ({duration_words(definition, state.deadline, language)})"
    return f's_{state.id}{opening}"{text}"{closing}'


def _arrows(definition: Definition, transition: Transition, language: str) -> Iterator[str]:
    label = transition.text(language)
    if transition.guard:
        label += f" [{guard_words(definition, transition.guard, language)}]"
    for arrow in arrows(definition, transition):
        source = f"s_{arrow.source}"
        if arrow.source is None:
            source = f"any_{transition.id}"
            yield f'  {source}>"{_text(word("any_time", language))}"]'
        line = "-.->" if arrow.is_handoff else "-->"
        yield f'  {source} {line}|"{_text(label)}"| s_{transition.to}'
