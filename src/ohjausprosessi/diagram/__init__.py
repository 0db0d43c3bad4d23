"""Pictures of a definition.

A pure part decides what is shown, where it stands and what is drawn; then Graphviz only draws, with
every coordinate pinned. Only ``installed_programs`` imports ``graphviz`` and starts a program.
"""

from ohjausprosessi.diagram.output.mermaid import mermaid_text
from ohjausprosessi.diagram.output.render import FORMS, render, svg_text

__all__ = ["FORMS", "mermaid_text", "render", "svg_text"]
