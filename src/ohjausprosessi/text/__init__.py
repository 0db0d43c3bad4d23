"""Texts for people: suggestions, lists in running text, shortened values, lengths of time.

This room imports the standard library only, and knows nothing of processes.
"""
