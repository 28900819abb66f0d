"""Recording the orders of the court: what a judge wrote, the day it states, who bears the expenses, what it reconsiders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import formats
from django.utils.translation import gettext as _

from discovery.domain.answers.answering import changes
from discovery.domain.attachments import keep_attachment
from discovery.domain.dates.counting import CourtLaw
from discovery.domain.dates.following import Moving, follow
from discovery.domain.errors import Refused
from discovery.domain.events import record, verb
from discovery.domain.printing import all_printable
from discovery.domain.revisions import claim_revision
from discovery.domain.service.serving import must_be_past, must_know_method, noon
from discovery.enums import Act
from discovery.models import Order

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from discovery.domain.attachments import Upload

TYPED_FIELDS = [
    "demand",
    "title",
    "docket_entry",
    "judge",
    "by_magistrate",
    "entered_on",
    "served_on",
    "method",
    "comply_by",
    "comply_time",
    "commands",
    "binds_us",
    "reconsiders",
    "fees_to",
    "fees_amount",
    "fees_rule",
    "note",
]
"""What a person types of an order; the form shows these."""
ORDER_FIELDS = [*TYPED_FIELDS, "paper"]


@verb
def enter_order(order: Order, *, by: User, upload: Upload | None = None, moving: Moving | None = None) -> Order:
    """Record an order of the court; the days it states stand as they are, what the rules count from it is computed.

    What it says on single requests is recorded by `ruling.rule`. Raises Refused for a day ahead, a demand of another case, an
    unknown method, an order that reconsiders itself or a later one; MovesToAccept; ValidationError.
    """
    _must_fit(order)
    order.recorded_by = by
    if upload is not None:
        order.paper = keep_attachment(order.case, upload, by=by, field="upload")
    order.full_clean(exclude=["recorded_by"])
    order.save()
    told = follow(order.case, by=by, moving=moving)
    moment = noon(order.entered_on, CourtLaw(order.case.court))
    record(Act.ORDER_ENTERED, order, case=order.case, by=by, summary=lambda: str(order), details=told, happened_at=moment)
    return order


@verb
def correct_order(
    order: Order, *, by: User, revision: int | None, upload: Upload | None = None, moving: Moving | None = None
) -> Order:
    """Mend the record of an order. Raises as `enter_order`, Conflict, and Refused for a day that its rulings contradict."""
    before = Order.objects.select_for_update().get(pk=order.pk)
    _must_fit(order)
    _must_fit_rulings(order)
    claim_revision(order, revision)
    if upload is not None:
        order.paper = keep_attachment(order.case, upload, by=by, field="upload")
    order.full_clean(exclude=["recorded_by"])
    order.save(update_fields=ORDER_FIELDS)
    told = follow(order.case, by=by, moving=moving)
    details = {"changed": changes(before, order, ORDER_FIELDS), **told}
    record(Act.ORDER_CHANGED, order, case=order.case, by=by, summary=lambda: str(order), details=details)
    return order


def _must_fit(order: Order) -> None:
    law = CourtLaw(order.case.court)
    must_be_past(order.entered_on, law, "entered_on")
    if order.served_on is not None:
        must_be_past(order.served_on, law, "served_on")
    if order.demand is not None and order.demand.case_id != order.case_id:
        raise Refused(_("Choose a demand of this case."), field="demand")
    _must_follow(order, order.reconsiders)
    must_know_method(order.method, order.served_on or order.entered_on, law)
    all_printable(order)


def _must_follow(order: Order, earlier: Order | None) -> None:
    """Raise Refused unless the order that is reconsidered is another one of this case, entered before or on the same day."""
    if earlier is None:
        return
    if earlier.case_id != order.case_id or earlier.pk == order.pk:
        raise Refused(_("Choose another order of this case."), field="reconsiders")
    if earlier.entered_on > order.entered_on:
        raise Refused(
            _("%(order)s was entered later, on %(day)s; it cannot be what this one reconsiders.")
            % {"order": earlier, "day": formats.date_format(earlier.entered_on)},
            field="reconsiders",
        )


def _must_fit_rulings(order: Order) -> None:
    """Raise Refused when the day of entry would come before what the order decided was filed, or after a day that it sets."""
    for ruling in order.rulings.select_related("dispute"):
        filed = ruling.dispute.submitted_on
        if filed is not None and order.entered_on < filed:
            raise Refused(
                _("Its rulings concern “%(dispute)s”, which was filed on %(day)s; it cannot have been entered before.")
                % {"dispute": ruling.dispute, "day": formats.date_format(filed)},
                field="entered_on",
            )
        if ruling.comply_by is not None and ruling.comply_by < order.entered_on:
            raise Refused(
                _("One of its rulings is to be complied with by %(day)s; it cannot have been entered after that.")
                % {"day": formats.date_format(ruling.comply_by)},
                field="entered_on",
            )
