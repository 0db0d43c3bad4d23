"""Points, boxes, widths of text, and the display list that everything is drawn into."""
