"""The addresses of what was served and what answered it."""

from __future__ import annotations

from django.urls import URLPattern, path

from discovery.staff.views import attachments, demand, service_queue, serving

urlpatterns: list[URLPattern] = [
    path("service/", service_queue.ServiceQueue.as_view(), name="service-queue"),
    path("subpoenas/<int:demand_pk>/service/", serving.ServiceRecord.as_view(), name="service-record"),
    path("cases/<int:case_pk>/sets/log/", serving.SetLog.as_view(), name="set-log"),
    path("demands/<int:pk>/", demand.DemandDetail.as_view(), name="demand-detail"),
    path("demands/<int:demand_pk>/service/", serving.DemandService.as_view(), name="demand-service"),
    path("demands/<int:demand_pk>/attempts/new/", serving.AttemptNew.as_view(), name="attempt-new"),
    path("demands/<int:demand_pk>/responses/new/", serving.ResponseNew.as_view(), name="response-new"),
    path("demands/<int:demand_pk>/responses/<int:pk>/", serving.ResponseEdit.as_view(), name="response-edit"),
    path("attachments/<int:pk>/", attachments.attachment_file, name="attachment-file"),
]
