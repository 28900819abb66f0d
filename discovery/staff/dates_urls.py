"""The addresses of due dates."""

from __future__ import annotations

from django.urls import URLPattern, path

from discovery.staff.views import casedates, deadline_acts, deadlines

urlpatterns: list[URLPattern] = [
    path("cases/<int:case_pk>/dates/", casedates.CaseDates.as_view(), name="case-dates"),
    path("cases/<int:case_pk>/dates/export.csv", casedates.CaseDatesExport.as_view(), name="case-dates-export"),
    path("cases/<int:case_pk>/dates/new/", casedates.DateNew.as_view(), name="deadline-new"),
    path("dates/<int:pk>/", deadlines.DeadlineDetail.as_view(), name="deadline-detail"),
    path("dates/<int:pk>/extend/", deadline_acts.DeadlineExtend.as_view(), name="deadline-extend"),
    path(
        "dates/<int:pk>/extensions/<int:extension_pk>/approve/", deadline_acts.ExtensionApprove.as_view(), name="extension-approve"
    ),
    path("dates/<int:pk>/order/", deadline_acts.DeadlineOrder.as_view(), name="deadline-order"),
    path("dates/<int:pk>/by-hand/", deadline_acts.DeadlineByHand.as_view(), name="deadline-by-hand"),
    path("dates/<int:pk>/done/", deadline_acts.DeadlineDone.as_view(), name="deadline-done"),
    path("dates/<int:pk>/reopen/", deadline_acts.DeadlineReopen.as_view(), name="deadline-reopen"),
    path("dates/<int:pk>/confirm/", deadlines.DeadlineConfirm.as_view(), name="deadline-confirm"),
    path("dates/<int:pk>/assign/", deadlines.DeadlineAssign.as_view(), name="deadline-assign"),
    path("dates/<int:pk>/accept/", deadlines.ProposalAccept.as_view(), name="deadline-accept"),
    path("dates/<int:pk>/keep/", deadlines.ProposalKeep.as_view(), name="deadline-keep"),
]
