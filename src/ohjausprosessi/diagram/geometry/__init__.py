"""Points, rectangles, polylines, widths of text, and the display list everything is drawn into."""
