"""What the proofs have to say: the report of drop-outs, single edits that mend, and ``mutate``."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import quote

from ohjausprosessi.cli import messages as say
from ohjausprosessi.cli.terminal import printable_json
from ohjausprosessi.diagnostics import counterexample_lines
from ohjausprosessi.verify.dropout import dropout_report
from ohjausprosessi.verify.mutation import mutation_score
from ohjausprosessi.verify.repair.repair import repairs

if TYPE_CHECKING:
    from collections.abc import Sequence

    import ohjausprosessi as op
    from ohjausprosessi.cli.commands.check import Checked
    from ohjausprosessi.cli.terminal import Terminal
    from ohjausprosessi.diagnostics import Finding, Step
    from ohjausprosessi.verify import Score

__all__ = ["mutate", "report_course", "report_dropouts", "report_repairs", "sarif_text"]

_MOST_REPAIRS = 3
_LEVELS = {"error": "error", "warning": "warning"}
_MARK = re.compile(r"^[○│✗] +")
_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def report_dropouts(terminal: Terminal, process: op.Process, language: str) -> None:
    """Print where a client can drop out: every hand-off, every state without a time limit."""
    terminal.line()
    for line in dropout_report(process.definition).text(language).splitlines():
        terminal.hanging(line)


def report_course(terminal: Terminal, counterexample: Sequence[Step], *, indent: int = 4) -> None:
    """Print a course downwards, wrapped beside its marks; a cross is where it goes wrong."""
    for line in counterexample_lines(counterexample, terminal.language):
        terminal.hanging(line, indent=indent, style="bold red" if line[0] == "✗" else "dim")


def report_repairs(terminal: Terminal, process: op.Process) -> None:
    """Print the best single edits that would mend a definition; each was tried and checked."""
    for repair in repairs(process.definition)[:_MOST_REPAIRS]:
        left = len(repair.remaining)
        rest = say.REPAIR_ALL if not left else say.REPAIR_PART
        told = repair.message.text(terminal.language)
        lead = say.REPAIR.text(terminal.language)
        terminal.line(f"{lead}{told} ({rest.text(terminal.language).format(left=left)})", indent=4)


def mutate(terminal: Terminal, process: op.Process, *, as_json: bool) -> None:
    """Print which one-edit changes of a definition no check or rule notices."""
    with terminal.progress(say.MUTATING.text(terminal.language)) as progress:
        score = mutation_score(process.definition, progress=progress)
    if as_json:
        terminal.write(printable_json(json.dumps(_score_data(process, score), indent=2)))
        return
    for mutant in score.survivors:
        terminal.line(("~ ", "bold yellow"), mutant.message.text(terminal.language))
    codes = Counter(code for _, code in score.noticed)
    noticed = ", ".join(f"{code} {number}" for code, number in codes.most_common())
    summary = say.MUTATED.text(terminal.language).format(
        name=process.id, noticed=len(score.noticed), total=score.tried, share=score.share
    )
    terminal.line((summary, "bold"))
    terminal.line(say.NOTICED_BY.text(terminal.language), noticed, indent=2)


def _score_data(process: op.Process, score: Score) -> dict[str, object]:
    return {
        "process": process.id,
        "version": process.version,
        "share": round(score.share, 4),
        "noticed": [
            {"element": mutant.element, "edit": mutant.edit, "by": code}
            for mutant, code in score.noticed
        ],
        "survivors": [
            {"element": mutant.element, "edit": mutant.edit} for mutant in score.survivors
        ],
    }


def sarif_text(checked: Sequence[Checked], version: str, language: str) -> str:
    """Return findings as SARIF 2.1.0, for code hosting that shows them beside the lines."""
    findings = [finding for file in checked for finding in file.findings]
    rules = [{"id": code} for code in dict.fromkeys(finding.code for finding in findings)]
    run = {
        "tool": {"driver": {"name": "ohjausprosessi", "semanticVersion": version, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, language) for finding in findings],
    }
    data = {"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}
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
        "level": _LEVELS[finding.severity],
        "message": {"text": text},
        "locations": [{"physicalLocation": place}],
    }
    if finding.counterexample:
        # Code hosting lets people walk through the lines of the course, and draws marks itself.
        drawn = [
            {"location": {"physicalLocation": place, "message": {"text": _MARK.sub("", line)}}}
            for line in counterexample_lines(finding.counterexample, language)
        ]
        result["codeFlows"] = [{"threadFlows": [{"locations": drawn}]}]
    return result
