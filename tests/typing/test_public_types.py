"""What type checkers see of the public names; mypy and pyright read this file, pytest runs it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import assert_type

import ohjausprosessi as op


def test_types_of_a_case() -> None:
    process = op.load("ohjausprosessi_koulutukseen")
    assert_type(process, op.Process)
    assert_type(process.states, Mapping[str, op.State])
    assert_type(process.transitions, Mapping[str, op.Transition])
    case = process.start("x", at=datetime(2026, 1, 5, tzinfo=UTC))
    assert_type(case, op.Case)
    assert_type(case.active, tuple[str, ...])
    assert_type(case.facts, dict[str, op.Value])
    assert_type(case.history, op.History)
    assert_type(case.history[0], op.Event)
    assert_type(case.options(), tuple[op.Option, ...])
    assert_type(case.explain("paata_ohjaus"), op.Option)
    assert_type(case.due(datetime(2026, 1, 5, tzinfo=UTC)), tuple[op.Due, ...])
    assert_type(case.tick(datetime(2026, 1, 5, tzinfo=UTC)), op.Case)
    assert_type(case.timers, tuple[op.Due, ...])
    assert_type(case.next_due, datetime | None)
    assert_type(case.outcome, str | None)
    assert_type(process.check(), op.Report)
    assert_type(process.check().errors, tuple[op.Finding, ...])
