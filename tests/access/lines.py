"""What an address answers to whom; the words of the access matrix."""

from __future__ import annotations

from dataclasses import dataclass

OPEN, GONE, DENIED, AWAY = 200, 404, 403, 302


@dataclass(frozen=True)
class Line:
    """What GET answers: to owner, editor, reader, stranger. Who is not signed in is always sent to the login page."""

    owner: int
    editor: int
    reader: int
    stranger: int
    post_only: bool = False


EVERYONE = Line(OPEN, OPEN, OPEN, OPEN)
MEMBERS = Line(OPEN, OPEN, OPEN, GONE)
EDITORS = Line(OPEN, OPEN, DENIED, GONE)
OWNERS = Line(OPEN, DENIED, DENIED, GONE)
STAFF_ONLY = Line(DENIED, DENIED, DENIED, DENIED)
ACT = Line(405, 405, 405, 405, post_only=True)
