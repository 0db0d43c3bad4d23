"""Elements of a case by their titles, at the level of the process they belong to."""

from __future__ import annotations

from ohjausprosessi.cli.case_titles import CaseTitles
from ohjausprosessi.process import load


def test_an_owner_is_told_by_shape_and_letters_and_never_by_colour_alone() -> None:
    definition = load("tyottomyydesta_tutkintoon").definition
    words = CaseTitles(definition, "en")
    marks = {
        owner: "".join(p if isinstance(p, str) else p[0] for p in words.mark(owner))
        for owner in definition.owners
    }
    assert len(set(marks.values())) == len(marks)
    assert marks["sakky"] == "▲ S"
    assert marks["kaupunki"] == "▲ K"
    assert marks["yhteinen"].endswith(" Y")


def test_names_of_a_called_process_are_its_own() -> None:
    words = CaseTitles(load("tyottomyydesta_tutkintoon").definition, "en")
    call = "koulutusvaihtoehtojen_kartoitus"
    assert words.place(f"{call}/tavoitteen_valinta") == "Choice of goal"
    assert words.act(f"{call}/esita_vaihtoehdot") == "Present the mapped options"
    assert words.short(f"{call}/esita_vaihtoehdot") == "esita_vaihtoehdot"
    assert words.act(f"{call}.return").startswith("Ended: Figure 2")
    assert words.owner("te").startswith("TE services")
