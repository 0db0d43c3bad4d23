"""The lane, column and row of each state, the same in every view."""
