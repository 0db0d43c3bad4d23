"""Compare this working tree with an older commit: the same inputs, every answer side by side."""
