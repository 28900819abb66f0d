"""Productions: recording what came or went out, its Bates ranges, and which pages answer which request.

Nothing logged is deleted: a wrong day or range is corrected, and the event keeps what stood there before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from discovery.domain.answers.answering import changes
from discovery.domain.attachments import keep_attachment
from discovery.domain.dates.counting import CourtLaw, in_words
from discovery.domain.errors import Refused
from discovery.domain.events import record, verb
from discovery.domain.printing import all_printable
from discovery.domain.productions.coverage import pages_of, ranges_of, tied_by_row
from discovery.domain.revisions import claim_revision
from discovery.domain.service.serving import must_be_past, noon
from discovery.enums import Act, ProductionMedium, Side
from discovery.law.bates import Pages, RangeRefused, count, listed, overlaps, parse_ranges, parted, union, within, without
from discovery.models import BatesRange, CaseParty, PageTie, Production, RequestRow, RespondingParty

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from discovery.domain.attachments import Upload

PRODUCTION_FIELDS = ["volume", "produced_on", "medium", "sha256", "confidentiality", "paper", "note"]
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Tie:
    """Pages to tie to one request; no pages mean all of the production. A refusal concerns the field `pages_<row's id>`."""

    row: RequestRow
    pages: tuple[Pages, ...] = ()

    @property
    def field(self) -> str:
        """The field of a form that a refusal of it concerns."""
        return f"pages_{self.row.pk}"


def typed_ranges(text: str, *, field: str) -> list[Pages]:
    """Return the ranges that somebody typed. Raises Refused at `field`, saying how to write them."""
    try:
        return parse_ranges(text)
    except RangeRefused as refusal:
        raise Refused(in_words(refusal), field=field) from refusal


@verb
def log_production(
    production: Production, ranges: Sequence[Pages], ties: Iterable[Tie] = (), *, by: User, upload: Upload | None = None
) -> Production:
    """Record one volume that a responding party produced, its Bates ranges, and which pages answer which request.

    Whose it is follows from who produced it. Raises Refused for a party of another case, a day ahead, a hash that is none, no range
    (but of an inspection), pages that another volume has, a request to somebody else, pages outside the volume; ValidationError.
    """
    _must_fit(production)
    production.side = side_of(production.responding_party).value
    production.recorded_by = by
    production.full_clean(exclude=["recorded_by"])
    _must_have_pages(production, ranges)
    _attach(production, by=by, upload=upload)
    production.save()
    _write_ranges(production, ranges)
    tied = list(ties)
    _must_tie(production, tied, ranges)
    _write_ties(production, {one.row.pk: list(one.pages or ranges) for one in tied})
    details = {
        **_facts(production),
        "ranges": [str(one) for one in union(ranges)],
        "pages": count(ranges),
        "tied": {str(one.row): listed(union(one.pages or ranges)) for one in tied},
    }
    day = noon(production.produced_on, CourtLaw(production.case.court))
    _tell(Act.PRODUCTION_LOGGED, production, by=by, details=details, happened_at=day)
    return production


@verb
def correct_production(
    production: Production, ranges: Sequence[Pages], *, by: User, revision: int | None, upload: Upload | None = None
) -> Production:
    """Mend the record of a production: its facts, and its ranges as they should have been written.

    A request that all pages were tied to stays tied to all of them; other ties keep the pages that are left. The event holds the
    old ranges beside the new ones, and what came loose. Raises as `log_production`, and Conflict.
    """
    stored = _lock(production)
    production.case, production.responding_party, production.side = stored.case, stored.responding_party, stored.side
    _must_fit(production)
    production.full_clean(exclude=["recorded_by"])
    _must_have_pages(production, ranges)
    claim_revision(production, revision)
    _attach(production, by=by, upload=upload)
    production.save(update_fields=PRODUCTION_FIELDS)
    changed = changes(stored, production, PRODUCTION_FIELDS)
    told: dict[str, Any] = {"changed": changed}
    before = ranges_of(stored)
    if sorted(before) != sorted(ranges):
        changed["ranges"] = [listed(before), listed(sorted(ranges))]
        told["untied"] = _rewrite(stored, before, ranges)
    _tell(Act.PRODUCTION_CHANGED, production, by=by, details=told)
    return production


@verb
def add_ranges(production: Production, ranges: Sequence[Pages], *, by: User) -> Production:
    """Add ranges to a production that is on record. Raises Refused for none, and for pages that a volume has already."""
    stored = _lock(production)
    if not ranges:
        raise Refused(_("Write the range to add: META000251-META000300."), field="ranges")
    claim_revision(stored, None)  # a form that is open elsewhere shows all ranges: it must not drop these unseen
    before = ranges_of(stored)
    _write_ranges(stored, ranges)
    told = {"changed": {"ranges": [listed(before), listed(sorted([*before, *ranges]))]}}
    _tell(Act.PRODUCTION_CHANGED, stored, by=by, details=told)
    return stored


@verb
def tie_pages(production: Production, rows: Iterable[RequestRow], pages: Sequence[Pages] = (), *, by: User) -> int:
    """Tie pages of a production, all of them when none are named, to each of the requests; return how many requests gained some.

    Raises Refused for no request, one asked of somebody else, pages outside the production, and when all of it is tied already.
    """
    stored = _lock(production)
    chosen = _chosen(rows)
    ranges = ranges_of(stored)
    wanted = list(pages or ranges)
    _must_tie(stored, [Tie(row, tuple(wanted)) for row in chosen], ranges, field="pages")
    have = tied_by_row(stored)
    gained = [row for row in chosen if without(wanted, have.get(row.pk, ()))]
    if not gained:
        raise Refused(_("These pages are tied to these requests already."), field="rows")
    _write_ties(stored, {row.pk: union([*have.get(row.pk, ()), *wanted]) for row in gained})
    details = {"pages": listed(union(wanted)), "requests": [str(row) for row in gained]}
    _tell(Act.PAGES_TIED, stored, by=by, details=details)
    return len(gained)


@verb
def untie_pages(production: Production, rows: Iterable[RequestRow], pages: Sequence[Pages] = (), *, by: User) -> int:
    """Take pages of a production, all of them when none are named, from the requests they were tied to by mistake.

    Returns from how many; the event keeps which. Raises Refused for no request, and when none of these pages is tied to them.
    """
    stored = _lock(production)
    chosen = _chosen(rows)
    have = tied_by_row(stored)
    away = list(pages or ranges_of(stored))
    left = {row.pk: without(have[row.pk], away) for row in chosen if row.pk in have}
    lost = {row: without(have[row.pk], left[row.pk]) for row in chosen if row.pk in have}
    lost = {row: gone for row, gone in lost.items() if gone}
    if not lost:
        raise Refused(_("None of these pages is tied to these requests."), field="rows")
    _write_ties(stored, {row.pk: left[row.pk] for row in lost})
    details = {"untied": {str(row): listed(gone) for row, gone in lost.items()}}
    _tell(Act.PRODUCTION_CHANGED, stored, by=by, details=details)
    return len(lost)


def side_of(responding_party: RespondingParty) -> Side:
    """Return whose a production of this party is: ours when the party is our client."""
    ours = CaseParty.objects.filter(
        case_id=responding_party.case_id, person_id=responding_party.person_id, is_client=True, left_on__isnull=True
    )
    return Side.OURS if ours.exists() else Side.THEIRS


def _lock(production: Production) -> Production:
    rows = Production.objects.select_for_update(of=("self",)).select_related("case__court", "responding_party__person")
    return rows.get(pk=production.pk)


def _chosen(rows: Iterable[RequestRow]) -> list[RequestRow]:
    chosen = list(dict.fromkeys(rows))
    if not chosen:
        raise Refused(_("Tick at least one request."), field="rows")
    return chosen


def _must_fit(production: Production) -> None:
    if production.responding_party.case_id != production.case_id:
        raise Refused(_("Choose a responding party of this case."), field="responding_party")
    must_be_past(production.produced_on, CourtLaw(production.case.court), "produced_on")
    production.sha256 = "".join(production.sha256.split()).lower()
    if production.sha256 and not _HASH.fullmatch(production.sha256):
        raise Refused(
            _("A SHA-256 has 64 hexadecimal digits; this has %(n)d characters. Copy it again, or leave it empty.")
            % {"n": len(production.sha256)},
            field="sha256",
        )
    all_printable(production)


def _must_have_pages(production: Production, ranges: Sequence[Pages]) -> None:
    if not ranges and production.medium != ProductionMedium.INSPECTION:
        raise Refused(_("Write which pages came, as they are stamped: META000001-META000250."), field="ranges")


def _must_tie(production: Production, ties: Iterable[Tie], ranges: Sequence[Pages], field: str = "") -> None:
    """Pages answer requests that were directed to who produced them; and a volume has only the pages it has."""
    for one in ties:
        if one.row.demand.responding_party_id != production.responding_party_id:
            raise Refused(
                _("%(row)s was not asked of %(who)s, who produced these pages.")
                % {"row": one.row, "who": production.responding_party},
                field=field or one.field,
            )
        outside = without(one.pages, ranges)
        if outside:
            raise Refused(
                _("%(pages)s is not among the pages of this volume: %(ranges)s. Correct one or the other.")
                % {"pages": listed(outside), "ranges": listed(union(ranges)) or _("none")},
                field=field or one.field,
            )
        if not ranges:
            raise Refused(_("This volume has no pages on record to tie. Add its range first."), field=field or one.field)


def _must_be_spelled_alike(production: Production, ranges: Sequence[Pages]) -> None:
    """“Meta 000001” and “META000001” would pass as two pages: ask which is meant before both stand on record."""
    known = BatesRange.objects.filter(case=production.case_id)
    spelled = {_plain(prefix): prefix for prefix in known.order_by().values_list("prefix", flat=True).distinct()}
    for one in ranges:
        other = spelled.setdefault(_plain(one.prefix), one.prefix)
        if other != one.prefix:
            raise Refused(
                _("This case has the prefix “%(known)s” already, written otherwise than “%(typed)s”. Write it the same way.")
                % {"known": other, "typed": one.prefix},
                field="ranges",
            )


def _plain(prefix: str) -> str:
    return "".join(prefix.split()).casefold()


def _write_ranges(production: Production, ranges: Sequence[Pages]) -> None:
    """Store ranges. The database refuses pages that stand in another range of the case; say which one, and in which volume."""
    for one, other in overlaps(ranges):
        raise Refused(_("%(one)s and %(other)s overlap. Write each page once.") % {"one": one, "other": other}, field="ranges")
    _must_be_spelled_alike(production, ranges)
    made = [
        BatesRange(
            case_id=production.case_id,
            production=production,
            prefix=one.prefix,
            digits=one.digits,
            first=one.first,
            last=one.last,
        )
        for one in sorted(ranges)
    ]
    try:
        with transaction.atomic():
            BatesRange.objects.bulk_create(made)
    except IntegrityError as error:
        raise Refused(_taken(production, ranges), field="ranges") from error


def _taken(production: Production, ranges: Sequence[Pages]) -> str:
    meeting = Q()
    for one in ranges:
        meeting |= Q(prefix=one.prefix, first__lte=one.last, last__gte=one.first)
    other = BatesRange.objects.filter(meeting, case=production.case_id).select_related("production").first()
    if other is None:  # whoever had these pages a moment ago gave them up again
        return _("Somebody recorded some of these pages at the same moment. Save again.")
    mine = next(one for one in ranges if one.meets(pages_of(other)))
    return _(
        "%(typed)s overlaps %(other)s of the volume %(volume)s. A page has one number: correct this range, or that volume."
    ) % {
        "typed": mine,
        "other": other,
        "volume": other.production.volume,
    }


def _write_ties(production: Production, wanted: Mapping[int, Sequence[Pages]]) -> None:
    """Have each of these rows tied to exactly these pages of the production: a tie for each stored range they stand in."""
    stored = {pages_of(one): one for one in BatesRange.objects.filter(production=production)}
    PageTie.objects.filter(bates_range__production=production, row__in=wanted).delete()
    PageTie.objects.bulk_create(
        PageTie(bates_range=stored[bound], row_id=row, first=piece.first, last=piece.last)
        for row, pages in wanted.items()
        for bound, piece in parted(pages, stored)
    )


def _rewrite(production: Production, before: Sequence[Pages], ranges: Sequence[Pages]) -> dict[str, str]:
    """Put ranges in the place of others, with their ties; return what came loose by request, for the event."""
    have = tied_by_row(production)
    kept = {row: list(ranges) if union(pages) == union(before) else within(pages, ranges) for row, pages in have.items()}
    PageTie.objects.filter(bates_range__production=production).delete()
    BatesRange.objects.filter(production=production).delete()
    _write_ranges(production, ranges)
    _write_ties(production, kept)
    loose = {row: listed(gone) for row, pages in have.items() if (gone := without(pages, kept[row]))}
    rows = RequestRow.objects.select_related("demand__responding_party__person").in_bulk(loose)
    return {str(rows[pk]): words for pk, words in loose.items()}


def _attach(production: Production, *, by: User, upload: Upload | None) -> None:
    if upload is not None:
        production.paper = keep_attachment(production.case, upload, by=by, field="upload")


def _facts(production: Production) -> dict[str, str]:
    names = ("volume", "produced_on", "medium", "sha256", "confidentiality", "side")
    return {name: str(getattr(production, name)) for name in names if getattr(production, name)}


def _tell(act: Act, production: Production, *, by: User, details: Mapping[str, object], **when: Any) -> None:
    words = f"{production.volume}: {production.responding_party}"
    record(act, production, case=production.case, by=by, summary=words, details=details, **when)
