"""Which answer to a request counts now: the one place that writes `RequestResponse.current`."""

from __future__ import annotations

from discovery.enums import AnswerKind, ResponseStatus
from discovery.models import Demand, RequestResponse


def settle_current(demand: Demand) -> None:
    """Mark, for each request of a demand, the answer of the newest served response that answers it; all others are not current.

    Newest by the day of service, then by number: a paper that was recorded late does not supersede a later one. What is left
    unanswered in an amended or supplemental response leaves the earlier answer standing (Rule 26(e)). Part of the verbs that
    record a response, correct its day, write its answers or serve it; the demand is locked.
    """
    served = RequestResponse.objects.filter(row__demand=demand, response__status=ResponseStatus.SERVED.value)
    answered = served.exclude(kind=AnswerKind.SILENT.value).order_by("response__served_on", "response__number")
    newest = dict(answered.values_list("row_id", "pk"))
    wanted = set(newest.values())
    marked = set(RequestResponse.objects.filter(row__demand=demand, current=True).values_list("pk", flat=True))
    RequestResponse.objects.filter(pk__in=marked - wanted).update(current=False)
    RequestResponse.objects.filter(pk__in=wanted - marked).update(current=True)
