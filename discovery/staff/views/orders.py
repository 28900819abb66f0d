"""The screens of orders: the list with what each says on every request, an order's own form, and its rulings."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from discovery.models import Order, Ruling
from discovery.staff.access import CaseMixin, get_editable
from discovery.staff.before_court import decided_in, waiting_for_ruling
from discovery.staff.forms.orders import OrderForm
from discovery.staff.forms.rulings import RulingsForm
from discovery.staff.paging import paginate
from discovery.staff.records import UNPROCESSABLE, CaseRecordScreen, Crumb


class OrderList(CaseMixin):
    """The orders of a case with their rulings, and what still waits for one."""

    template_name = "staff/orders/list.html"

    def get(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Show a page of them, the newest first (a fixed number of queries)."""
        rulings = Ruling.objects.select_related(
            "dispute", "row__demand__responding_party__person", "supersedes__order", "superseded_by__order"
        ).order_by("dispute_id", "row__demand_id", "row__number", "pk")
        rows = Order.objects.filter(case=self.case).select_related("demand__responding_party__person", "paper", "reconsiders")
        rows = rows.prefetch_related(Prefetch("rulings", rulings), "reconsidered_in").order_by("-entered_on", "-pk")
        page = paginate(rows, request)
        waiting = list(waiting_for_ruling(self.case))
        return self.page({"case": self.case, "may_edit": self.may_edit_case, "page": page, "waiting": waiting})


class OrderScreen(CaseRecordScreen[Order]):
    """Orders of the court."""

    template_name = "staff/orders/form.html"
    rows, form_class, section = Order.objects.select_related("paper"), OrderForm, "orders"


class OrderNew(OrderScreen):
    """Record an order."""

    heading, is_new = _("Record an order"), True

    def after(self, row: Order) -> str:
        """On to what it says on each request, when something waits for a ruling."""
        if waiting_for_ruling(self.case).exists():
            return reverse("order-rulings", args=[self.case.pk, row.pk])
        return self.back_url()


class OrderEdit(OrderScreen):
    """Mend the record of an order."""

    heading = _("Correct the record of the order")


class OrderRulings(CaseMixin):
    """What an order says on each request: all open disputes of the case in one form; ?decided=1 shows those decided too."""

    template_name = "staff/orders/rulings.html"

    @cached_property
    def order(self) -> Order:
        """The order of the address, of this case. Raises Http404 for strangers, PermissionDenied for readers."""
        rows = Order.objects.select_related("case__court", "reconsiders")
        found: Order = get_editable(rows, self.user, self.kwargs["pk"], case=self.case)
        return found

    @property
    def decided(self) -> bool:
        """Whether what was decided by other orders is shown too."""
        return bool(self.request.GET.get("decided"))

    def get(self, _request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Ask."""
        return self.show(RulingsForm(order=self.order, user=self.user, decided=self.decided))

    def post(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Record, or show the form again with everything typed and what is wrong with it."""
        form = RulingsForm(request.POST, order=self.order, user=self.user, decided=self.decided)
        stored = form.attempt(form.store) if form.is_valid() else None
        if stored is None:
            return self.show(form, status=UNPROCESSABLE)
        said = ngettext("%(n)d ruling is recorded.", "%(n)d rulings are recorded.", len(stored)) % {"n": len(stored)}
        messages.success(request, said)
        return HttpResponseRedirect(f"{reverse('order-list', args=[self.case.pk])}#order-{self.order.pk}")

    def show(self, form: RulingsForm, *, status: int = 200) -> HttpResponse:
        """Return the page with the form."""
        orders = reverse("order-list", args=[self.case.pk])
        crumbs: list[Crumb] = [
            (gettext("Cases"), reverse("case-list")),
            (self.case.name, reverse("case-detail", args=[self.case.pk])),
            (gettext("Orders"), orders),
        ]
        context = {
            "case": self.case,
            "order": self.order,
            "form": form,
            "crumbs": crumbs,
            "back": f"{orders}#order-{self.order.pk}",
            "more": not self.decided and decided_in(self.case).exists(),
        }
        return self.page(context, status=status)
