"""Colours of owners: distinct, and readable."""

from __future__ import annotations

import pytest

from ohjausprosessi.diagram.content.palette import contrast, darkened, ink_on, owner_styles
from pictures import random_process


@pytest.mark.parametrize("fill", ["#C7CDD4", "#FFFFFF", "#F7B267", "#A8D8A0", "#8FD3CF"])
def test_an_outline_can_be_seen_on_its_own_fill(fill: str) -> None:
    assert contrast(darkened(fill), fill) >= 4.5


@pytest.mark.parametrize("fill", ["#000000", "#334455", "#FFD54A", "#777777"])
def test_text_can_be_read_on_any_fill(fill: str) -> None:
    assert contrast(ink_on(fill), fill) >= 4.0


def test_every_owner_has_a_look_of_its_own() -> None:
    styles = owner_styles(random_process(5, owners=5))
    plain = [style for style in styles.values() if not style.members]
    assert len({style.fill for style in plain}) == len(plain)
    assert len({style.hatch for style in plain}) == len(plain)
    assert len({style.letters for style in plain}) == len(plain)
