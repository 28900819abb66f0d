"""What is known of a paper beside its bytes: who asked for it, when it was made, who approved what it prints.

None of that is in the file: two people who ask for the same paper get the same bytes (law 3).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from discovery.models import Draft

if TYPE_CHECKING:
    from datetime import datetime


def record_of(draft: Draft, manifest: dict[str, Any], *, made_at: datetime, sha256: str, pages: int) -> dict[str, Any]:
    """Return what is stored beside a finished file: `manifest` as it is embedded, and who and when."""
    return {
        "paper": manifest,
        "file": {"sha256": sha256, "pages": pages},
        "requested": {"by": str(draft.requested_by), "at": draft.queued_at.isoformat()},
        "made": {"at": made_at.isoformat()},
        "approved": approval_of(draft),
    }


def approval_of(draft: Draft) -> dict[str, Any]:
    """Return {"version", "by", "on"} of the approval that a draft's snapshot prints, empty for none."""
    if draft.snapshot is None:
        return {}
    approval = json.loads(draft.snapshot.content)["data"].get("approval") or {}
    if not approval.get("approved"):
        return {}
    return {"version": approval["version"], "by": approval["approved_by"], "on": approval["approved_on"]}
