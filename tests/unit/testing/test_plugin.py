"""The pytest plugin, run on small projects."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

pytest_plugins = ["pytester"]

GOOD = """
ohjausprosessi: 1
id: {id}
version: "1"
responsible: c
start: a
owners: {{c: {{}}, s: {{}}}}
roles: {{rc: {{owner: c}}, rs: {{owner: s}}}}
durations: {{day: {{length: 1 day}}}}
states: {{a: {{owner: c, deadline: day}}, b: {{owner: s, deadline: day}}, e: {{kind: end, owner: c}}}}
transitions:
  over: {{from: a, to: b, by: rc, handoff: {{within: day, else: back}}}}
  stop: {{from: b, to: e, by: rs, handoff: {{ack: false}}}}
rules:
  kept: {{rule: precedence, first: over.accept, then: b}}
"""


def run(pytester: pytest.Pytester, *options: str) -> pytest.RunResult:
    # By its module, so that the tests do not depend on what is installed under which name.
    named = ("-p", "no:ohjausprosessi", "-p", "ohjausprosessi.testing.plugin", "-p", "no:randomly")
    quick = ("--ohjausprosessi-examples=15", "-p", "no:cacheprovider")
    return pytester.runpytest_subprocess(*named, *quick, *options)


def write(folder: Path, name: str, text: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def test_every_file_of_a_folder_is_tested_beside_the_other_tests(
    pytester: pytest.Pytester,
) -> None:
    pytester.makepyfile("def test_own(): pass")
    write(pytester.path / "processes", "one.yaml", GOOD.format(id="one"))
    write(pytester.path / "processes" / "more", "two.yml", GOOD.format(id="two"))
    result = run(pytester, "--ohjausprosessi=processes", "-v")
    result.assert_outcomes(passed=11)
    result.stdout.fnmatch_lines(
        [
            "*one.yaml::loads PASSED*",
            "*one.yaml::check PASSED*",
            "*one.yaml::walks PASSED*",
            "*one.yaml::rule*kept* PASSED*",
            "*one.yaml::mutants PASSED*",
        ]
    )
    result.stdout.fnmatch_lines(["one: transitions 2/2, hand-offs 3/3, guard boundaries 0/0"])


def test_a_broken_rule_and_an_unsound_process_fail_in_words(pytester: pytest.Pytester) -> None:
    folder = pytester.path / "processes"
    broken = GOOD.replace("first: over.accept, then: b", "first: stop, then: b")
    write(folder, "broken.yaml", broken.format(id="broken"))
    trapped = GOOD.replace("by: rs,", "by: rs, if: ok,").replace(
        "rules:", "facts: {{ok: {{type: bool, phases: early}}}}\nphases: {{early: {{}}}}\nrules:"
    )
    write(folder, "trapped.yaml", trapped.format(id="trapped"))
    result = run(pytester, "--ohjausprosessi=processes")
    result.assert_outcomes(passed=6, failed=4)
    result.stdout.fnmatch_lines(["kept: kept (event 3)", "the case: start -> over -> over.accept*"])
    result.stdout.fnmatch_lines(["*no-way-to-end*"])
    result.stdout.fnmatch_lines(["nothing more can happen at b"])
    assert "Traceback" not in result.stdout.str()


def test_mutants_are_counted_and_those_that_nothing_notices_are_listed(
    pytester: pytest.Pytester,
) -> None:
    guarded = GOOD.replace("by: rs,", "by: rs, if: ok,").replace(
        "rules:", "facts: {{ok: {{type: bool}}}}\nrules:"
    )
    write(pytester.path / "processes", "one.yaml", guarded.format(id="one"))
    told = "one: mutants noticed by checks and rules "
    only = ("--ohjausprosessi=processes", "-k", "mutants")
    result = run(pytester, *only)
    result.stdout.fnmatch_lines([told + "10 of 11", "  not noticed: stop: guard negated"])
    result = run(pytester, *only, "--ohjausprosessi-mutants=all")
    result.stdout.fnmatch_lines([told + "10 of 11"])
    result = run(pytester, *only, "--ohjausprosessi-mutants=3")
    result.stdout.fnmatch_lines([told + "* of 3, a sample of 11"])
    result = run(pytester, *only, "--ohjausprosessi-mutants=0")
    assert told not in result.stdout.str()
    result = run(pytester, *only, "--ohjausprosessi-mutants=some")
    result.stderr.fnmatch_lines(["*'some' is neither a number nor 'all'*"])


def test_a_file_that_does_not_load_says_why(pytester: pytest.Pytester) -> None:
    write(pytester.path / "processes", "bad.yaml", GOOD.format(id="bad").replace("to: b", "to: x"))
    result = run(pytester, "--ohjausprosessi=processes")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*there is no state `x`*"])


def test_a_folder_that_is_not_there_is_refused(pytester: pytest.Pytester) -> None:
    result = run(pytester, "--ohjausprosessi=nowhere")
    result.stderr.fnmatch_lines(["*--ohjausprosessi: there is no *nowhere"])


def test_without_the_option_nothing_of_the_library_is_imported(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        "import sys\n"
        "def test_own():\n"
        "    assert 'ohjausprosessi.testing.plugin' in sys.modules\n"
        "    assert 'ohjausprosessi.engine' not in sys.modules\n"
    )
    write(pytester.path / "processes", "one.yaml", GOOD.format(id="one"))
    run(pytester, "-p", "no:hypothesispytest").assert_outcomes(passed=1)
