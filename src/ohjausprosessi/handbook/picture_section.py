"""The picture with its tools and its panel, and the routes to follow in it.

The script (``viewer.js``) only moves, marks and copies what is written here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ohjausprosessi.handbook.markup import Html, attribute_text, joined, tag
from ohjausprosessi.handbook.picture import embedded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ohjausprosessi.handbook.counterexample_paths import CounterexamplePath
    from ohjausprosessi.handbook.page_context import PageContext
    from ohjausprosessi.handbook.routes import Route

__all__ = ["picture_section", "route_list"]

# The head of a line that a route took; the styles refer to it.
_TIP = Html(
    '<svg class="unseen" width="0" height="0" aria-hidden="true"><marker id="tip" '
    'viewBox="0 0 10 10" refX="3" refY="5" markerWidth="3.4" markerHeight="3.4" orient="auto">'
    '<path d="M0,0L10,5L0,10z"/></marker></svg>'
)


def picture_section(
    context: PageContext,
    pictures: Mapping[str, str],
    routes: tuple[Route, ...],
    paths: tuple[CounterexamplePath, ...] = (),
) -> Html:
    """The drawings with their toolbar, the line that tells the current step, and the panel.

    Args:
        context: the process and the language.
        pictures: name of a view to its SVG text.
        routes: routes to follow in them.
        paths: courses of findings to follow, too.
    """
    drawings = joined(embedded(svg, context) for svg in pictures.values())
    return tag(
        "div",
        _TIP,
        _tools(context, pictures, _chooser(context, routes, paths)),
        tag("p", "", id="says", role="status"),
        tag(
            "div",
            tag(
                "div",
                drawings,
                id="view",
                tabindex=0,
                role="group",
                aria_label=context.message("picture"),
            ),
            tag(
                "div",
                _keys(context),
                id="panel",
                role="region",
                tabindex=0,
                aria_label=context.message("details"),
            ),
            class_="stage",
        ),
    )


def _keys(context: PageContext) -> Html:
    """How to use the picture: shown in the panel until a state is chosen."""
    keys = {
        "→": "key_on",
        "←": "key_back",
        "↑ ↓": "key_other",
        "+ − 0": "key_zoom",
        context.message("mouse"): "key_mouse",
    }
    entries = (
        tag("div", tag("dt", tag("kbd", key)), tag("dd", context.message(name)))
        for key, name in keys.items()
    )
    return joined([tag("h3", context.message("key_lead")), tag("dl", *entries)])


def _tools(context: PageContext, pictures: Mapping[str, str], chooser: Html) -> Html:
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
            "label",
            tag("input", type="radio", name="view", checked=not n),
            " ",
            context.message(name),
        )
        for n, name in enumerate(pictures)
    )
    return tag(
        "div",
        button("in", context.message("zoom_in"), "+"),
        button("out", context.message("zoom_out"), "−"),
        button("fit", context.message("fit"), context.message("fit")),
        tag("fieldset", tag("legend", context.message("view")), *views)
        if len(pictures) > 1
        else None,
        tag("label", context.message("walk"), " ", chooser),
        button("back", context.message("previous"), "◀", disabled=True),
        button("on", context.message("next"), "▶", disabled=True),
        tag("label", tag("input", type="checkbox", id="counts"), " ", context.message("counts"))
        if context.counts
        else None,
        button("paper", context.message("print"), context.message("print")),
        id="tools",
        role="group",
        aria_label=context.message("tools"),
        hidden=True,
    )


def _chooser(
    context: PageContext, routes: tuple[Route, ...], paths: tuple[CounterexamplePath, ...]
) -> Html:
    groups = []
    wrong = [
        tag(
            "option",
            f"{context.message('path')} {path.number}: {path.finding.code}",
            value=path.steps_id,
        )
        for path in paths
        if path.marks
    ]
    if wrong:
        groups.append(tag("optgroup", *wrong, label=context.message("paths")))
    for real, key in ((True, "cases"), (False, "examples")):
        options = [
            tag("option", attribute_text(route.title), value=f"walk-{n}")
            for n, route in enumerate(routes)
            if route.real == real
        ]
        if options:
            groups.append(tag("optgroup", *options, label=context.message(key)))
    return tag("select", tag("option", context.message("no_walk"), value=""), *groups, id="walk")


def route_list(context: PageContext, routes: tuple[Route, ...]) -> Html:
    """Every route as a list of steps, each with the states and transitions to mark."""
    lists = (
        tag(
            "details",
            tag("summary", tag("h3", _called(context, route))),
            tag(
                "ol",
                *(
                    tag(
                        "li",
                        step.told,
                        data_at=" ".join(step.places),
                        data_way=" ".join("--".join(way) for way in step.ways),
                    )
                    for step in route.steps
                ),
                id=f"walk-{n}",
            ),
        )
        for n, route in enumerate(routes)
    )
    return joined([tag("p", context.message("routes_lead"), class_="lead"), *lists])


def _called(context: PageContext, route: Route) -> str:
    return route.title if route.real else f"{context.message('examples')}: {route.title}"
