"""The handbook: a static site for people who do not read YAML.

Text in, text out: a page is a function of a definition and its picture. Only ``site`` touches
files. Every label is hostile until ``markup`` has escaped it.
"""

from ohjausprosessi.handbook.index import Entry, index_page
from ohjausprosessi.handbook.page import process_page
from ohjausprosessi.handbook.site import Handbook, write_handbook

__all__ = ["Entry", "Handbook", "index_page", "process_page", "write_handbook"]
