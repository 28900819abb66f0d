"""The screen that records a motion which others made, or that was made elsewhere."""

from __future__ import annotations

from django.contrib import messages
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from discovery.domain.disputes.motions import untimely
from discovery.models import Dispute
from discovery.staff.forms.motions import MotionForm
from discovery.staff.records import CaseRecordScreen, Crumb


class MotionNew(CaseRecordScreen[Dispute]):
    """Record a motion; a ruling on it can be recorded then."""

    template_name = "staff/orders/motion_form.html"
    rows, form_class = Dispute.objects, MotionForm
    heading, is_new = _("Record a motion"), True

    def home_url(self) -> str:
        """The orders of the case, where the motion waits for its ruling."""
        return reverse("order-list", args=[self.case.pk])

    def crumbs(self) -> list[Crumb]:
        """Cases, this case, its orders."""
        return [*super().crumbs(), (gettext("Orders"), self.home_url())]

    def saved_message(self, row: Dispute) -> str:
        """Say that it waits; that it may have come late is a warning beside."""
        for missed in untimely(row):
            words = {"what": missed.title, "day": date_format(missed.due_on, "SHORT_DATE_FORMAT") if missed.due_on else ""}
            messages.warning(
                self.request,
                gettext("It was filed after a date it should have come before: %(what)s, %(day)s. The court decides about that.")
                % words,
            )
        return gettext("The motion is recorded: %(row)s. It waits for its ruling.") % {"row": row}
