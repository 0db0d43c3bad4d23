"""Pictures of a definition, made in stages.

``grid`` assigns lanes, columns and rows, ``content`` selects what a view shows, ``layout`` finds
sizes, places and routes, ``draw`` fills the display list of ``geometry``, and ``output`` writes it.
All of this is pure, except that ``output.graphviz_backend`` runs Graphviz, on fixed coordinates, and
``output.render`` writes the file.
"""

from ohjausprosessi.diagram.output.mermaid import mermaid_text
from ohjausprosessi.diagram.output.render import FORMS, render, svg_text

__all__ = ["FORMS", "mermaid_text", "render", "svg_text"]
