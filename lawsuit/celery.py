"""The Celery application: the broker only rings the bell, the rows in the database are the queue of record (law 6)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lawsuit.settings")

app = Celery("tecum")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["discovery"])
