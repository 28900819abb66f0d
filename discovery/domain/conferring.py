"""Conferring: recording live conferences of counsel with what they came to on each request, and what is still to be talked about."""

from __future__ import annotations

from collections.abc import Iterable

from discovery.models import ConferredRequest, RequestRow


def rows_without_conferral(rows: Iterable[RequestRow]) -> list[RequestRow]:
    """Return those of the rows on which no live conference is on record, in the order given (law/rules.md section 4, check 17).

    Every conference kept here was live: letters do not count (N.D. Cal. Civ. L.R. 1-5(n)), and no motion is heard on a request
    that counsel have not conferred about (37-1(a)).
    """
    wanted = list(rows)
    had = set(ConferredRequest.objects.filter(row__in=[row.pk for row in wanted]).values_list("row_id", flat=True))
    return [row for row in wanted if row.pk not in had]
