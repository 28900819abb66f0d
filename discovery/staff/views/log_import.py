"""Importing a privilege log: a file, its preview with every refused row, then a person's word. Nothing is written before that."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from discovery.domain.attachments import MEGABYTE
from discovery.domain.errors import Conflict, Refused
from discovery.domain.privilege.logs import entries_of, record_log, without_unprintable
from discovery.domain.privilege.versions import carry_over
from discovery.enums import LogKind
from discovery.intake.privilege_logs import COLUMN_NAMES, LogRead, read_log
from discovery.intake.tables import IntakeRefused, Limits
from discovery.models import PrivilegeLog, RespondingParty
from discovery.staff import pending
from discovery.staff.access import CaseMixin
from discovery.staff.forms.privilege_logs import LogImportForm
from discovery.staff.log_rows import grouped
from discovery.staff.records import UNPROCESSABLE
from discovery.staff.views.privilege_logs import case_crumbs

SHOWN = 10
"""Rows of the file that the preview shows as they were read."""
REFUSED_SHOWN = 500
"""Refused rows with their reason each; of more, the preview lists the lines."""


class LogImport(CaseMixin):
    """Upload, preview, confirm: one address, three steps."""

    template_name = "staff/logs/import.html"

    def get(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Ask for the file."""
        self.require_editor()
        wanted = {name: value for name, value in request.GET.items() if name in {"responding_party", "kind"}}
        return self.ask(LogImportForm(case=self.case, initial=wanted))

    def post(self, request: HttpRequest, **_kwargs: object) -> HttpResponse:
        """Preview a file, or import the one that was previewed."""
        self.require_editor()
        if "token" in request.POST:
            return self.confirmed(str(request.POST["token"]))
        form = LogImportForm(request.POST, request.FILES, case=self.case)
        if not form.is_valid():
            return self.ask(form, status=UNPROCESSABLE)
        upload = form.cleaned_data["upload"]
        content = upload.read()
        try:
            found = read(str(upload.name), content)
        except IntakeRefused as refusal:
            form.add_error("upload", str(refusal))
            return self.ask(form, status=UNPROCESSABLE)
        return self.previewed(found, str(upload.name), content, form.told())

    def confirmed(self, token: str) -> HttpResponse:
        """Import what was previewed; the file is read again, from what was kept of it."""
        waiting = pending.fetch(token, user=self.user)
        responder = waiting and RespondingParty.objects.filter(case=self.case, pk=waiting.told["responding_party"]).first()
        if not waiting or not responder:
            messages.error(self.request, gettext("The preview is too old. Choose the file again."))
            return HttpResponseRedirect(reverse("log-import", args=[self.case.pk]))
        told = waiting.told
        log = PrivilegeLog(
            case=self.case,
            responding_party=responder,
            kind=LogKind(told["kind"]).value,
            served_on=date.fromisoformat(told["served_on"]) if told["served_on"] else None,
            note=told["note"],
        )
        try:
            found = read(str(waiting.upload.name), waiting.content)
            record_log(
                log,
                entries_of(found.rows),
                by=self.user,
                upload=waiting.upload,
                expected=told["expected"],
                refused=len(found.refused),
            )
        except Conflict as conflict:  # the preview showed another version as the one before: this one shows the present one
            messages.error(self.request, str(conflict))
            return self.previewed(found, str(waiting.upload.name), waiting.content, told, status=UNPROCESSABLE)
        except (Refused, IntakeRefused) as refusal:
            messages.error(self.request, str(refusal))
            return self.ask(LogImportForm(case=self.case, initial=told), status=UNPROCESSABLE)
        pending.drop(waiting, user=self.user)
        said = ngettext("%(n)d entry imported.", "%(n)d entries imported.", len(found.rows)) % {"n": len(found.rows)}
        messages.success(self.request, said)
        return HttpResponseRedirect(reverse("log-detail", args=[log.pk]))

    def ask(self, form: LogImportForm, *, status: int = 200) -> HttpResponse:
        """Return the page that asks for the file."""
        return self.page({**self._shared(), "form": form}, status=status)

    def previewed(self, found: LogRead, name: str, content: bytes, told: dict[str, Any], *, status: int = 200) -> HttpResponse:
        """Keep the file until its owner decides, and return the page that shows what would be imported."""
        before = current_log(told["responding_party"])
        told["expected"] = before.pk if before else 0
        token = pending.keep(name, content, told, user=self.user)
        return self.page(self.preview(found, token, told, name, before), status=status, template="staff/logs/import_preview.html")

    def preview(self, found: LogRead, token: str, told: dict[str, Any], name: str, before: PrivilegeLog | None) -> dict[str, Any]:
        """Return what the page with the preview shows."""
        compared = None
        if before is not None:
            compared = carry_over(list(before.entries.all()), entries_of(found.rows))
        responder = RespondingParty.objects.select_related("person").get(pk=told["responding_party"])
        return {
            **self._shared(),
            "read": found,
            "columns": [(one.heading, COLUMN_NAMES[one.field][0] if one.field else "") for one in found.columns],
            "rows": found.rows[:SHOWN],
            "refused": found.refused[:REFUSED_SHOWN],
            "more_refused": grouped(one.line for one in found.refused[REFUSED_SHOWN:]) if found.refused[REFUSED_SHOWN:] else "",
            "token": token,
            "file_name": name,
            "responder": responder,
            "kind": LogKind(told["kind"]).label,
            "before": before,
            "compared": compared,
            "changed": grouped(compared.changed) if compared else "",
            "vanished": grouped(compared.vanished) if compared else "",
            "lost": grouped(compared.lost) if compared and compared.lost else "",
            "again": f"?responding_party={responder.pk}&kind={told['kind']}",
        }

    def _shared(self) -> dict[str, Any]:
        return {
            "heading": gettext("Import a privilege log"),
            "crumbs": case_crumbs(self.case),
            "back": reverse("log-list", args=[self.case.pk]),
            "case": self.case,
        }


def read(name: str, content: bytes) -> LogRead:
    """Read a log within the limits of the settings. Raises IntakeRefused."""
    limits = Limits(
        size=settings.ATTACHMENT_MEGABYTES * MEGABYTE,
        unpacked=settings.LOG_UNPACKED_MEGABYTES * MEGABYTE,
        lines=settings.LOG_ROWS,
    )
    return without_unprintable(read_log(name, content, limits))


def current_log(responder: int) -> PrivilegeLog | None:
    """Return the version of a party's log that counts now."""
    return PrivilegeLog.objects.filter(responding_party=responder, superseded=False).first()
