"""The commands: what they take, and how they end (0 fine, 1 errors found, 2 unusable input)."""

from __future__ import annotations

import contextlib
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

import ohjausprosessi as op
from ohjausprosessi.cli import messages as say
from ohjausprosessi.cli.commands import check as checking
from ohjausprosessi.cli.commands import check_pictures as drawing
from ohjausprosessi.cli.commands import demo as demonstration
from ohjausprosessi.cli.commands import proofs as proving
from ohjausprosessi.cli.commands import rules as ruling
from ohjausprosessi.cli.commands import show as showing
from ohjausprosessi.cli.commands.run import Session
from ohjausprosessi.cli.files import FileError, read_case, read_counts, read_json, write_text
from ohjausprosessi.cli.options import (
    CaseOption,
    CheckForm,
    CountsOption,
    FileArgument,
    Form,
    FormOption,
    Language,
    LanguageOption,
    View,
)
from ohjausprosessi.cli.terminal import (
    Terminal,
    default_language,
    leave_closed_pipe,
    steady_streams,
)
from ohjausprosessi.cli.times import moment_of

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["app", "main"]

_UNUSABLE = 2

app = typer.Typer(
    name="ohjausprosessi",
    help="Guidance processes as text: check them, draw them, walk a case through them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _examples(*commands: str) -> str:
    """Return examples as they stand at the end of a help page, each on its line."""
    return "\n".join(["\b", "Examples:", *(f"  {command}" for command in commands)])


def _terminal(language: Language | None) -> Terminal:
    return Terminal(default_language() if language is None else language.value)


@contextlib.contextmanager
def _no_traceback(terminal: Terminal) -> Iterator[None]:
    """Turn what the library says about bad input into one message and exit code 2."""
    try:
        yield
    except (op.DefinitionError, op.Refused) as error:
        terminal.error(error.text(terminal.language))
    except op.OhjausprosessiError as error:
        text = getattr(error, "text", None)
        terminal.error(str(error) if text is None else text(terminal.language))
    except BrokenPipeError:
        leave_closed_pipe()
    except OverflowError:
        terminal.error(say.OUTSIDE_CALENDAR.text(terminal.language))
    except OSError as error:
        name = f"{error.filename}: " if error.filename else ""
        terminal.error(f"{name}{error.strerror or error}")
    else:
        return
    raise typer.Exit(_UNUSABLE)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"ohjausprosessi {op.__version__}")
        raise typer.Exit


