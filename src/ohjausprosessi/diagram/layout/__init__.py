"""How large everything is, where it stands, and how the lines run between, in points."""
