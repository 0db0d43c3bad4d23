"""`show`, `render` and `schema`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner, Result

import ohjausprosessi as op
from ohjausprosessi.cli.app import app
from ohjausprosessi.formats.schema.json_schema import json_schema
from ohjausprosessi.verify.dropout import handoff_points

if TYPE_CHECKING:
    from pathlib import Path

FIRST, SECOND = "tyottomyydesta_tutkintoon", "ohjausprosessi_koulutukseen"


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


@pytest.fixture
def stored_case(tmp_path: Path) -> Path:
    path = tmp_path / "case.json"
    case = (
        op.load(FIRST)
        .start("1")
        .advance("arvioi_palvelutarve", by="tyollisyyspalvelukoordinaattori")
    )
    path.write_text(json.dumps(case.to_dict()), encoding="utf-8")
    return path


STUCK = """\
ohjausprosessi: 1
id: stuck
version: "1"
responsible: c
start: a
owners: {c: {}}
roles: {r: {owner: c}}
states: {a: {owner: c}, b: {owner: c}, e: {kind: end, owner: c}}
transitions:
  q: {from: a, to: e, by: r}
  g: {from: a, to: b, by: r}
  l: {from: b, to: b, by: r}
"""


@pytest.fixture
def stuck(tmp_path: Path) -> str:
    (tmp_path / "stuck.yaml").write_text(STUCK, encoding="utf-8")
    return str(tmp_path / "stuck.yaml")


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, arguments)
    return done.exit_code, done.output


@pytest.mark.parametrize("language", ["fi", "en"])
@pytest.mark.parametrize("name", [FIRST, SECOND])
def test_every_element_is_in_the_tables(
    name: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    process = op.load(name)
    result = invoke("show", name, "--lang", language)
    assert result.exit_code == 0, result.output
    for section in (process.owners, process.states, process.transitions):
        for element in section.values():
            assert element.id in result.stdout
            assert element.text(language) in result.stdout


def test_output_is_plain_without_a_terminal_and_coloured_when_forced() -> None:
    def shown(**environment: str) -> str:
        return CliRunner().invoke(app, ["show", SECOND], env=environment).stdout

    assert "\x1b" not in shown()
    assert "\x1b[30;103m● S" in shown(FORCE_COLOR="1")
    assert "[30;103m" not in shown(FORCE_COLOR="1", NO_COLOR="1")


def test_tables_fit_a_pipe_of_120_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    assert max(map(len, invoke("show", FIRST).stdout.splitlines())) <= 120


def test_a_hand_off_is_shown_with_its_answerers() -> None:
    data = json.loads(invoke("show", FIRST, "--format", "json").stdout)
    found = {handoff["transition"]: handoff for handoff in data["handoffs"]}
    assert found["ohjaa_opinto_ohjaajalle"] == {
        "transition": "ohjaa_opinto_ohjaajalle",
        "from": ["palvelutarpeen_arvio"],
        "giver": "kaupunki",
        "receiver": "sakky",
        "info": ["yhteystiedot", "palvelutarvearvio", "tuen_tarpeet"],
        "ack": True,
        "answered_by": ["opinto_ohjaaja"],
        "within": "vastaanottokuittaus",
        "else": "back",
    }
    assert found["aloita_kartoitus_tutustumisen_jalkeen"]["answered_by"] == []
    assert found["suorita_opinnot_savon_ammattiopistossa"]["else"] == "palautus_prosessivastuulle"


def test_answerers_are_those_of_the_engine() -> None:
    """Without `accept_by` any role of the receiver answers, for an outsider the responsible's too."""
    process = op.loads(
        """
ohjausprosessi: 1
id: p
version: "1"
responsible: c
start: a
fallback: a
owners: {c: {}, x: {external: true}}
roles: {rc: {owner: c}, rx: {owner: x}}
states: {a: {owner: c}, b: {owner: c, kind: end}}
transitions: {t: {from: a, to: b, by: rc, handoff: {to: x, within: w}}}
durations: {w: {length: 1 day}}
"""
    )
    case = process.start("1").advance("t", by="rc")
    asked = {option.transition: option.by for option in case.options()}
    (point,) = handoff_points(process.definition)
    assert point.answered_by == asked["t.accept"] == ("rc", "rx")


def test_the_data_of_show() -> None:
    process = op.load(FIRST)
    data = json.loads(invoke("show", FIRST, "--format", "json").stdout)
    assert data["hash"] == process.hash
    assert [state["id"] for state in data["states"]] == list(process.states)
    assert [t["id"] for t in data["transitions"]] == list(process.transitions)
    assert data["title"]["fi"].startswith("Kuvio 1")


