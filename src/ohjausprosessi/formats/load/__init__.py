"""From plain data to a ``Definition``: every check in turn, every problem at once."""
