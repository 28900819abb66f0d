"""Why a paper is refused: errors whose message a paralegal can act on."""

from __future__ import annotations


class PaperRefused(Exception):
    """The paper cannot be printed right, so it is not printed; the message says what to change.

    Nothing is half done when it is raised: no bytes were returned and nothing was stored.
    """


class PaperBroken(PaperRefused):
    """The paper came out in a shape that the form forbids (a fourth page, a glyph without outline): our defect."""
