"""Reads text into plain data, with the position of every key and value."""
