"""The library rust_bpmn_analyzer, by its Python bindings: a BPMN process, explored.

Sound is what is three questions there; each explores on its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import rust_bpmn_analyzer_bindings as analyzer

from benchmarks.inputs import parallel_as_bpmn

if TYPE_CHECKING:
    from collections.abc import Callable


def question(branches: int) -> Callable[[], bool]:
    """The question whether a fork and its join are sound."""
    text = parallel_as_bpmn(branches)

    def ask() -> bool:
        answers = (
            analyzer.analyze_option_to_complete(text),
            analyzer.analyze_proper_completion(text),
            analyzer.analyze_dead_activities(text),
        )
        return all(answer.fulfilled for answer in answers)

    return ask
