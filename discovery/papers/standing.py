"""How papers stand that nobody approves by version: most have no keywords, and those of the office are never drafts."""

from __future__ import annotations


class Unversioned:
    """A kind of paper that is not approved as version 1, 2, 3: its PDF has no keywords."""

    __slots__ = ()

    @property
    def keywords(self) -> tuple[str, ...]:
        """What stands in the PDF as its keywords."""
        return ()


class OfTheOffice(Unversioned):
    """A paper of the office, not of the court: it says what the record says, and no DRAFT stands across it."""

    __slots__ = ()

    @property
    def final(self) -> bool:
        """Whether it is printed without DRAFT across every page."""
        return True
