"""Findings as SARIF 2.1.0, which code hosting shows beside the lines of a file."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from ohjausprosessi.cli.terminal import printable_json
from ohjausprosessi.diagnostics import counterexample_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ohjausprosessi.diagnostics import Finding

__all__ = ["sarif_text"]

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_MARK = re.compile(r"^[○│✗] +")


def sarif_text(findings: Sequence[Finding], version: str, language: str) -> str:
    """A SARIF log with one run that holds all findings.

    Args:
        findings: findings of any number of files; a severity is a level of SARIF.
        version: version of the library.
        language: language of the messages.
    """
    rules = [{"id": code} for code in dict.fromkeys(finding.code for finding in findings)]
    run = {
        "tool": {"driver": {"name": "ohjausprosessi", "semanticVersion": version, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, language) for finding in findings],
    }
    data = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return printable_json(json.dumps(data, ensure_ascii=False, indent=2))


def _result(finding: Finding, language: str) -> dict[str, object]:
    location = finding.location
    text = finding.message.text(language)
    if finding.hint is not None:
        hint = finding.hint.text(language)
        text = f"{text}. {hint[:1].upper()}{hint[1:]}"
    place: dict[str, object] = {"artifactLocation": {"uri": quote(location.path or "unknown")}}
    if location.line is not None:
        place["region"] = {"startLine": location.line, "startColumn": location.column}
    result: dict[str, object] = {
        "ruleId": finding.code,
        "level": finding.severity,
        "message": {"text": text},
        "locations": [{"physicalLocation": place}],
    }
    if finding.counterexample:
        # Code hosting lets people step through the lines of the course, and draws marks itself.
        drawn = [
            {"location": {"physicalLocation": place, "message": {"text": _MARK.sub("", line)}}}
            for line in counterexample_lines(finding.counterexample, language)
        ]
        result["codeFlows"] = [{"threadFlows": [{"locations": drawn}]}]
    return result
