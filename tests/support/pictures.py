"""What must never happen in a picture (LAYOUT §7), and processes to draw that nobody tuned."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from random import Random

from ohjausprosessi.diagram.content.legend_entries import legend_entries
from ohjausprosessi.diagram.content.palette import contrast
from ohjausprosessi.diagram.draw.lanes import boundary_runs
from ohjausprosessi.diagram.geometry.display_list import (
    Circle,
    Polygon,
    Rect,
    Scene,
    TextShape,
)
from ohjausprosessi.diagram.geometry.polyline import enters, runs
from ohjausprosessi.diagram.layout.layout import RATIO, Layout
from ohjausprosessi.diagram.layout.obstacles import blocks_of
from ohjausprosessi.diagram.layout.shared_segments import segments_of
from ohjausprosessi.model import (
    Definition,
    Duration,
    Duty,
    Handoff,
    Kind,
    Label,
    Owner,
    Phase,
    Role,
    Service,
    State,
    Transition,
)

Faults = list[str]


def lines_apart(layout: Layout) -> Faults:
    """1: every run is axis-parallel and enters nothing that is not its own."""
    blocks = blocks_of(layout.selection, layout.placement)
    faults = []
    for line in layout.selection.lines:
        route = layout.routes.get(line.id)
        if route is None:
            faults.append(f"{line.id} is not routed")
            continue
        faults += [
            f"{line.id} is skew"
            for a, b in runs(route)
            if abs(a[0] - b[0]) > 0.01 and abs(a[1] - b[1]) > 0.01
        ]
        faults += [
            f"{line.id} enters {kind} of {owner}"
            for (owner, kind), block in blocks.items()
            if owner not in {line.source, line.target} and enters(route, block)
        ]
        if min(x for x, _ in route) < layout.placement.left:
            faults.append(f"{line.id} enters the headers of the lanes")
    return faults


def texts_apart(layout: Layout, scene: Scene) -> Faults:
    """2: no two texts overlap, none leaves its box, the page or crosses a boundary of phases."""
    faults = []
    cells: dict[tuple[int, int], list[TextShape]] = {}
    for text in scene.texts:
        box = text.box
        for i in range(int(box.left // 60), int(box.right // 60) + 1):
            for j in range(int(box.top // 60), int(box.bottom // 60) + 1):
                cells.setdefault((i, j), []).append(text)
        if box.left < 2 or box.right > scene.width - 2 or box.top < 0 or box.bottom > scene.height:
            faults.append(f"{text.text!r} is cut by the edge of the page")
    pairs = {
        (id(one), id(other)): (one, other)
        for cell in cells.values()
        for one, other in combinations(cell, 2)
    }
    faults += [
        f"{one.text!r} ({one.kind}) overlaps {other.text!r} ({other.kind})"
        for one, other in pairs.values()
        if one.box.overlap(other.box) > 2
    ]
    for text in scene.texts:
        placed = layout.placement.states.get(text.owner)
        if text.kind != "state" or placed is None or placed.state_box.labelled_beneath:
            continue
        if not placed.box.contains(text.box):
            faults.append(f"{text.text!r} leaves its box")
    for cut in layout.placement.cuts:
        for top, bottom in boundary_runs(layout):
            line = Rect(cut - 0.5, top, cut + 0.5, bottom)
            faults += [
                f"{text.text!r} crosses a boundary"
                for text in scene.texts
                if text.kind in {"service list", "incoming"} and text.box.overlap(line) > 0.5
            ]
    return faults


def texts_free_of_lines(scene: Scene) -> Faults:
    """3: no line runs through a text."""
    faults = []
    for edge in scene.edges:
        for piece in edge.pieces:
            for a, b in runs(piece):
                run = Rect(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))
                faults += [
                    f"{edge.id} runs through {text.text!r} ({text.kind})"
                    for text in scene.texts
                    if run.grown(0.5).overlap(text.box) > 1
                ]
    return faults


def sharedruns(layout: Layout) -> Faults:
    """4: two lines share a run only if they are of one trunk."""
    faults = []
    routed = [line for line in layout.selection.lines if line.id in layout.routes]
    for one, other in combinations(routed, 2):
        if one.trunk == other.trunk:
            continue
        for a, b in runs(layout.routes[one.id]):
            for c, d in runs(layout.routes[other.id]):
                for axis in (0, 1):
                    if abs(a[axis] - b[axis]) > 0.01 or abs(c[axis] - d[axis]) > 0.01:
                        continue
                    along = 1 - axis
                    shared = min(max(a[along], b[along]), max(c[along], d[along])) - max(
                        min(a[along], b[along]), min(c[along], d[along])
                    )
                    if abs(a[axis] - c[axis]) < 1.5 and shared > 2:
                        faults.append(f"{one.id} and {other.id} run together")
    return faults


def marks_of_lines(layout: Layout, scene: Scene) -> Faults:
    """5: rings, heads, receiver marks and numbers: one each where they belong."""
    selection = layout.selection
    kinds = Counter(shape.kind for shape in scene.decoration if isinstance(shape, Circle | Polygon))
    numbers = Counter(text.owner for text in scene.texts if text.kind == "number")
    faults = []
    for segment in segments_of(selection.lines, layout.routes):
        line = segment.line
        heads = segment.tail + line.both
        receipt = "receipt" if line.answered else "notice"
        wanted = {
            f"head {line.id}": heads,
            f"ring {line.id}": int(line.handoff and segment.stem and not line.both),
            f"{receipt} {line.id}": heads if line.handoff else 0,
        }
        faults += [
            f"{kind} is drawn {kinds[kind]} times" for kind, n in wanted.items() if kinds[kind] != n
        ]
        if numbers[line.id] != int(selection.full):
            faults.append(f"{line.id} has {numbers[line.id]} numbers")
    lettered = set(selection.letters)
    for state, chips in selection.chips.items():
        faults += [
            f"a chip of {state} leads to {chip.target}, which has no letter"
            for chip in chips
            if chip.target not in lettered or chip.target not in selection.states
        ]
    compose = Counter(t.owner for t in scene.texts if t.kind == "chip")
    wanted_chips = Counter(c.transition for found in selection.chips.values() for c in found)
    if selection.full and compose != wanted_chips:
        faults.append(f"chips drawn {compose} instead of {wanted_chips}")
    return faults


def places_kept(layout: Layout) -> Faults:
    """6: every state stands in its lane and in the columns of its phase."""
    selection, placement = layout.selection, layout.placement
    spans = {span.phase: span for span in selection.grid.spans}
    faults = []
    for state, placed in placement.states.items():
        element = selection.definition.states[state]
        lane = placement.lanes[element.owner]
        if placed.box.top < lane.top or placed.box.bottom > lane.bottom:
            faults.append(f"{state} leaves its lane")
        span = spans.get(element.phase)
        column = selection.grid.column.get(state)
        if element.phase is None or column is None or span is None:
            continue
        if not span.first <= column <= span.last:
            faults.append(f"{state} stands in the column of another phase")
    return faults


def legend_exact(layout: Layout, scene: Scene) -> Faults:
    """7: the legend explains what is drawn, and nothing else."""
    selection = layout.selection
    definition = selection.definition
    explained = {item.key for item in legend_entries(selection)}
    above = Scene(scene.width, scene.height, "", "fi")
    above.decoration = [
        shape
        for shape in scene.decoration
        if not isinstance(shape, Circle | Polygon) or _top(shape) < layout.placement.bottom
    ]
    kinds = {
        shape.kind.split(" ")[0]
        for shape in above.decoration
        if isinstance(shape, Circle | Polygon)
    }
    classes = {name for node in scene.nodes for name in node.classes}
    forms = {placed.state_box.form for placed in layout.placement.states.values()}
    handed = [edge for edge in scene.edges if "handoff" in edge.classes]
    compose = {
        "start": "start" in forms or any(n.id.startswith("start-") for n in scene.nodes),
        "end": "end" in forms,
        "choice": "choice" in kinds or any(n.id.startswith("choice-") for n in scene.nodes),
        "fork": "bar" in forms,
        "handoff": bool(handed),
        "transition": len(handed) < len(scene.edges),
        "ack": "receipt" in kinds,
        "notice": "notice" in kinds,
        "ghost": "ghost" in classes,
        "interrupt": "flash" in kinds,
        "project": "development" in classes
        or any(
            not definition.services[s].client for f in selection.service_lists.values() for s in f
        ),
        "inferred": any(
            "inferred" in node.classes and "ghost" not in node.classes for node in scene.nodes
        )
        or any("inferred" in edge.classes for edge in scene.edges)
        or any(chip.inferred for found in selection.chips.values() for chip in found),
        "number": any(text.kind in {"number", "chip"} for text in scene.texts) and selection.full,
    }
    faults = [
        f"{key} is drawn and not explained"
        for key, on in compose.items()
        if on and key not in explained
    ]
    faults += [
        f"{key} is explained and not drawn"
        for key, on in compose.items()
        if not on and key in explained
    ]
    owners = {key.removeprefix("owner ") for key in explained if key.startswith("owner ")}
    present = {definition.states[state].owner for state in selection.states}
    present |= {
        name.removeprefix("owner-")
        for node in scene.nodes
        for name in node.classes
        if name.startswith("owner-")
    }
    if owners != present:
        faults.append(f"owners explained {sorted(owners)}, present {sorted(present)}")
    return faults


def _top(shape: Circle | Polygon) -> float:
    if isinstance(shape, Circle):
        return shape.centre[1] - shape.radius
    return min(y for _, y in shape.points)


def inferred_marked(layout: Layout, scene: Scene) -> Faults:
    """8: what has no source is dotted, a state has its question mark."""
    selection = layout.selection
    nodes = {node.id: node for node in scene.nodes}
    questions = sum(text.text == "?" and text.kind == "badge" for text in scene.texts)
    faults = []
    asked = 0
    for state, placed in layout.placement.states.items():
        inferred = selection.inferred(selection.definition.states[state])
        if inferred and not placed.state_box.ghost:
            asked += 1
            if nodes[f"state-{state}"].pen.dash != "dotted" and placed.state_box.form != "bar":
                faults.append(f"{state} is not dotted")
    legend = any(item.key == "inferred" for item in legend_entries(selection))
    if questions != asked + legend:
        faults.append(f"{questions} question marks for {asked} states")
    for edge, line in zip(scene.edges, selection.lines, strict=True):
        if (edge.pen.dash == "dotted") != line.inferred:
            faults.append(f"{line.id} is drawn {edge.pen.dash}")
    return faults


def contrasts(layout: Layout, scene: Scene) -> Faults:
    """9: text 4.5, lines 3, against what they lie on."""
    faults = [
        f"{text.text!r} ({text.kind}) {text.colour} on {text.ground}"
        for text in scene.texts
        if contrast(text.colour, text.ground) < 4.5
    ]
    tints = {layout.selection.styles[lane].tint for lane in layout.selection.lanes}
    colours = {edge.pen.line for edge in scene.edges}
    return faults + [
        f"line {colour} on {tint}"
        for colour in colours
        for tint in tints
        if contrast(colour, tint) < 3
    ]


def numbers_agree(layout: Layout, scene: Scene) -> Faults:
    """10: the numbers of the picture are those of the table."""
    selection = layout.selection
    if not selection.full:
        return []
    shown = {selection.numbers[line.transition] for line in selection.lines}
    shown |= {selection.numbers[c.transition] for f in selection.chips.values() for c in f}
    shown |= {selection.numbers[t.id] for t in selection.interrupts}
    rows = {selection.numbers[t.id] for t in selection.rows}
    services = {text.owner for text in scene.texts if text.kind == "table"}
    faults = [] if shown == rows else [f"picture {shown ^ rows} apart from the table"]
    if services != {t.id for t in selection.rows}:
        faults.append("the table lacks a row")
    return faults


def page_ratio(scene: Scene) -> Faults:
    """11: the page is no wider than √2 of its height."""
    ratio = scene.width / scene.height
    return [] if ratio <= RATIO + 0.001 else [f"ratio {ratio}"]


def faults(layout: Layout, scene: Scene) -> Faults:
    """Every fault of a picture."""
    return [
        *lines_apart(layout),
        *texts_apart(layout, scene),
        *texts_free_of_lines(scene),
        *sharedruns(layout),
        *marks_of_lines(layout, scene),
        *places_kept(layout),
        *legend_exact(layout, scene),
        *inferred_marked(layout, scene),
        *contrasts(layout, scene),
        *numbers_agree(layout, scene),
        *page_ratio(scene),
    ]


def crossings(layout: Layout) -> int:
    """The number of points at which lines of different trunks cross."""
    found = set()
    for one, other in combinations(layout.selection.lines, 2):
        if one.trunk == other.trunk:
            continue
        for a, b in runs(layout.routes[one.id]):
            for c, d in runs(layout.routes[other.id]):
                for (p, q), (r, s) in (((a, b), (c, d)), ((c, d), (a, b))):
                    upright = abs(p[0] - q[0]) < 0.01 and abs(r[1] - s[1]) < 0.01
                    if (
                        upright
                        and min(r[0], s[0]) < p[0] - 0.1
                        and p[0] + 0.1 < max(r[0], s[0])
                        and min(p[1], q[1]) < r[1] - 0.1
                        and r[1] + 0.1 < max(p[1], q[1])
                    ):
                        found.add((round(p[0]), round(r[1])))
    return len(found)


# ---- processes nobody tuned

_KINDS: tuple[Kind, ...] = ("state", "choice", "fork", "join", "call")

_WORDS = [
    "ohjaus",
    "kartoitus",
    "palvelutarve",
    "koulutusvaihtoehto",
    "suunnittelu",
    "opinnot",
    "tuki",
    "työnhaku",
    "neuvonta",
    "arviointi",
    "haku",
    "valinta",
    "jatko",
    "työssäoppimisjakso",
    "hakemus",
    "päätös",
    "keskustelu",
]


def random_process(
    seed: int, *, states: int = 12, owners: int = 3, phases: int = 3, branches: int = 0
) -> Definition:
    """A process of any shape, drawn from a seed; every state can be reached.

    Args:
        seed: seed of the choices.
        states: number of states that are no ends.
        owners: number of organisations; two or more also have a joint owner.
        phases: number of phases, 0 for none.
        branches: number of branches of one choice.
    """
    random = Random(seed)  # noqa: S311  a test drawn again from its seed
    names = [f"o{n}" for n in range(owners)]
    colours = ["blue", "yellow", "red", "green", "#334455"]
    held = {
        name: Owner(
            id=name,
            colour=colours[n % 5],
            shape=("triangle", "point", "square")[n % 3],
            title=_label(random, 2),
        )
        for n, name in enumerate(names)
    }
    if owners > 1:
        held["joint"] = Owner(id="joint", members=tuple(names[:3]), title=_label(random, 1))
    phase_ids = [f"p{n}" for n in range(phases)]
    services = {
        f"v{n}": Service(
            id=f"v{n}",
            owner=random.choice(names),
            title=_label(random, 4),
            client=random.random() > 0.2,
        )
        for n in range(random.randint(0, 5))
    }
    made: dict[str, State] = {}
    for n in range(states):
        kind = random.choices(_KINDS, [20, 2, 1, 1, 2])[0]
        plain = kind == "state"
        made[f"s{n}"] = State(
            id=f"s{n}",
            kind="state" if n == 0 else kind,
            owner=random.choice(names if n == 0 else list(held)),
            phase=phase_ids[min(phases - 1, n * phases // states)] if phases else None,
            title=_label(random, random.randint(1, 7)),
            source=("P1",) if random.random() > 0.3 else (),
            services=tuple(s for s in services if plain and random.random() < 0.3),
            deadline="d" if plain and random.random() < 0.3 else None,
            exclusive=plain and random.random() < 0.2,
            process="toinen" if kind == "call" else None,
        )
    ends = [f"e{n}" for n in range(random.randint(1, 5))]
    for end in ends:
        made[end] = State(
            id=end,
            kind="end",
            owner=names[0],
            title=_label(random, 3),
            source=("P1",) if random.random() > 0.3 else (),
        )
    arrows = [(f"s{random.randint(max(0, n - 3), n - 1)}", f"s{n}") for n in range(1, states)]
    arrows += [(f"s{states - 1}", ends[0])]
    arrows += [
        (f"s{random.randrange(states)}", random.choice(list(made))) for _ in range(states // 2)
    ]
    if branches and states > branches + 1:
        made["s1"] = _exclusive(made["s1"])
        arrows += [("s1", f"s{n}") for n in range(2, 2 + branches)]
    transitions: dict[str, Transition] = {}
    for n, (source, target) in enumerate(a for a in arrows if a[0] != a[1]):
        transitions[f"t{n}"] = Transition(
            id=f"t{n}",
            sources=(source,) if random.random() > 0.1 else tuple(dict.fromkeys([source, "s0"])),
            to=target,
            title=_label(random, 4),
            by=("r",),
            source=("P1",) if random.random() > 0.3 else (),
            handoff=Handoff(ack=random.random() > 0.5),
            after="d" if random.random() < 0.1 else None,
        )
    transitions["out"] = Transition(id="out", sources=(), to=ends[-1], by=("r",), interrupt=True)
    return Definition(
        id="satunnainen",
        version="1",
        responsible=names[0],
        start="s0",
        owners=held,
        roles={"r": Role(id="r", owner=names[0], title=_label(random, 1))},
        phases={phase: Phase(id=phase, title=_label(random, 2)) for phase in phase_ids},
        durations={"d": Duration(id="d", amount=5, unit="workday")},
        services=services,
        states=made,
        transitions=transitions,
        duties={"u": Duty(id="u", by=(names[0],), title=_label(random, 5), source=("P1",))},
    )


def _exclusive(state: State) -> State:
    return State(
        id=state.id,
        owner=state.owner,
        phase=state.phase,
        title=state.title,
        source=("P1",),
        exclusive=True,
    )


def _label(random: Random, words: int) -> Label:
    text = " ".join(random.choice(_WORDS) for _ in range(words)).capitalize()
    return Label((("fi", text),))
