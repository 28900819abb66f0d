"""The addresses of privilege logs and claw-backs."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from discovery.staff.views import clawbacks, log_import
from discovery.staff.views import privilege_logs as logs

urlpatterns: list[URLPattern] = [
    path("cases/<int:case_pk>/privilege-logs/", logs.LogList.as_view(), name="log-list"),
    path("cases/<int:case_pk>/privilege-logs/import/", log_import.LogImport.as_view(), name="log-import"),
    path("cases/<int:case_pk>/privilege-logs/new/", logs.LogStart.as_view(), name="log-new"),
    path("privilege-logs/<int:pk>/", logs.LogDetail.as_view(), name="log-detail"),
    re_path(r"^privilege-logs/(?P<pk>[0-9]+)/export\.(?P<ending>csv|xlsx)$", logs.LogExport.as_view(), name="log-export"),
    path("privilege-logs/<int:pk>/challenge/", logs.LogChallenge.as_view(), name="log-challenge"),
    path("privilege-logs/<int:pk>/close/", logs.LogChallengeClose.as_view(), name="log-close"),
    path("privilege-logs/<int:pk>/served/", logs.LogServed.as_view(), name="log-served"),
    path("privilege-logs/<int:pk>/renew/", logs.LogRenew.as_view(), name="log-renew"),
    path("privilege-logs/<int:log_pk>/entries/new/", logs.LogEntryNew.as_view(), name="log-entry-new"),
    path("privilege-logs/<int:log_pk>/entries/<int:pk>/", logs.LogEntryEdit.as_view(), name="log-entry-edit"),
    path("cases/<int:case_pk>/claw-backs/", clawbacks.ClawbackList.as_view(), name="clawback-list"),
    path("cases/<int:case_pk>/claw-backs/new/", clawbacks.ClawbackNew.as_view(), name="clawback-new"),
    path("claw-backs/<int:pk>/", clawbacks.ClawbackDetail.as_view(), name="clawback-detail"),
    path("claw-backs/<int:pk>/act/", clawbacks.ClawbackAct.as_view(), name="clawback-act"),
]
