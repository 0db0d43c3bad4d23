"""The Hypothesis profiles, and the marks that follow from where a test stands.

``max_examples`` is a percentage of what each property asks for in a plain run
(``tests/support/properties.py``). OHJAUSPROSESSI_EFFORT multiplies every profile.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

EFFORT = int(os.environ.get("OHJAUSPROSESSI_EFFORT", "1"))
PROFILES = {"fast": 10, "default": 100, "nightly": 2_000}

for name, percent in PROFILES.items():
    settings.register_profile(name, max_examples=percent * EFFORT, deadline=None)
settings.load_profile("default")  # --hypothesis-profile names another

BROWSER = Path(__file__).parent / "browser"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what runs in a browser, and keep it in one worker: one Chromium a session."""
    for item in items:
        if BROWSER in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))
