"""What a paper's page says when making it went wrong in a way that nobody foresaw."""

from __future__ import annotations

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.utils.translation import gettext as _


def told_of(error: Exception) -> str:
    """Return the sentence for whoever asked: a job that ran into its time limit says so, anything else its own words."""
    if isinstance(error, SoftTimeLimitExceeded):
        return _("This took more than %(minutes)d minutes and was stopped. Make it in smaller parts.") % {
            "minutes": settings.CELERY_TASK_SOFT_TIME_LIMIT // 60
        }
    return _("Something unexpected went wrong (%(error)s).") % {"error": f"{type(error).__name__}: {error}"}
