"""Elements that do not say on what they rest."""

from __future__ import annotations

from ohjausprosessi.formats import loads_definition
from ohjausprosessi.verify import findings
from places import CHECK_FOLDERS


def test_untraced_is_a_warning_where_only_some_elements_are_traced() -> None:
    path = CHECK_FOLDERS / "untraced" / "invalid-promised_but_missing.yaml"
    text = path.read_text("utf-8").replace("\nsource: P1\n", "\n", 1)
    one = [f for f in findings(loads_definition(text)) if f.code == "untraced"]
    assert [(f.severity, f.location.element) for f in one] == [("warning", ("states", "loppu"))]
