"""Where the command line prints: one way out, which nothing hostile gets through.

Text is never read as markup, and characters that steer a terminal are replaced one for one, so that
a caret stays under what it points at. Without a terminal, or with ``NO_COLOR``, the output is plain.
"""

from __future__ import annotations

import contextlib
import locale
import os
import re
import sys
import textwrap
import unicodedata
from io import TextIOWrapper
from typing import TYPE_CHECKING, NoReturn

from rich.console import Console
from rich.progress import Progress
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import TextIO

    from rich.console import RenderableType

__all__ = ["Part", "Terminal", "clean", "default_language", "steady_streams"]

Part = str | tuple[str, str]
_STEERING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_MARK = re.compile(r" *(?:[-○✗│] +)?")
_SOFT_HYPHEN = "\u00ad"
_PLAIN_WIDTH = 120
_NARROWEST = 4
_UNUSABLE = 2


def clean(text: str) -> str:
    """Replace the characters that steer a terminal; line breaks stay."""
    if text.isprintable():
        return text
    return "".join(map(_harmless, text.replace(_SOFT_HYPHEN, "")))


def _harmless(character: str) -> str:
    if character == "\n":
        return character
    if character == "\t":
        return " "
    return "\ufffd" if unicodedata.category(character) in _STEERING else character


def default_language(environment: Mapping[str, str] | None = None) -> str:
    """Return ``fi`` where the locale of the user is Finnish, else ``en``."""
    variables = os.environ if environment is None else environment
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := variables.get(name):
            return "fi" if value.lower().startswith("fi") else "en"
    found = locale.getlocale()[0] or ""
    return "fi" if found.lower().startswith("fi") else "en"


def steady_streams() -> None:
    """Let the standard streams replace what their encoding does not know, instead of failing."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


class _Console(Console):
    """A console that ends the program without noise when nobody reads it any more."""

    def on_broken_pipe(self) -> None:
        leave_closed_pipe()


def leave_closed_pipe() -> NoReturn:
    """End the program whose reader has gone; what is still buffered goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise SystemExit(_UNUSABLE)


class Terminal:
    """Prints lines, tables and data; answers in one language.

    Attributes:
        language: ``fi`` or ``en``.
    """

    def __init__(self, language: str, *, stream: TextIO | None = None) -> None:
        self.language = language
        self._out = _console(stream)
        self._errors = Console(stderr=True, markup=False, emoji=False, highlight=False)

    def to_errors(self) -> Terminal:
        """A terminal of the same language that prints to the standard error stream."""
        return Terminal(self.language, stream=sys.stderr)

    @property
    def width(self) -> int:
        """Columns of the terminal; of a pipe or file a fixed number."""
        return self._out.width

    def line(self, *parts: Part, indent: int = 0) -> None:
        """Print one line of parts; a part is a text, or a pair of text and style.

        A line break within a part, such as a title has brought along, is printed as a space.
        """
        line = styled(parts)
        if "\n" in line.plain:
            line = Text(" ").join(line.split("\n"))
        self._out.print(Text(" " * indent).append(line), soft_wrap=True)

    def hanging(self, text: str, *, indent: int = 0, style: str = "") -> None:
        """Print a line, wrapped to the width under where its own text begins.

        Args:
            text: the line; a mark of a list or of a drawn course before it stands alone.
            indent: how far everything is moved to the right.
            style: the style of the mark.
        """
        text = clean(text)
        mark = _MARK.match(text)
        lead = mark.group() if mark else ""
        room = max(_NARROWEST, self.width - indent - len(lead))
        first, *others = textwrap.wrap(text[len(lead) :], room, break_on_hyphens=False) or [""]
        self.line((lead, style), first, indent=indent)
        rest = lead if "│" in lead else " " * len(lead)
        for other in others:
            self.line((rest, style), other, indent=indent)

    def row(self, *cells: tuple[Sequence[Part], int]) -> None:
        """Print cells side by side, each wrapped to its own width.

        Args:
            cells: pairs of parts and width; between two cells goes one space.
        """
        cells = tuple((parts, max(_NARROWEST, width)) for parts, width in cells)
        wrapped = [styled(parts).wrap(self._out, width) for parts, width in cells]
        for number in range(max(map(len, wrapped))):
            line = Text()
            for lines, (_, width) in zip(wrapped, cells, strict=True):
                part = lines[number] if number < len(lines) else Text()
                part.rstrip()
                line.append(part).append(" " * (width + 1 - part.cell_len))
            line.rstrip()
            self._out.print(line, soft_wrap=True)

    def show(self, renderable: RenderableType) -> None:
        """Print a table that ``table`` or ``grid`` has filled."""
        self._out.print(renderable)

    def write(self, text: str) -> None:
        """Print data as it is: to be read by programs."""
        try:
            self._out.file.write(text)
            self._out.file.flush()
        except BrokenPipeError:
            leave_closed_pipe()

    def ask(self, prompt: str) -> str:
        """A line of input, without space around it.

        Without a keyboard the line is shown too, as if it had been typed.

        Raises:
            EOFError: if there is no more input.
        """
        try:
            return self._read(prompt).strip()
        except (EOFError, KeyboardInterrupt):
            self.line()
            raise

    def _read(self, prompt: str) -> str:
        if sys.stdin is None:
            raise EOFError
        if sys.stdin.isatty():
            with contextlib.suppress(ImportError):
                pass
            return input(clean(prompt))
        self._out.print(styled([prompt]), end="", soft_wrap=True)
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        self.line(line.rstrip("\r\n"))
        return line

    @contextlib.contextmanager
    def progress(self, title: str) -> Iterator[Callable[[int, int | None], None]]:
        """Show a bar on the error stream while something takes long; nothing where it is no screen.

        Yields:
            A function of how much is done and how much there is; None = nobody knows.
        """
        with Progress(
            console=self._errors, transient=True, disable=not self._errors.is_terminal
        ) as bar:
            task = bar.add_task(clean(title), total=None)

            def update(done: int, total: int | None) -> None:
                bar.update(task, completed=done, total=total)

            yield update

    def error(self, message: str) -> None:
        """Print what is wrong, to the standard error stream."""
        lead = "virhe: " if self.language == "fi" else "error: "
        self._errors.print(styled([(lead, "bold red"), message]), soft_wrap=True)


def _console(stream: TextIO | None) -> Console:
    console = _Console(file=stream, markup=False, emoji=False, highlight=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = _PLAIN_WIDTH
    return console


def styled(parts: Iterable[Part]) -> Text:
    """Parts as one text for Rich, cleaned."""
    text = Text()
    for part in parts:
        words, style = (part, "") if isinstance(part, str) else part
        text.append(clean(words), style)
    return text


def printable_json(text: str) -> str:
    """JSON with every character that steers a terminal written as an escape."""
    return "".join(c if c == "\n" or c.isprintable() else _escaped(c) for c in text) + "\n"


def _escaped(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))
