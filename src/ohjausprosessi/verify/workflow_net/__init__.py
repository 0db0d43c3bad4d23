"""Soundness of bare workflow nets (van der Aalst, 1998), and rules on them."""
