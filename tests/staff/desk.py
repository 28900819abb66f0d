"""What the desk's tests share: papers in each state without a worker, a form as a browser posts it, a walled case."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib.auth.models import User
from django.forms import BaseForm
from django.urls import reverse

from discovery.domain.drafts.drafting import claim, fail, finish, request_draft
from discovery.domain.drafts.filing import store
from discovery.models import Case, CaseMembership, Demand, Draft, RequestSet
from discovery.papers.rendering import Rendered
from tests.factories import World, make_court, make_user

HTMX = {"HX-Request": "true"}
PDF = b"%PDF-1.7 a paper"


def queued(demand: Demand, by: User, paper: str = "subpoena") -> Draft:
    """Return a draft that waits."""
    return request_draft(demand, paper, by=by)


def ready(draft: Draft, pdf: bytes = PDF, pages: int = 6) -> Draft:
    """Return the draft finished, as a worker would leave it, with a file in storage."""
    claimed = claim(draft.pk)
    assert claimed is not None
    rendered = Rendered(pdf, pages, hashlib.sha256(pdf).hexdigest(), {"layout": 0.25})
    done = finish(claimed, rendered, store(rendered), seconds=0.5)
    assert done is not None
    return done


def failed(draft: Draft, reason: str = "The font is missing.") -> Draft:
    """Return the draft failed."""
    claimed = claim(draft.pk)
    assert claimed is not None
    done = fail(claimed, reason)
    assert done is not None
    return done


def typed(form: BaseForm) -> dict[str, Any]:
    """Return what a browser would post from a form that nobody touched."""
    found: dict[str, Any] = {}
    for bound in form:
        value = bound.value()
        widget = bound.field.widget
        if value is None or value is False:
            continue
        found[bound.html_name] = "on" if value is True else widget.format_value(value) or ""
        if isinstance(found[bound.html_name], list) and not getattr(widget, "allow_multiple_selected", False):
            found[bound.html_name] = found[bound.html_name][0]
    return found


def walled_set(world: World) -> RequestSet:
    """Return a set of a case that none of the four belongs to."""
    case = Case.objects.create(
        court=make_court(), docket_number="1:21-cv-00001", name="Walled v. Off", first_side="W", second_side="O"
    )
    CaseMembership.objects.create(case=case, user=make_user("walter"), role="owner")
    return RequestSet.objects.create(case=case, propounded_by=case.groups.create(name="W"), name="Secret set")


def item_url(name: str, request_set: RequestSet, pk: int, kind: str = "request") -> str:
    """Return the address of one text."""
    return reverse(name, args=[request_set.pk, kind, pk])
