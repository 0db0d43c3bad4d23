"""Turns plain data into a ``Definition``: validate, resolve names, parse guards, build."""
