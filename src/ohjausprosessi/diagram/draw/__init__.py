"""From a layout to the display list: lanes, states, lines, table, footer."""
