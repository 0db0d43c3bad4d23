"""Two installed versions: the older commit in an environment of its own, and this working tree."""

from __future__ import annotations

import hashlib
import io
import os
import platform
import shutil
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent


@dataclass(frozen=True)
class Version:
    """One version that can be asked.

    Attributes:
        python: the interpreter that has it.
        path: what is importable besides what is installed.
        seed: of hashing; the sides differ, so that an order of sets is found out.
    """

    python: Path
    path: tuple[Path, ...]
    seed: str

    def run(
        self, module: str, *arguments: object, tell: Callable[[int, int], None] | None = None
    ) -> None:
        """Run a module; it may say how far it is, as two numbers a line.

        Raises:
            RuntimeError: if it fails.
        """
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(map(str, self.path)),
            "PYTHONHASHSEED": self.seed,
        }
        command = [str(self.python), "-m", module, *map(str, arguments)]
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as ran:
            for line in ran.stdout or ():
                done, _, total = line.partition(" ")
                if tell is not None:
                    tell(int(done), int(total))
        if ran.returncode:
            raise RuntimeError(f"{module} failed with {self.python}")


def working_tree() -> Version:
    """This working tree, in the environment that runs this."""
    return Version(Path(sys.executable), (ROOT / "src", ROOT), "2")


@dataclass(frozen=True)
class Base:
    """The older commit.

    Attributes:
        sha: the commit.
        folder: where everything about it is kept: ``source``, ``venv`` and answers.
    """

    sha: str
    folder: Path

    @property
    def source(self) -> Path:
        """Its files."""
        return self.folder / "source"

    @property
    def version(self) -> Version:
        """Its version, installed."""
        return Version(self.folder / "venv" / "bin" / "python", (ROOT,), "1")

    def install(self, frozen: str) -> None:
        """Install it, with the same versions of all other packages; once."""
        ready = self.folder / "installed.txt"
        if ready.exists() and ready.read_text(encoding="utf-8") == frozen:
            return
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        archive = _output("git", "-C", str(ROOT), "archive", self.sha)
        with tarfile.open(fileobj=io.BytesIO(archive)) as files:
            files.extractall(self.source, filter="data")
        constraints = self.folder / "constraints.txt"
        constraints.write_text(frozen, encoding="utf-8")
        venv = self.folder / "venv"
        _output(sys.executable, "-m", "venv", str(venv))
        pip = [str(venv / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "-q"]
        _output(*pip, "install", "-c", str(constraints), f"{self.source}[all]")
        ready.write_text(frozen, encoding="utf-8")

    def answers_folder(self, frozen: str, count: int, effort: int) -> Path:
        """Where the answers to the same questions are kept; other questions, another folder."""
        digest = hashlib.sha256(f"{frozen}{platform.python_version()}".encode())
        for file in sorted([HERE / "corpus.py", *HERE.glob("probe/*.py")]):
            digest.update(file.read_bytes())
        return self.folder / f"{count}x{effort}-{digest.hexdigest()[:10]}"


def base(commit: str) -> Base:
    """The older commit, by any name git knows.

    Raises:
        RuntimeError: if there is none.
    """
    command = ("git", "-C", str(ROOT), "rev-parse", "--verify", f"{commit}^{{commit}}")
    sha = _output(*command).decode().strip()
    return Base(sha, ROOT / "build" / "compare" / sha[:12])


def frozen() -> str:
    """The versions of the packages this runs with, without the library itself."""
    lines = _output(sys.executable, "-m", "pip", "freeze", "--exclude-editable").decode()
    return "".join(f"{line}\n" for line in lines.splitlines() if "ohjausprosessi" not in line)


def _output(*command: str) -> bytes:
    ran = subprocess.run(command, capture_output=True, check=False)
    if ran.returncode:
        raise RuntimeError(f"{' '.join(command)}:\n{ran.stderr.decode().strip()}")
    return ran.stdout
