"""The table of transitions under a picture, or on a page of its own."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from ohjausprosessi.diagram import render
from ohjausprosessi.formats import load_definition

if TYPE_CHECKING:
    from pathlib import Path

    from ohjausprosessi.model import Definition


@pytest.fixture(scope="module")
def first() -> Definition:
    return load_definition("tyottomyydesta_tutkintoon")


def test_a_table_too_small_to_print_stands_on_a_page_of_its_own(
    first: Definition, tmp_path: Path
) -> None:
    pypdf = pytest.importorskip("pypdf")
    path = render(first, tmp_path / "full.pdf", view="full")
    pages = pypdf.PdfReader(io.BytesIO(path.read_bytes())).pages
    assert len(pages) == 2
    assert "Palautunut prosessivastuulliselle" in pages[0].extract_text()
    assert "Arvioi palvelutarve" in pages[1].extract_text()
