"""The addresses of what was served and what answered it."""

from __future__ import annotations

from django.urls import URLPattern, path

from discovery.staff.views import approving, attachments, demand, party_sets, review, service_queue, serving

urlpatterns: list[URLPattern] = [
    path("service/", service_queue.ServiceQueue.as_view(), name="service-queue"),
    path("subpoenas/<int:demand_pk>/service/", serving.ServiceRecord.as_view(), name="service-record"),
    path("cases/<int:case_pk>/sets/log/", serving.SetLog.as_view(), name="set-log"),
    path("demands/<int:pk>/", demand.DemandDetail.as_view(), name="demand-detail"),
    path("cases/<int:case_pk>/sets/new/", party_sets.SetNew.as_view(), name="set-new"),
    path("demands/<int:pk>/paper/", party_sets.SetPaper.as_view(), name="demand-paper"),
    path("demands/<int:pk>/review/", review.set_review, name="demand-review"),
    path("demands/<int:pk>/submit/", party_sets.SetSubmit.as_view(), name="demand-submit"),
    path("demands/<int:pk>/return/", party_sets.SetReturn.as_view(), name="demand-return"),
    path("demands/<int:pk>/approve/", party_sets.SetApprove.as_view(), name="demand-approve"),
    path("demands/<int:pk>/approve-all/", approving.ApproveAll.as_view(), name="demand-approve-all"),
    path("sets/<int:pk>/submit-all/", approving.SubmitAll.as_view(), name="set-submit-all"),
    path("demands/<int:pk>/reopen/", party_sets.SetReopen.as_view(), name="demand-reopen"),
    path("demands/<int:pk>/withdraw/", party_sets.SetWithdraw.as_view(), name="demand-withdraw"),
    path("demands/<int:pk>/supersede/", party_sets.Supersede.as_view(), name="demand-supersede"),
    path("demands/<int:demand_pk>/service/", serving.DemandService.as_view(), name="demand-service"),
    path("demands/<int:demand_pk>/attempts/new/", serving.AttemptNew.as_view(), name="attempt-new"),
    path("demands/<int:demand_pk>/responses/new/", serving.ResponseNew.as_view(), name="response-new"),
    path("demands/<int:demand_pk>/responses/<int:pk>/", serving.ResponseEdit.as_view(), name="response-edit"),
    path("attachments/<int:pk>/", attachments.attachment_file, name="attachment-file"),
]
