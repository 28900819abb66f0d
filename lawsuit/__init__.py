"""The Django project: settings, addresses, the Celery application and the processes that `bin/serve` starts."""

from lawsuit.celery import app as celery_app

__all__ = ["celery_app"]
