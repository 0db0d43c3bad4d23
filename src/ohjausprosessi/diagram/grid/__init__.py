"""Which lane, column and row each state stands in, whatever the view shows."""