@app.callback(epilog="Start with:  ohjausprosessi demo")
def root(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Guidance processes as text: check them, draw them, walk a case through them."""


@app.command(
    short_help="Show the main job on one client.",
    epilog=_examples(
        "ohjausprosessi demo",
        "ohjausprosessi demo --lang fi --output /tmp/demo",
    ),
)
def demo(
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where the files go.")
    ] = Path("build/demo"),
    lang: LanguageOption = None,
) -> None:
    """Show the main job: both processes checked, one client walked from start to end.

    Writes both pictures as SVG and the case as JSON. The times are fixed examples.
    """
    terminal = _terminal(lang)
    with _no_traceback(terminal):
        demonstration.demo(terminal, output)


@app.command(
    short_help="Find what is wrong with definitions.",
    epilog=_examples(
        "ohjausprosessi check processes/*.yaml",
        "ohjausprosessi check --strict my_process.yaml",
        "ohjausprosessi check --report fi tyottomyydesta_tutkintoon",
        "ohjausprosessi check --draw build/courses my_process.yaml",
        "ohjausprosessi check --format sarif processes/*.yaml > findings.sarif",
    ),
)
def check(  # noqa: PLR0917  Typer calls it by keyword
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE...", help="YAML files, or ids of processes that ship with us."
        ),
    ],
    strict: Annotated[
        bool, typer.Option("--strict", help="Let warnings count as errors do.")
    ] = False,
    report: Annotated[
        Language | None,
        typer.Option("--report", help="Also tell where a client can drop out, in this language."),
    ] = None,
    draw: Annotated[
        Path | None,
        typer.Option(
            "--draw",
            metavar="FOLDER",
            help="Draw into a folder how a case meets each problem, a picture for each.",
        ),
    ] = None,
    form: Annotated[
        CheckForm, typer.Option("--format", help="For people, programs, or code hosting.")
    ] = CheckForm.TEXT,
    lang: LanguageOption = None,
) -> None:
    """Check definitions: every problem with its place, the line and what to do.

    Where single edits would mend a process, the best of them are named; each was tried. A broken
    file does not stop the others. Exit code: 0 no errors, 1 errors (with --strict also warnings),
    2 a file is missing or cannot be read, or the command is misused.
    """
    if report is not None and form is not CheckForm.TEXT:
        raise typer.BadParameter(
            "it is written for people: leave --format out", param_hint="--report"
        )
    terminal = _terminal(lang)
    with _no_traceback(terminal):
        checked = [checking.check(name) for name in files]
        if draw is not None:
            checked = drawing.with_pictures(checked, draw, terminal.language)
        if form is CheckForm.JSON:
            checking.report_json(terminal, checked)
        elif form is CheckForm.SARIF:
            terminal.write(proving.sarif_text(checked, op.__version__, terminal.language))
        else:
            checking.report_text(terminal, checked)
            for file in checked:
                if report is not None and file.process is not None:
                    proving.report_dropouts(terminal, file.process, report.value)
    raise typer.Exit(checking.exit_code(checked, strict=strict))


@app.command(
    short_help="Draw a process into a file.",
    epilog=_examples(
        "ohjausprosessi render tyottomyydesta_tutkintoon -o k1.svg --lang en",
        "ohjausprosessi render my_process.yaml -o full.png --view full",
        "ohjausprosessi render tyottomyydesta_tutkintoon -o case.svg --case build/demo/case.json",
        "ohjausprosessi render new.yaml --diff old.yaml -o change.svg",
    ),
)
def render(  # noqa: PLR0917  Typer calls it by keyword
    file: FileArgument,
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", metavar="OUT", help="The picture; its suffix says how: .svg, .png, …"
        ),
    ],
    view: Annotated[View, typer.Option("--view", help="How much to show.")] = View.OVERVIEW,
    owner: Annotated[
        str | None, typer.Option("--owner", metavar="OWNER", help="Show only this owner's part.")
    ] = None,
    case: CaseOption = None,
    counts: CountsOption = None,
    diff: Annotated[
        str | None,
        typer.Option("--diff", metavar="OLD", help="Show what changed since this definition."),
    ] = None,
    lang: LanguageOption = None,
) -> None:
    """Draw a process into a file: lanes in the owners' colours, with a legend."""
    terminal = _terminal(lang)
    with _no_traceback(terminal):
        process = op.load(file)
        drawn = process.render(
            output,
            lang=terminal.language,
            view=view.value,
            owner=owner,
            case=None if case is None else read_case(process, case),
            counts=None if counts is None else read_counts(counts),
            diff=None if diff is None else op.load(diff),
        )
        terminal.line(str(drawn))


@app.command(
    short_help="Write processes as a small static site.",
    epilog=_examples(
        "ohjausprosessi handbook processes/ -o build/handbook",
        "ohjausprosessi handbook my_process.yaml -o site --case build/demo/case.json",
        "ohjausprosessi handbook processes/ --counts counts.csv",
    ),
)
def handbook(
    source: Annotated[
        str,
        typer.Argument(
            metavar="FOLDER",
            help="A folder of YAML files, or a single process as elsewhere: its file or id.",
        ),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FOLDER", help="Where the site goes.")
    ] = Path("build/handbook"),
    case: CaseOption = None,
    counts: CountsOption = None,
    lang: LanguageOption = None,
) -> None:
    """Write a handbook: an index and one page per process that needs no network.

    Pictures to zoom and walk through by keyboard, what each state and hand-off is, where a client
    could drop out, and everything as tables. In Finnish and English; --lang chooses the first page.
    """
    from ohjausprosessi.handbook import write_handbook  # noqa: PLC0415  drawing comes with it

    terminal = _terminal(lang)
    with _no_traceback(terminal):
        if Path(source).is_dir() and not any(Path(source).glob("*.yaml")):
            raise FileError.of(say.FOLDER_EMPTY, path=source)
        cases = [] if case is None else [read_json(case)]
        written = write_handbook(
            source,
            output,
            lang=terminal.language,
            cases=cases,
            counts=None if counts is None else read_counts(counts),
        )
        for path, error in written.left_out:
            terminal.error(f"{path}: {error.text(terminal.language)}")
        if written.undrawn is not None:
            terminal.error(written.undrawn.text(terminal.language))
        terminal.line(str(written.index))


@app.command(
    short_help="Show a process as tables.",
    epilog=_examples(
        "ohjausprosessi show tyottomyydesta_tutkintoon",
        "ohjausprosessi show my_process.yaml --format json",
    ),
)
def show(file: FileArgument, form: FormOption = Form.TEXT, lang: LanguageOption = None) -> None:
    """Show a process as tables: owners, states, transitions and hand-offs.

    Of each hand-off: giver, receiver, what travels, who answers, within what time, and what else.
    """
    terminal = _terminal(lang)
    with _no_traceback(terminal):
        process = op.load(file)
        if form is Form.JSON:
            showing.show_json(terminal, process)
        else:
            showing.show_text(terminal, process)


@app.command(
    short_help="Walk a case by hand.",
    epilog=_examples(
        "ohjausprosessi run tyottomyydesta_tutkintoon --at 2021-03-01",
        "ohjausprosessi run tyottomyydesta_tutkintoon --case build/demo/case.json",
        "ohjausprosessi run my_process.yaml < steps.txt",
    ),
)
def run(
    file: FileArgument,
    case: CaseOption = None,
    name: Annotated[str, typer.Option("--id", metavar="ID", help="The id of a new case.")] = "1",
    at: Annotated[
        str | None,
        typer.Option(
            "--at",
            metavar="DATE",
            help="When it starts, such as 2021-03-01.",
            show_default="today; with --case the time of its last event",
        ),
    ] = None,
    lang: LanguageOption = None,
) -> None:
    """Walk a case by hand: what may happen now, why not, and what to find out first.

    Type help there for the commands. Time passes only by tick. Commands may also come through a
    pipe, one a line.
    """
    terminal = _terminal(lang)
    with _no_traceback(terminal):
        process = op.load(file)
        zone = ZoneInfo(process.definition.timezone)
        given = None if at is None else _moment(terminal, at, zone)
        if case is None:
            now = _today(zone) if given is None else given
            walked = process.start(name, at=now)
        else:
            walked = read_case(process, case)
            now = given or walked.at or _today(zone)
            if walked.at is not None and now < walked.at:
                terminal.error(say.AT_BACKWARDS.text(terminal.language).format(at=at))
                raise typer.Exit(_UNUSABLE)
        Session(terminal, process, walked, now, case).run()


@app.command(
    short_help="Show which rules are proved, and how cases keep them.",
    epilog=_examples(
        "ohjausprosessi rules tyottomyydesta_tutkintoon",
        "ohjausprosessi rules tyottomyydesta_tutkintoon build/demo/case.json --now 2021-06-01",
        "ohjausprosessi rules my_process.yaml cases.jsonl --format json",
    ),
)
def rules(
    file: FileArgument,
    cases: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[CASES...]",
            help="Stored cases of the process: JSON with one or an array, or JSON Lines.",
        ),
    ] = None,
    now: Annotated[
        str | None,
        typer.Option(
            "--now",
            metavar="DATE",
            help="Let time pass up to then and judge what is late, such as 2021-06-01.",
            show_default="up to the last event of each case",
        ),
    ] = None,
    form: FormOption = Form.TEXT,
    lang: LanguageOption = None,
) -> None:
    """Show every rule: whether it is proved of all cases, or for people to keep.

    With stored cases also in how many it is kept, open (something must still come) or broken; a
    history is judged again event by event, times included. With --now, what time does by then comes
    first: a hand-off that is due has expired. Exit code: 0 no rule is broken, 1 one is, 2 a file is
    missing, is no case of this process or has a later event than --now.
    """
    terminal = _terminal(lang)
    with _no_traceback(terminal):
        process = op.load(file)
        zone = ZoneInfo(process.definition.timezone)
        moment = None if now is None else _moment(terminal, now, zone)
        ruled = ruling.rules(terminal, process, cases or (), moment)
        show = ruling.show_json if form is Form.JSON else ruling.show_text
        show(terminal, ruled)
    raise typer.Exit(ruling.exit_code(ruled))


