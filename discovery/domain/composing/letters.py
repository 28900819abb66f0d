"""Composing letters about requests: a dispute's rows -> snapshot. Requests are quoted from the frozen text alone."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from django.utils.translation import gettext as _

from discovery.domain.composing.printed import caption_of, possessive, printed_date, signature_block, stamped
from discovery.domain.disputes.limits import format_of, limit_of
from discovery.domain.disputes.quoted import told_apart
from discovery.domain.disputes.sides import numbers_of, their_counsel
from discovery.domain.disputes.states import LETTERS
from discovery.domain.errors import Refused
from discovery.domain.held import held
from discovery.domain.service.rows import WITH_TEXTS, with_texts
from discovery.enums import ConferralMode, DisputeKind, DisputeStatus, PaperKind, Side
from discovery.law.formats import LetterFormat
from discovery.models import Attorney, Conferral, Dispute, DisputedRequest, Narrowing, RequestResponse, RequestRow
from discovery.papers import snapshots
from discovery.papers.dispute_letter import DisputeLetterPaper, LetterItem
from discovery.papers.disputed import QuotedRequest
from discovery.papers.joint_letter import ArguedRequest, JointLetter, JointLetterPaper, LetterSide, PageLimit
from discovery.papers.letters import LetterFrame

DISPUTE_ROWS = ("case__court", "responding_party__person", "signer__attorney__firm", "signer__group")
"""What the papers of a dispute are composed from, fetched with it in one query."""
COUNTED = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def disputed_of(dispute: Dispute) -> list[DisputedRequest]:
    """Return the requests of a dispute in their order, with what `with_texts` reads (1 query, none where they are held)."""
    found: list[DisputedRequest] | None = held(dispute, "requests")
    if found is not None:
        return found
    return list(dispute.requests.select_related("row", *(f"row__{name}" for name in WITH_TEXTS)).order_by("position", "pk"))


def compose_joint(dispute: Dispute, paper: str = PaperKind.JOINT_LETTER.value) -> JointLetterPaper:
    """Return the snapshot of a joint letter. Raises Refused for another kind of dispute, or one without requests."""
    if dispute.kind != DisputeKind.JOINT_LETTER:
        raise Refused(_("This is no joint letter."))
    entries = _entries(dispute)
    rows = [entry.row for entry in entries]
    style = format_of(dispute)
    numbers = numbers_of(rows)
    return JointLetterPaper(
        paper=paper,
        language=dispute.case.court.language,
        document_title=f"{dispute.title}: {dispute.case.name}, No. {dispute.case.docket_number}",
        parts=style.parts,
        caption=caption_of(dispute.case),
        letter=JointLetter(
            heading=style.heading,
            dated=printed_date(dispute.dated),
            addressee=tuple(dispute.addressed_to.splitlines()),
            subject=(f"{dispute.case.name}, No. {dispute.case.docket_number}", f"{style.heading.capitalize()}: {numbers}"),
            salutation=_salutation(style, dispute),
            introduction=dispute.introduction,
            conferral=style.conferral.format(conferences=conferences_on(rows)),
            sides=_joint_sides(dispute, entries, style),
            closing=dispute.closing,
            attestation=style.attestation,
            filer=dispute.signer.attorney.name if dispute.signer is not None else "",
        ),
        limit=PageLimit(
            format=style.id,
            pages=limit_of(dispute) or 0,
            counts=style.parts if style.counts == "all" else ("argument",),
            equal=style.equal_statements,
        ),
        final=dispute.status != DisputeStatus.DRAFT,
        author=dispute.signer.attorney.firm.name if dispute.signer is not None else "",
        created=stamped(dispute.changed_at),
    )


def compose_letter(dispute: Dispute, paper: str) -> DisputeLetterPaper:
    """Return the snapshot of a deficiency or meet-and-confer letter. Raises Refused for the other kinds, or without requests."""
    if dispute.kind != paper or dispute.kind not in LETTERS:
        raise Refused(_("There is no such paper for %(demand)s.") % {"demand": dispute})
    entries = _entries(dispute)
    quoted = _quoted(entries, with_answers=True)
    return DisputeLetterPaper(
        paper=paper,
        language=dispute.case.court.language,
        document_title=f"{dispute.title}: {dispute.case.name}, No. {dispute.case.docket_number}",
        parts=("letter",),
        frame=_frame(dispute, [entry.row for entry in entries]),
        introduction=dispute.introduction,
        items=tuple(_items(entries, quoted)),
        closing=dispute.closing,
        answer_by=printed_date(dispute.answer_by),
        exhibits=tuple(line.strip() for line in dispute.exhibits.splitlines() if line.strip()),
        final=dispute.status != DisputeStatus.DRAFT,
        created=stamped(dispute.changed_at),
    )


def _entries(dispute: Dispute) -> list[DisputedRequest]:
    entries = disputed_of(dispute)
    if not entries:
        raise Refused(_("No request is in it. Add the requests that it is about first."))
    return entries


def conferences_on(rows: Iterable[RequestRow]) -> str:
    """Return what the log says of live conferences on requests, as letters attest it, number and dates."""
    found = Conferral.objects.filter(requests__row__in=[row.pk for row in rows]).distinct().order_by("held_on", "pk")
    held = list(found.values_list("held_on", "mode"))
    if not held:
        return "[no live conference on these requests is on record]"
    modes = {ConferralMode(mode).label.lower() for _day, mode in held}
    alike = f" {next(iter(modes))}" if len(modes) == 1 and len(held) > 1 else ""
    told = [printed_date(day) + ("" if alike else f" ({ConferralMode(mode).label.lower()})") for day, mode in held]
    number = COUNTED[len(held)] if len(held) < len(COUNTED) else str(len(held))
    dates = " and ".join(told) if len(told) < 3 else f"{'; '.join(told[:-1])}; and {told[-1]}"  # each has a comma of its own
    return f"{number} {'conference' if len(held) == 1 else 'conferences'}{alike}, held on {dates}"


def _quoted(entries: list[DisputedRequest], *, with_answers: bool) -> dict[int, QuotedRequest]:
    """Return, by row, each request as letters quote it: frozen words, agreed narrower words, words of the current answer."""
    rows = [entry.row for entry in entries]
    narrowed = {
        one.row_id: one for one in Narrowing.objects.filter(row__in=rows, superseded=False, agreed_on__isnull=False).order_by("pk")
    }
    answers = RequestResponse.objects.filter(row__in=rows, current=True) if with_answers else RequestResponse.objects.none()
    said = {answer.row_id: answer.text for answer in answers}
    found = {}
    named = told_apart(list({row.demand_id: row.demand for row in rows}.values()), always=False)
    for row, served in with_texts(rows):
        agreed = narrowed.get(row.pk)
        found[row.pk] = QuotedRequest(
            heading=str(served["heading"]).rstrip(":. ") + named[row.demand_id],
            text=served["text"],
            narrowed=agreed.text if agreed is not None else "",
            narrowed_note=f"As narrowed by agreement on {printed_date(agreed.agreed_on)}:" if agreed is not None else "",
            answer=said.get(row.pk, ""),
        )
    return found


def _joint_sides(dispute: Dispute, entries: list[DisputedRequest], style: LetterFormat) -> tuple[LetterSide, ...]:
    """Return both sides, who moves first; the requests are quoted where they come first."""
    quoted = _quoted(entries, with_answers=False)
    named = told_apart(list({entry.row.demand_id: entry.row.demand for entry in entries}.values()), always=False)
    theirs = their_counsel(entry.row for entry in entries)
    order = (Side.OURS, Side.THEIRS) if dispute.side == Side.OURS else (Side.THEIRS, Side.OURS)
    found = []
    for place, side in enumerate(order):
        ours = side == Side.OURS
        name = dispute.moved_by if place == 0 else dispute.opposed_by
        mine = [
            ArguedRequest(
                heading=f"Request No. {entry.row.number}{named[entry.row.demand_id]}.",
                quoted=quoted[entry.row_id] if place == 0 and style.quote_requests else QuotedRequest("", "", "", "", ""),
                position=entry.our_position if ours else entry.their_position,
            )
            for entry in entries
        ]
        found.append(
            LetterSide(
                name=name,
                side=side.value,
                heading=f"{possessive(name)} Statement" if name else "Statement",
                statement=dispute.our_statement if ours else dispute.their_statement,
                requests=tuple(one for one in mine if one.position or one.quoted.text),
                signature=_signature(dispute, name, None if ours else theirs),
                contact=_contact(dispute, None if ours else theirs),
            )
        )
    return tuple(found)


def _signature(dispute: Dispute, name: str, theirs: list[Attorney] | None) -> snapshots.Signature:
    """Return a block to sign: ours with "/s/" once its signer said so, theirs by hand, as nobody's name is put down for him."""
    attorneys_for = f"Attorneys for {name}" if name else ""
    if theirs is None:
        return signature_block(dispute.signer, dispute.dated, attorneys_for, signed=dispute.signed)
    first = theirs[0] if theirs else None
    return snapshots.Signature(
        dated=printed_date(dispute.dated),
        firm=first.firm.name if first is not None else "",
        signed="",
        name=first.name if first is not None else "",
        attorneys_for=attorneys_for,
    )


