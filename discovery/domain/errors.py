"""Why a verb refused: always a sentence for people, with the field it concerns, so that screens can show it there."""

from __future__ import annotations

from collections.abc import Mapping


class Refused(Exception):
    """The act cannot be done; `str()` says why and what to do next. `field` names the form's field it concerns, or ''."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class Conflict(Refused):
    """Somebody else changed the same text since it was opened. `theirs` holds the stored values by field, `revision` the newest."""

    def __init__(self, message: str, *, theirs: Mapping[str, object], revision: int) -> None:
        super().__init__(message)
        self.theirs = dict(theirs)
        self.revision = revision


class NotYours(Refused):
    """The user may see this but not do that: approving without being an approving attorney, for one."""
