"""Elements that say neither where they come from nor why they are there."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from ohjausprosessi.diagnostics import Finding, Text
from ohjausprosessi.model import Section
from ohjausprosessi.model.naming import name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ohjausprosessi.model import Definition, Element
    from ohjausprosessi.verify.state_space.analysis import AnalysisContext


def untraced(analysis: AnalysisContext) -> Iterator[Finding]:
    """Find elements that have neither ``source`` nor ``inferred``.

    An error where the document itself is traced, since it then promises the same of every element.
    A document in which nothing at all is traced gets one warning, not one for each element.
    """
    definition = analysis.definition
    elements: list[tuple[Section, Element]] = []
    for section in get_args(Section):
        own: Mapping[str, Element] = getattr(definition, section)
        elements += [(section, element) for element in own.values()]
    missing = [entry for entry in elements if not _is_traced(entry[1])]
    if missing and len(missing) == len(elements) and not _is_traced(definition):
        yield Finding.warning(
            "untraced",
            definition.origin.location(),
            Text(
                "määrittely ei kerro, mistä sen osat ovat peräisin",
                "the definition does not say where its elements come from",
            ),
            Text(
                "kerro `source` tai `inferred`, ensin koko prosessille",
                "say `source` or `inferred`, of the whole process first",
            ),
        )
    else:
        for section, element in missing:
            yield _untraced(definition, section, element)


def _is_traced(element: Element) -> bool:
    return bool(element.source) or element.inferred is not None


def _untraced(definition: Definition, section: Section, element: Element) -> Finding:
    told = name(element)
    make = Finding.error if _is_traced(definition) else Finding.warning
    return make(
        "untraced",
        definition.origin.location(section, element.id),
        Text(
            f"ei kerrota, mistä {told.fi} on peräisin", f"it is not said where {told.en} comes from"
        ),
        Text(
            "lisää `source` (missä lähde sanoo sen) tai `inferred` (miksi se on päätelty)",
            "add `source` (where the source says so) or `inferred` (why it is inferred)",
        ),
    )
