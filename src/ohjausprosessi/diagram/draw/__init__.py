"""Draws a layout into the display list: lanes, states, lines, footer."""
