"""The rows that a verb acts on: locked, of this case, and served before the day on which something is said about them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Min
from django.utils import formats
from django.utils.translation import gettext as _

from discovery.domain.errors import Refused
from discovery.models import Case, RequestRow, Service

NAMED = ("demand__responding_party__person",)
"""What the name of a row reads."""


def lock_rows(case: Case, rows: Iterable[RequestRow], *, field: str = "requests") -> dict[int, RequestRow]:
    """Lock rows, lowest id first, and return them by id as they are stored now.

    Raises Refused for a row of another case. The lock lets others still refer to a row (NO KEY UPDATE).
    """
    wanted = {row.pk for row in rows}
    found = (
        RequestRow.objects.select_for_update(of=("self",), no_key=True)
        .select_related(*NAMED)
        .filter(pk__in=wanted, case=case)
        .order_by("pk")
    )
    stored = {row.pk: row for row in found}
    if set(stored) != wanted:
        raise Refused(_("Choose among the requests of this case."), field=field)
    return stored


def first_services(rows: Iterable[RequestRow]) -> dict[int, date]:
    """Return, by demand, the day of its first service; a demand that was served again was served then, too."""
    served = Service.objects.filter(demand__in={row.demand_id for row in rows}).values("demand").order_by()
    return dict(served.annotate(first=Min("served_on")).values_list("demand", "first"))


def must_follow_service(rows: Sequence[RequestRow], day: date, field: str) -> None:
    """Raise Refused for a day before one of the rows was served: nobody can have talked about it then."""
    first = first_services(rows)
    for row in rows:
        served = first.get(row.demand_id)
        if served is None or day < served:
            raise Refused(
                _("%(request)s was served on %(day)s; this cannot have come before. Check both days.")
                % {"request": row, "day": formats.date_format(served) if served else _("no day on record")},
                field=field,
            )


def rows_named(rows: Iterable[RequestRow]) -> str:
    """Return rows as people name them, one responding party after the other: "Meta Platforms, Inc., Nos. 3, 4"."""
    numbers: dict[str, list[int]] = {}
    for row in rows:
        numbers.setdefault(str(row.demand.responding_party), []).append(row.number)
    return "; ".join(
        f"{who}, {'No.' if len(found) == 1 else 'Nos.'} {', '.join(str(one) for one in sorted(found))}"
        for who, found in numbers.items()
    )
