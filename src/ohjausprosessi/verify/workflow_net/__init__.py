"""Soundness of plain workflow nets (van der Aalst, 1998), and rules proved on them."""
