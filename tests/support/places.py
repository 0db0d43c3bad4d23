"""Where the files are that tests read."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
CHECK_FOLDERS = ROOT / "tests" / "checks"
SNAPSHOTS = ROOT / "tests" / "snapshots"
PROCESSES = ROOT / "processes"
PAGES = ROOT / "docs" / "checks"
