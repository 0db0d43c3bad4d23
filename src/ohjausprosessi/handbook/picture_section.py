"""The picture with its tools and its panel, and the routes to follow in it.

The script (``viewer.js``) only moves, marks and copies what is written here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.handbook.markup import Html, attribute_text, joined, tag
from ohjausprosessi.handbook.picture import embedded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ohjausprosessi.handbook.counterexample_paths import Path
    from ohjausprosessi.handbook.page_context import Subject
    from ohjausprosessi.handbook.walks import Walk

__all__ = ["picture", "routes"]

# The head of a line that a route took; the styles refer to it.
_TIP = Html(
    '<svg class="unseen" width="0" height="0" aria-hidden="true"><marker id="tip" '
    'viewBox="0 0 10 10" refX="3" refY="5" markerWidth="3.4" markerHeight="3.4" orient="auto">'
    '<path d="M0,0L10,5L0,10z"/></marker></svg>'
)


def picture(
    subject: Subject,
    pictures: Mapping[str, str],
    walks: tuple[Walk, ...],
    paths: tuple[Path, ...] = (),
) -> Html:
    """Return the drawings with their tools, the line that tells a step, and the panel.

    Args:
        subject: the process and the language.
        pictures: name of a view to its SVG text.
        walks: routes to follow in them.
        paths: courses of findings to follow, too.
    """
    drawings = joined(embedded(svg, subject) for svg in pictures.values())
    return tag(
        "div",
        _TIP,
        _tools(subject, pictures, _chooser(subject, walks, paths)),
        tag("p", "", id="says", role="status"),
        tag(
            "div",
            tag(
                "div",
                drawings,
                id="view",
                tabindex=0,
                role="group",
                aria_label=subject.word("picture"),
            ),
            tag(
                "div",
                _keys(subject),
                id="panel",
                role="region",
                tabindex=0,
                aria_label=subject.word("details"),
            ),
            class_="stage",
        ),
    )


def _keys(subject: Subject) -> Html:
    """Return what stands in the panel until a state is chosen: how the picture is used."""
    keys = {
        "→": "key_on",
        "←": "key_back",
        "↑ ↓": "key_other",
        "+ − 0": "key_zoom",
        subject.word("mouse"): "key_mouse",
    }
    entries = (
        tag("div", tag("dt", tag("kbd", key)), tag("dd", subject.word(name)))
        for key, name in keys.items()
    )
    return joined([tag("h3", subject.word("key_lead")), tag("dl", *entries)])


def _tools(subject: Subject, pictures: Mapping[str, str], chooser: Html) -> Html:
    def button(key: str, label: str, sign: str, *, disabled: bool = False) -> Html:
        return tag(
            "button",
            sign,
            id=key,
            type="button",
            aria_label=label if sign != label else None,
            title=label if sign != label else None,
            disabled=disabled,
        )

    views = (
        tag(
            "label", tag("input", type="radio", name="view", checked=not n), " ", subject.word(name)
        )
        for n, name in enumerate(pictures)
    )
    return tag(
        "div",
        button("in", subject.word("zoom_in"), "+"),
        button("out", subject.word("zoom_out"), "−"),
        button("fit", subject.word("fit"), subject.word("fit")),
        tag("fieldset", tag("legend", subject.word("view")), *views) if len(pictures) > 1 else None,
        tag("label", subject.word("walk"), " ", chooser),
        button("back", subject.word("previous"), "◀", disabled=True),
        button("on", subject.word("next"), "▶", disabled=True),
        tag("label", tag("input", type="checkbox", id="counts"), " ", subject.word("counts"))
        if subject.counts
        else None,
        button("paper", subject.word("print"), subject.word("print")),
        id="tools",
        role="group",
        aria_label=subject.word("tools"),
        hidden=True,
    )


def _chooser(subject: Subject, walks: tuple[Walk, ...], paths: tuple[Path, ...]) -> Html:
    groups = []
    wrong = [
        tag("option", f"{subject.word('path')} {path.number}: {path.finding.code}", value=path.walk)
        for path in paths
        if path.marks
    ]
    if wrong:
        groups.append(tag("optgroup", *wrong, label=subject.word("paths")))
    for real, key in ((True, "cases"), (False, "examples")):
        options = [
            tag("option", attribute_text(walk.title), value=f"walk-{n}")
            for n, walk in enumerate(walks)
            if walk.real == real
        ]
        if options:
            groups.append(tag("optgroup", *options, label=subject.word(key)))
    return tag("select", tag("option", subject.word("no_walk"), value=""), *groups, id="walk")


def routes(subject: Subject, walks: tuple[Walk, ...]) -> Html:
    """Return every route as a list of steps, each with the states and transitions to mark."""
    lists = (
        tag(
            "details",
            tag("summary", tag("h3", _called(subject, walk))),
            tag(
                "ol",
                *(
                    tag(
                        "li",
                        step.told,
                        data_at=" ".join(step.places),
                        data_way=" ".join("--".join(way) for way in step.ways),
                    )
                    for step in walk.steps
                ),
                id=f"walk-{n}",
            ),
        )
        for n, walk in enumerate(walks)
    )
    return joined([tag("p", subject.word("routes_lead"), class_="lead"), *lists])


def _called(subject: Subject, walk: Walk) -> str:
    return walk.title if walk.real else f"{subject.word('examples')}: {walk.title}"
