"""Inputs for the soundness benchmarks: nets and guards of any size, the same in every run."""

from __future__ import annotations

from random import Random
from typing import Any

from ohjausprosessi.guards import Guard, parse
from ohjausprosessi.model import Fact

Net = dict[str, Any]  # as ``soundness_of`` takes it


def parallel(branches: int) -> Net:
    """A fork into branches of two tasks each, and their join.

    The places of branch ``k`` are ``2 + 3 * k`` and the two after it; its tasks are the transitions
    ``2 + 2 * k`` and the one after it.
    """
    rows = [
        [[0], [2 + 3 * k for k in range(branches)]],
        [[4 + 3 * k for k in range(branches)], [1]],
    ]
    rows += [[[p], [p + 1]] for k in range(branches) for p in (2 + 3 * k, 3 + 3 * k)]
    return {"n_places": 2 + 3 * branches, "transitions": rows, "source": 0, "sink": 1}


def parallel_as_bpmn(branches: int) -> str:
    """The same net as a BPMN process: two tasks in each branch between two gateways."""
    elements = [("startEvent", "start"), ("parallelGateway", "fork")]
    elements += [("parallelGateway", "join"), ("endEvent", "end")]
    flows = [("start", "fork"), ("join", "end")]
    for k in range(branches):
        elements += [("task", f"a{k}"), ("task", f"b{k}")]
        flows += [("fork", f"a{k}"), (f"a{k}", f"b{k}"), (f"b{k}", "join")]
    # Empty elements are written with an end tag, since not every reader knows the short form.
    parts = [f'<{kind} id="{name}"></{kind}>' for kind, name in elements]
    parts += [
        f'<sequenceFlow id="f{n}" sourceRef="{source}" targetRef="{target}"/>'
        for n, (source, target) in enumerate(flows)
    ]
    return (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d"'
        f' targetNamespace="x"><process id="parallel">{"".join(parts)}</process></definitions>'
    )


def nested(tasks: int, seed: int = 1) -> Net:
    """A random nesting of sequences, choices, loops and parallel branches."""
    rows, count, random = [], 2, Random(seed)  # noqa: S311  a repeatable net, no secret
    todo = [(0, 1, tasks)]
    while todo:
        before, after, size = todo.pop()
        if size == 1:
            rows.append([[before], [after]])
            continue
        left = random.randrange(1, size)
        kind = random.choice(["sequence", "sequence", "choice", "parallel", "loop"])
        if kind == "sequence":
            todo += [(before, count, left), (count, after, size - left)]
            count += 1
        elif kind == "choice":
            todo += [(before, after, left), (before, after, size - left)]
        elif kind == "parallel":
            rows += [[[before], [count, count + 1]], [[count + 2, count + 3], [after]]]
            todo += [(count, count + 2, left), (count + 1, count + 3, size - left)]
            count += 4
        else:
            rows += [[[before], [count]], [[count + 1], [after]]]
            todo += [(count, count + 1, left), (count + 1, count, size - left)]
            count += 2
    return {"n_places": count, "transitions": rows, "source": 0, "sink": 1}


def decision_tree(facts: int, guards: int, seed: int = 1) -> list[Guard]:
    """Guards of which exactly one is true for any facts, except for one gap.

    They are the leaves of a random tree; half of the facts are true or false, half are numbers.
    """
    random = Random(seed)  # noqa: S311  repeatable guards, no secret
    known = {f"b{n}": Fact(id=f"b{n}", type="bool") for n in range(facts // 2)}
    known |= {f"n{n}": Fact(id=f"n{n}", type="int") for n in range(facts - facts // 2)}
    leaves: list[tuple[str, ...]] = [()]
    while len(leaves) <= guards:
        leaf = leaves.pop(random.randrange(len(leaves)))
        name = random.choice([name for name in known if not {name, f"!{name}"} & set(leaf)])
        limit = random.randrange(1, 1000)
        yes = name if known[name].type == "bool" else f"{name} < {limit}"
        no = f"!{name}" if known[name].type == "bool" else f"{name} >= {limit}"
        leaves += [(*leaf, yes), (*leaf, no)]
    leaves.pop(random.randrange(len(leaves)))
    return [parse(" && ".join(leaf), facts=known, info={}) for leaf in leaves]
