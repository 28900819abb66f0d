"""How papers stand: approved by version, or not; those of the office are never drafts."""

from __future__ import annotations

from dataclasses import dataclass


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


@dataclass(frozen=True, slots=True)
class Approval:
    """Whether the text is frozen; DRAFT is drawn across every page until it is."""

    approved: bool
    version: int  # 0 until the first approval
    approved_on: str  # "June 18, 2025" or ""
    approved_by: str


class ApprovedByVersion:
    """A paper whose text an attorney approves as version 1, 2, 3: a draft until then, and its PDF names the version."""

    __slots__ = ()
    approval: Approval

    @property
    def final(self) -> bool:
        """Whether it is printed without DRAFT across every page."""
        return self.approval.approved

    @property
    def keywords(self) -> tuple[str, ...]:
        """What stands in the PDF as its keywords."""
        return (f"version {self.approval.version}",) if self.approval.approved else ()