def _contact(dispute: Dispute, theirs: list[Attorney] | None) -> tuple[str, ...]:
    own = dispute.signer.attorney if dispute.signer is not None else None
    attorney = own if theirs is None else (theirs[0] if theirs else None)
    if attorney is None:
        return ()
    lines = (*attorney.firm.address_lines(), attorney.telephone_number(), attorney.email)
    return tuple(line for line in lines if line)


def _salutation(style: LetterFormat, dispute: Dispute) -> str:
    judge = dispute.case.magistrate_judge or dispute.case.judge
    return style.salutation.format(judge_called=f"Judge {judge.split()[-1]}" if judge else "Judge")


def _frame(dispute: Dispute, rows: Iterable[RequestRow]) -> LetterFrame:
    signer = dispute.signer
    attorney = signer.attorney if signer is not None else None
    blocks = [block.strip() for block in dispute.addressed_to.replace("\r\n", "\n").split("\n\n")]
    return LetterFrame(
        firm=attorney.firm.name if attorney is not None else "",
        address_lines=tuple(attorney.firm.address_lines()) if attorney is not None else (),
        telephone=attorney.telephone_number() if attorney is not None else "",
        email=attorney.email if attorney is not None else "",
        dated=printed_date(dispute.dated),
        via="Via E-mail" if "@" in dispute.addressed_to else "",
        addressees=tuple(block for block in blocks if block),
        subject=(f"{dispute.case.name}, No. {dispute.case.docket_number}", dispute.title),
        # Who has no counsel on record is written to directly.
        salutation="Counsel:" if their_counsel(rows) else "To Whom It May Concern:",
        closing="Very truly yours,",
        signed=dispute.signed,
        signer=attorney.name if attorney is not None else "",
        signer_for=f"Attorneys for {dispute.moved_by}",
    )


def _items(entries: list[DisputedRequest], quoted: dict[int, QuotedRequest]) -> Iterable[LetterItem]:
    """Yield the items of a letter: neighbours under the same theme are one, the others stand alone."""
    for _key, group in groupby(entries, key=lambda entry: entry.theme or entry.pk):
        found = list(group)
        yield LetterItem(
            heading=_heading(found, quoted),
            requests=tuple(quoted[entry.row_id] for entry in found),
            position=_joined(entry.our_position for entry in found),
            proposal=_joined(entry.proposal for entry in found),
            question=_joined(entry.question for entry in found),
        )


def _heading(entries: list[DisputedRequest], quoted: dict[int, QuotedRequest]) -> str:
    theme = entries[0].theme
    return f"{theme} ({numbers_of(entry.row for entry in entries)})" if theme else quoted[entries[0].row_id].heading


def _joined(texts: Iterable[str]) -> str:
    """Return the texts of a group, each once: what is said of several requests alike is said once."""
    return "\n\n".join(dict.fromkeys(text for text in texts if text.strip()))
