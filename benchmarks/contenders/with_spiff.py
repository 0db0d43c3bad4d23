"""The library SpiffWorkflow: a BPMN process; a state is a manual task before a gateway."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from benchmarks.contenders import Contender
from benchmarks.model import EVENTS, FACTS, STATES, WAYS

if TYPE_CHECKING:
    from collections.abc import Callable

NAMESPACE = "http://www.omg.org/spec/BPMN/20100524/MODEL"


def bpmn() -> str:
    """The model as BPMN: the gateway after a state tests the chosen event and its guard."""
    parts = [
        '<startEvent id="start"/>',
        '<sequenceFlow id="f_start" sourceRef="start" targetRef="s0"/>',
        '<endEvent id="stop"/>',
    ]
    for state in STATES:
        parts += [
            f'<manualTask id="{state}" name="{state}"/>',
            f'<exclusiveGateway id="g_{state}" default="d_{state}"/>',
            f'<sequenceFlow id="f_{state}" sourceRef="{state}" targetRef="g_{state}"/>',
            f'<sequenceFlow id="d_{state}" sourceRef="g_{state}" targetRef="stop"/>',
        ]
    for way in WAYS:
        guard = f"chosen == '{way.name}'" + (f" and {way.guard}" if way.guard else "")
        text = guard.replace("<", "&lt;").replace(">", "&gt;")
        parts.append(
            f'<sequenceFlow id="{way.name}" sourceRef="g_{way.source}" targetRef="{way.target}">'
            f"<conditionExpression>{text}</conditionExpression></sequenceFlow>"
        )
    body = "".join(parts)
    return (
        f'<definitions xmlns="{NAMESPACE}" id="d" targetNamespace="x">'
        f'<process id="ring" isExecutable="true">{body}</process></definitions>'
    )


class Spiff(Contender):
    """``SpiffWorkflow``."""

    name = "SpiffWorkflow"
    module = "SpiffWorkflow.bpmn.workflow"
    checks = "guard, history"
    many = 100
    laps = 1  # an event costs more with every event before it

    def __init__(self) -> None:
        self.spec = self.build()

    def build(self) -> Any:
        parser = BpmnParser()
        parser.add_bpmn_str(bpmn().encode())
        return parser.get_spec("ring")

    def create(self) -> BpmnWorkflow:
        case = BpmnWorkflow(self.spec)
        case.data.update(FACTS)
        case.do_engine_steps()
        return case

    @staticmethod
    def step(case: BpmnWorkflow, name: str) -> None:
        """Take one step."""
        (task,) = case.get_tasks(state=TaskState.READY, manual=True)
        task.data.update(FACTS)
        task.data["chosen"] = name
        task.run()
        case.do_engine_steps()

    def walk(self, laps: int) -> None:
        case = self.create()
        for _ in range(laps):
            for name in EVENTS:
                self.step(case, name)
        assert not case.is_completed()

    def options(self) -> Callable[[], object]:
        case = self.create()
        return lambda: case.get_tasks(state=TaskState.READY, manual=True)

    def round_trip(self) -> Callable[[], object]:
        case = self.create()
        for name in EVENTS:
            self.step(case, name)
        serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())
        return lambda: serializer.deserialize_json(serializer.serialize_json(case))
