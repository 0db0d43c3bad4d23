"""Rules watched on one case or a log, by the automata they are proved with."""
