"""Letters: a joint letter of six pages, from asking for it to the stored PDF, beside rendering its HTML alone."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date

from django.contrib.auth.models import User

from discovery.domain.approval import approve
from discovery.domain.composing.letters import DISPUTE_ROWS, compose_joint
from discovery.domain.demo.loading import load_demo
from discovery.domain.disputes.disputing import start_dispute
from discovery.domain.drafts.drafting import render_draft, request_draft
from discovery.domain.service.serving import serve
from discovery.models import Case, Dispute, Draft, Service
from discovery.papers.composition import sections
from tests.benchmarks.bare import bare
from tests.benchmarks.measuring import Row, ratio

PARAGRAPH = "The documents that this request seeks bear on the claims, and nobody else holds them in this form. " * 6


def run() -> Iterator[Row]:
    """Yield the row about joint letters, made from the demo case."""
    owner = User.objects.filter(username="letters").first() or User.objects.create_superuser("letters", "l@example.com", "x")
    case = Case.objects.filter(name="Musk v. Altman").first() or load_demo(owner=owner)
    yield _joint_letter(_letter(case, owner), owner)


def _letter(case: Case, owner: User) -> Dispute:
    """Return a joint letter on requests 3 and 4 of the Meta subpoena that comes out with six pages."""
    meta = case.demands.get(responding_party__person__name="Meta Platforms, Inc.", kind="subpoena_documents")
    if meta.status == "draft":
        approve(meta, by=owner)
    if meta.status != "served":
        serve(meta, Service(served_on=date(2025, 6, 18), method="personal", without_notice="Benchmark"), by=owner)
    rows = list(meta.rows.filter(number__in=[3, 4]).order_by("number"))
    dispute = start_dispute(Dispute(case=case, kind="joint_letter", format="cand-hixson"), rows, by=owner)
    paragraphs = "\n\n".join([PARAGRAPH] * 8)
    Dispute.objects.filter(pk=dispute.pk).update(our_statement=paragraphs, their_statement=paragraphs)
    return dispute


def _joint_letter(dispute: Dispute, owner: User) -> Row:
    """Each run changes both statements, so that no page of argument comes from a cache."""
    numbers = itertools.count()

    def changed() -> Dispute:
        words = f"Run {next(numbers)}. "
        paragraphs = words + "\n\n".join([PARAGRAPH] * 8)
        Dispute.objects.filter(pk=dispute.pk).update(our_statement=paragraphs, closing=words, introduction=words)
        return Dispute.objects.select_related(*DISPUTE_ROWS).get(pk=dispute.pk)

    def ours() -> None:
        made = render_draft(request_draft(changed(), "joint_letter", by=owner).pk)
        assert made is not None
        assert made.state == "ready", made.error

    figure, a, b = ratio(ours, lambda: bare(sections(compose_joint(changed()))), pairs=15)
    pages = Draft.objects.filter(state="ready", paper="joint_letter").latest("pk").pages
    return Row(
        "a joint letter, from the click to the stored PDF / its HTML alone", figure, 3, f"{a:.3f} s / {b:.3f} s, {pages} pages"
    )
