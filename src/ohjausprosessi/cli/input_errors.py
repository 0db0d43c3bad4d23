"""Input of the command line that cannot be used, and what the operating system says about files."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from ohjausprosessi.cli import messages as say
from ohjausprosessi.diagnostics import Text
from ohjausprosessi.errors import OhjausprosessiError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["InputError", "system_error"]

_SYSTEM_ERRORS: Mapping[int | None, Text] = {
    errno.ENOENT: say.FILE_MISSING,
    errno.EISDIR: say.FILE_IS_FOLDER,
    errno.ENOTDIR: say.PATH_THROUGH_FILE,
    errno.EEXIST: say.FILE_IN_THE_WAY,
    errno.EACCES: say.FILE_FORBIDDEN,
    errno.EPERM: say.FILE_FORBIDDEN,
    errno.EROFS: say.FILE_FORBIDDEN,
    errno.ENOSPC: say.DISK_FULL,
    errno.ENAMETOOLONG: say.FILE_NAME_TOO_LONG,
    errno.EINVAL: say.FILE_NAME_INVALID,
}


class InputError(OhjausprosessiError):
    """A file, a date or an option that cannot be used.

    Attributes:
        message: what is wrong with it, in Finnish and English.
    """

    def __init__(self, message: Text, /, **values: object) -> None:
        """Fill a message of the catalogue with values; a ``Text`` is filled in by its language."""
        self.message = say.filled(message, **values)
        super().__init__(self.message)

    def text(self, lang: str = "fi") -> str:
        """Say what is wrong, and with what."""
        return self.message.text(lang)


def system_error(error: OSError | ValueError) -> Text:
    """Why the operating system refuses a file, in both languages; a rare reason in its own words.

    A ``ValueError`` is raised for a name that no file can have.
    """
    if isinstance(error, ValueError):
        return say.FILE_NAME_INVALID
    words = error.strerror or str(error)
    return _SYSTEM_ERRORS.get(error.errno, Text(words, words))
