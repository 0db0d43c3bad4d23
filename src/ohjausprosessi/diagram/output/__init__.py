"""From the display list to files: DOT, SVG, PNG, PDF and Mermaid."""
