"""The addresses of disputes."""

from __future__ import annotations

from django.urls import URLPattern, path

from discovery.staff.views import authorities, disputes
from discovery.staff.views import dispute_acts as acts

urlpatterns: list[URLPattern] = [
    path("cases/<int:case_pk>/disputes/", disputes.DisputeList.as_view(), name="dispute-list"),
    path("cases/<int:case_pk>/disputes/new/", disputes.DisputeNew.as_view(), name="dispute-new"),
    path("disputes/<int:pk>/", disputes.DisputeDetail.as_view(), name="dispute-detail"),
    path("disputes/<int:pk>/edit/", disputes.DisputeEdit.as_view(), name="dispute-edit"),
    path("disputes/<int:pk>/autosave/", disputes.DisputeAutosave.as_view(), name="dispute-autosave"),
    path("disputes/<int:pk>/rows/", disputes.DisputeRows.as_view(), name="dispute-rows"),
    path("disputes/<int:pk>/make/", acts.DisputeMake.as_view(), name="dispute-make"),
    path("disputes/<int:pk>/ready/", acts.DisputeReady.as_view(), name="dispute-ready"),
    path("disputes/<int:pk>/reopen/", acts.DisputeReopen.as_view(), name="dispute-reopen"),
    path("disputes/<int:pk>/submit/", acts.DisputeSubmit.as_view(), name="dispute-submit"),
    path("disputes/<int:pk>/close/", acts.DisputeClose.as_view(), name="dispute-close"),
    path("disputes/<int:pk>/authorities/list/", authorities.AuthorityList.as_view(), name="dispute-authority"),
    path("disputes/<int:pk>/authorities/leave-out/", authorities.AuthorityLeaveOut.as_view(), name="dispute-authority-leave-out"),
    path("disputes/<int:pk>/authorities/forget/", authorities.AuthorityForget.as_view(), name="dispute-authority-forget"),
]
