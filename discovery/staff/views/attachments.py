"""Files that prove something, handed out to those who see their case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from discovery.models import Attachment
from discovery.models.attachments import attachment_storage
from discovery.staff.access import get_visible
from discovery.staff.actor import actor

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

GONE = 410


@login_required
@require_safe
def attachment_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Hand out the file as it came, to save and never to show here: what others wrote is not opened in our pages."""
    attachment = get_visible(Attachment.objects.select_related("case"), actor(request), pk)
    try:
        file = attachment_storage().open(str(attachment.file.name))
    except FileNotFoundError:
        return render(request, "staff/attachments/gone.html", {"attachment": attachment, "case": attachment.case}, status=GONE)
    answer = FileResponse(file, as_attachment=True, filename=attachment.name, content_type=attachment.media_type)
    answer["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(answer, private=True, no_store=True)
    return answer
