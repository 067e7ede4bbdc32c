"""The errors a user may see: each is one clear sentence that says what, where and what would be right."""

from __future__ import annotations


class BackstepError(Exception):
    """A sentence for the user.

    Args:
        template: the English sentence with ``{named}`` places; it is also the key of its translations.
        values: what goes into the places.
    """

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template = template
        self.values = values


class OperationError(BackstepError):
    """An operation or its gradient rule cannot be applied."""


class SettingError(BackstepError):
    """A setting has a name, type or value that is not allowed."""


class AddressError(BackstepError):
    """An address names no step of the tape."""


class LessonError(BackstepError):
    """A lesson file cannot be used."""


class MemoryNeedError(BackstepError):
    """A setting needs more memory than there is; raised before anything is allocated."""


class FileError(BackstepError):
    """A file cannot be read or written."""
