"""Calendar feeds: what calendar programs fetch by a secret address, and the screen on which people make and revoke theirs."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from discovery.domain.dates.feeds import entries_of, find_feed, name_of, note_reading, revoke_feed
from discovery.domain.errors import Refused
from discovery.models import CalendarFeed, Reminder
from discovery.papers.ics import calendar, fingerprint
from discovery.staff.access import StaffView, get_visible
from discovery.staff.forms.feeds import FeedForm
from discovery.staff.records import UNPROCESSABLE

SHOWN_REMINDERS = 10


@require_safe
def feed_ics(request: HttpRequest, secret: str) -> HttpResponse:
    """Answer a calendar program: the calendar, 304 when it has it already, 404 for an address that is not (or no longer) one.

    No session is opened and no cookie set. Only the ETag decides on 304: dates also come and go with memberships and with the
    calendar's window, which no row's time of change would tell.
    """
    now = timezone.now()
    feed = find_feed(secret)
    if feed is None:
        return HttpResponse("There is no such calendar.\n", status=404, content_type="text/plain; charset=utf-8")
    note_reading(feed, now)
    name, entries = name_of(feed), entries_of(feed, now, _site(request))
    etag = f'"{fingerprint(name, entries)}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(calendar(name, entries), content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = 'inline; filename="tecum.ics"'
    changed = max([feed.made_at, *(entry.changed_at for entry in entries)])
    response["ETag"] = etag
    response["Last-Modified"] = http_date(changed.timestamp())
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex"
    return response


class FeedList(StaffView):
    """The user's calendar addresses: make one, see which are used, revoke them; and what reminders were sent."""

    template_name = "staff/feeds/list.html"

    def get(self, _request: HttpRequest) -> HttpResponse:
        """Show them."""
        return self.show(FeedForm(user=self.user))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Make an address. This answer alone shows it: to show it after a redirect, something would have to store it."""
        form = FeedForm(request.POST, user=self.user)
        made = form.attempt(form.store) if form.is_valid() else None
        if made is None:
            return self.show(form, status=UNPROCESSABLE)
        feed, secret = made
        address = f"{_site(request)}{reverse('feed-ics', args=[secret])}"
        return self.show(FeedForm(user=self.user), made=feed, address=address)

    def show(self, form: FeedForm, *, status: int = 200, **more: Any) -> HttpResponse:
        """Return the page, which no cache keeps."""
        feeds = list(CalendarFeed.objects.visible_to(self.user))
        reminders = Reminder.objects.visible_to(self.user).select_related("deadline__case")[:SHOWN_REMINDERS]
        context = {
            "form": form,
            "feeds": [feed for feed in feeds if feed.revoked_at is None],
            "revoked": [feed for feed in feeds if feed.revoked_at is not None],
            "reminders": list(reminders),
            "sends_email": settings.SENDS_EMAIL,
            "days": settings.REMINDER_DAYS,
            **more,
        }
        response = self.page(context, status=status)
        response["Cache-Control"] = "no-store"
        return response


class FeedRevoke(StaffView):
    """Ask, then revoke one of the user's own addresses."""

    template_name = "staff/feeds/revoke.html"

    def get(self, _request: HttpRequest, pk: int) -> HttpResponse:
        """Ask."""
        return self.page({"feed": get_visible(CalendarFeed.objects, self.user, pk, revoked_at=None)})

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Revoke; an address that was revoked meanwhile is revoked."""
        feed = get_visible(CalendarFeed.objects, self.user, pk)
        try:
            revoke_feed(feed, by=self.user)
            messages.success(request, _("Revoked: %(feed)s. Calendars that use it get nothing any more.") % {"feed": feed})
        except Refused as refusal:
            messages.warning(request, str(refusal))
        return HttpResponseRedirect(reverse("feed-list"))


def _site(request: HttpRequest) -> str:
    """Return where people open the site: as the installation says, else as this request found it."""
    site: str = settings.SITE_URL
    return site or request.build_absolute_uri("/").rstrip("/")