@pytest.mark.parametrize("command", ["show", "run"])
@pytest.mark.parametrize("name", ["/nowhere.yaml", "/", "no_such_process", "/dev/null"])
def test_a_file_that_is_no_process_is_one_error(command: str, name: str) -> None:
    result = invoke(command, name, "--lang", "en")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith((f"{name}: error yaml: ", f"{name}: error name: "))


@pytest.mark.parametrize("options", [[], ["--view", "full"], ["--owner", "sakky"]])
def test_a_picture_is_written(options: list[str], tmp_path: Path) -> None:
    path = tmp_path / "picture.svg"
    result = invoke("render", FIRST, "-o", str(path), "--lang", "en", *options)
    assert result.exit_code == 0, result.output
    assert result.stdout == f"{path}\n"
    assert "<svg" in path.read_text(encoding="utf-8")


def test_a_stored_case_is_handed_to_the_drawing(
    stored_case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[str, object] = {}

    def render(process: op.Process, path: Path, **options: object) -> Path:
        asked.update(options, process=process.id)
        return path

    monkeypatch.setattr(op.Process, "render", render)
    result = invoke("render", FIRST, "-o", "x.svg", "--case", str(stored_case), "--lang", "fi")
    assert result.exit_code == 0, result.output
    stored = json.loads(stored_case.read_text(encoding="utf-8"))
    assert asked == {
        "process": FIRST,
        "lang": "fi",
        "view": "overview",
        "owner": None,
        "case": op.load(FIRST).restore(stored),
        "counts": None,
        "diff": None,
    }


@pytest.mark.parametrize(
    "arguments",
    [
        ["-o", "picture.doc"],
        ["-o", "nowhere/picture.svg"],
        ["-o", "picture.svg", "--owner", "nobody"],
        ["-o", "picture.svg", "--case", "nowhere.json"],
    ],
)
@pytest.mark.parametrize("language", ["fi", "en"])
def test_a_picture_that_cannot_be_drawn(
    arguments: list[str], language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = invoke("render", FIRST, *arguments, "--lang", language)
    assert result.exit_code == 2
    assert result.stderr.startswith({"fi": "virhe: ", "en": "error: "}[language])
    assert not (tmp_path / "picture.svg").exists()


def test_a_case_of_another_process_is_not_drawn(stored_case: Path, tmp_path: Path) -> None:
    path = tmp_path / "picture.svg"
    result = invoke("render", SECOND, "-o", str(path), "--case", str(stored_case), "--lang", "en")
    assert result.exit_code == 2
    assert "another definition" in result.stderr


def test_an_unknown_view_is_misuse(tmp_path: Path) -> None:
    assert invoke("render", FIRST, "-o", str(tmp_path / "x.svg"), "--view", "all").exit_code == 2


def test_the_schema_is_that_of_the_format(tmp_path: Path) -> None:
    path = tmp_path / "schema.json"
    printed = invoke("schema").stdout
    result = invoke("schema", "--output", str(path))
    assert json.loads(printed) == json_schema()
    assert path.read_text(encoding="utf-8") == printed
    assert result.stdout == f"{path}\n"
    assert invoke("schema", "--output", str(tmp_path / "no" / "schema.json")).exit_code == 2


def test_figures_and_changes_are_drawn(tmp_path: Path, stuck: str) -> None:
    counts = tmp_path / "counts.csv"
    picture = str(tmp_path / "p.svg")
    for text in ("transition,cases\nq,12\n\ng,3\n", "\ufefftransition;cases\r\nq;12\r\n"):
        counts.write_text(text, encoding="utf-8")
        assert run("render", stuck, "-o", picture, "--counts", str(counts))[0] == 0
    older = tmp_path / "older.yaml"
    older.write_text(STUCK.replace("  l: {from: b, to: b, by: r}\n", ""), encoding="utf-8")
    assert run("render", stuck, "-o", picture, "--diff", str(older))[0] == 0


@pytest.mark.parametrize(
    "text",
    [
        "q,12\ng\n",
        "q,12\ng,x\n",
        "a,b,c\n",
        "q,-1\nq,-2\n",
        "q,1\ng,1234567890123456\n",
        "q,1\nq,2\n",
    ],
)
def test_figures_that_will_not_do_end_with_2(tmp_path: Path, stuck: str, text: str) -> None:
    counts = tmp_path / "counts.csv"
    counts.write_text(text, encoding="utf-8")
    code, output = run(
        "render", stuck, "-o", str(tmp_path / "p.svg"), "--counts", str(counts), "--lang", "en"
    )
    assert code == 2, output
    assert "counts.csv" in output
