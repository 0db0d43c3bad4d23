"""A process too large for lanes as DOT with one cluster per owner, placed by Graphviz itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.diagram.content import palette
from ohjausprosessi.diagram.content.messages import word
from ohjausprosessi.diagram.content.palette import owner_styles
from ohjausprosessi.diagram.content.phrases import duration_words, guard_words
from ohjausprosessi.diagram.geometry.text_metrics import clean, wrap
from ohjausprosessi.diagram.output.dot_syntax import attributes, escaped
from ohjausprosessi.model import arrows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ohjausprosessi.diagram.content.palette import OwnerStyle
    from ohjausprosessi.model import Definition, State, Transition

_SHAPES = {
    "state": "box",
    "call": "box",
    "choice": "diamond",
    "fork": "box",
    "join": "box",
    "end": "box",
}


def to_cluster_dot(definition: Definition, language: str) -> str:
    """The DOT text of a definition, with one cluster per owner that has a state."""
    styles = owner_styles(definition)
    present = [
        o for o in definition.owners if any(s.owner == o for s in definition.states.values())
    ]
    lines = [
        "digraph ohjausprosessi {",
        "  graph ["
        + attributes(
            {
                "label": _heading(definition, language),
                "labelloc": "t",
                "labeljust": "l",
                "rankdir": "LR",
                "fontname": "Arial",
                "fontsize": 14,
                "nodesep": 0.3,
                "ranksep": 0.6,
                "bgcolor": "white",
            }
        )
        + "];",
        '  node [fontname="Arial", fontsize="11", style="filled,rounded"];',
        '  edge [fontname="Arial", fontsize="9", arrowsize="0.8"];',
    ]
    for owner in present:
        style = styles[owner]
        lines.append(f"  subgraph {_name('cluster', owner)} {{")
        title = _label(definition.owners[owner].text(language), 40)
        lines.append(
            "    graph ["
            + attributes(
                {
                    "label": f"{title} ({escaped(style.letters)})",
                    "style": "filled",
                    "fillcolor": style.tint,
                    "color": style.line,
                    "fontname": "Arial",
                    "fontsize": 12,
                }
            )
            + "];"
        )
        lines += [
            f"    {_name('state', s.id)} [{_node(definition, s, styles, language)}];"
            for s in definition.states.values()
            if s.owner == owner
        ]
        lines.append("  }")
    for transition in definition.transitions.values():
        lines += _edges(definition, transition, language)
    lines += _legend(definition, present, styles, language)
    return "\n".join([*lines, "}"]) + "\n"


def _heading(definition: Definition, language: str) -> str:
    """The label of the graph: title, id and version, and that it has no lanes."""
    under = f"{definition.id} · {word('version', language)} {clean(definition.version)}"
    rows = (clean(definition.text(language)), under, word("plain", language))
    return "".join(f"{escaped(row)}\\l" for row in rows)


def _name(kind: str, identifier: str) -> str:
    return f'"{kind}_{identifier}"'


def _label(text: str, width: int) -> str:
    """A label broken into lines of about ``width`` letters."""
    return escaped("\n".join(wrap(text, 10, width * 5.6, most=6)))


def _node(
    definition: Definition, state: State, styles: Mapping[str, OwnerStyle], language: str
) -> str:
    style = styles[state.owner]
    unsourced = not state.source
    label = _label(state.text(language), 24)
    if state.kind == "call":
        label = f"{label}\\n» {escaped(state.process or '')}"
    if state.deadline:
        label = f"{label}\\n({duration_words(definition, state.deadline, language)})"
    return attributes(
        {
            "id": f"state-{state.id}",
            "class": " ".join(
                ["state", f"kind-{state.kind}", f"owner-{state.owner}", *["inferred"] * unsourced]
            ),
            "label": f"{label}\\n?" if unsourced else label,
            "shape": _SHAPES[state.kind],
            "style": "filled,dotted" if unsourced else "filled,rounded",
            "peripheries": 2 if state.kind in {"call", "end"} else None,
            "fillcolor": style.fill,
            "color": palette.START if state.id == definition.start else style.line,
            "fontcolor": palette.ink_on(style.fill),
            "penwidth": 3 if state.id == definition.start else 1.5,
        }
    )


def _edges(definition: Definition, transition: Transition, language: str) -> Iterator[str]:
    text = "\n".join(wrap(transition.text(language), 9, 130, most=4))
    if transition.guard:
        words = guard_words(definition, transition.guard, language)
        text += "\n" + "\n".join(wrap(f"[{words}]", 9, 150, most=4))
    if transition.after:
        text += f"\n({duration_words(definition, transition.after, language)})"
    for arrow in arrows(definition, transition):
        source = _name("state", arrow.source) if arrow.source else _name("any", transition.id)
        if arrow.source is None:
            yield (
                f"  {source} ["
                + attributes(
                    {
                        "label": escaped(word("any_time", language)),
                        "shape": "plaintext",
                        "fontsize": 9,
                        "style": "",
                        "fontcolor": palette.FLASH,
                    }
                )
                + "];"
            )
        yield (
            f"  {source} -> {_name('state', transition.to)} ["
            + attributes(
                {
                    "id": f"transition-{transition.id}"
                    + (f"-{arrow.source}" if arrow.source else ""),
                    "class": "transition handoff" if arrow.is_handoff else "transition",
                    "label": escaped(text) + ("" if transition.source else " ?"),
                    "style": "dashed" if arrow.is_handoff else "solid",
                    "arrowhead": "empty" if arrow.is_handoff else "normal",
                    "color": palette.PURPLE if arrow.is_handoff else palette.GREY,
                    "fontcolor": palette.PURPLE if arrow.is_handoff else palette.INK,
                }
            )
            + "];"
        )


def _legend(
    definition: Definition, present: list[str], styles: Mapping[str, OwnerStyle], language: str
) -> Iterator[str]:
    """A cluster that explains the owners and the marks that occur."""
    rows = [
        (f"owner_{owner}", definition.owners[owner].text(language), styles[owner].fill)
        for owner in present
    ]
    every = [a for t in definition.transitions.values() for a in arrows(definition, t)]
    elements = [*definition.states.values(), *definition.transitions.values()]
    if any(arrow.is_handoff for arrow in every):
        rows.append(("handoff", f"- - → {word('lg_handoff', language)}", palette.WHITE))
    if any(not element.source for element in elements):
        rows.append(("inferred", f"? {word('lg_inferred', language)}", palette.WHITE))
    if any(state.kind == "call" for state in definition.states.values()):
        rows.append(("call", f"» {word('lg_call', language)}", palette.WHITE))
    yield '  subgraph "cluster_legend" {'
    yield (
        "    graph ["
        + attributes({"label": word("legend", language), "fontsize": 12, "color": palette.BORDER})
        + "];"
    )
    for key, text, fill in rows:
        yield (
            f"    {_name('legend', key)} ["
            + attributes(
                {"label": _label(text, 60), "shape": "box", "style": "filled", "fillcolor": fill}
            )
            + "];"
        )
    yield "  }"
