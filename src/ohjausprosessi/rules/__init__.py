"""The rule language: syntax, templates, alphabet, automata over finite traces, and times."""
