"""Old names of this room, until the callers have the new ones."""

from ohjausprosessi.text.joining import one_of as either
from ohjausprosessi.text.shorten import shorten as brief
from ohjausprosessi.text.shorten import shorten_name as named
from ohjausprosessi.text.suggest import close_matches as alike
from ohjausprosessi.text.suggest import did_you_mean as meant

__all__ = ["alike", "brief", "either", "meant", "named"]
