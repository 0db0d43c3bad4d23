"""The rule language: syntax, templates, claims, alphabet, LTLf automata and time limits."""