@app.command(
    short_help="Find changes that no check or rule notices.",
    epilog=_examples(
        "ohjausprosessi mutate tyottomyydesta_tutkintoon",
        "ohjausprosessi mutate my_process.yaml --format json",
    ),
)
def mutate(file: FileArgument, form: FormOption = Form.TEXT, lang: LanguageOption = None) -> None:
    """Change a definition one edit at a time, and list the changes that nothing notices.

    A transition is dropped, redirected, its guard negated or left out, its hand-off left out; a
    state gets another owner. Each change costs a whole check: allow a minute or more.
    """
    terminal = _terminal(lang)
    with _no_traceback(terminal):
        proving.mutate(terminal, op.load(file), as_json=form is Form.JSON)


def _moment(terminal: Terminal, text: str, zone: ZoneInfo) -> datetime:
    try:
        return moment_of(text, zone)
    except (ValueError, OverflowError):
        terminal.error(say.NO_MOMENT.text(terminal.language).format(text=text))
        raise typer.Exit(_UNUSABLE) from None


def _today(zone: ZoneInfo) -> datetime:
    """Return nine o'clock today: the only place of the library that reads the clock."""
    return moment_of(datetime.now(zone).date().isoformat(), zone)


@app.command(
    short_help="Print the JSON Schema of the format.",
    epilog=_examples(
        "ohjausprosessi schema > ohjausprosessi-1.json",
        "ohjausprosessi schema --output schema/ohjausprosessi-1.json",
    ),
)
def schema(
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write it here instead of printing."),
    ] = None,
    lang: LanguageOption = None,
) -> None:
    """Print the JSON Schema of the format, for editors that complete and check YAML."""
    from ohjausprosessi.formats.schema.json_schema import schema_text  # noqa: PLC0415  pydantic comes with it

    terminal = _terminal(lang)
    with _no_traceback(terminal):
        if output is None:
            terminal.write(schema_text())
        else:
            write_text(output, schema_text())
            terminal.line(str(output))


def main() -> None:
    """Run the command line; nothing of what goes wrong on the way out is shown as a traceback."""
    steady_streams()
    try:
        app(prog_name="ohjausprosessi")
    finally:
        _flush()


def _flush() -> None:
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        leave_closed_pipe()
