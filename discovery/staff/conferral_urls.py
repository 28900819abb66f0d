"""The addresses of conferences, of what was promised, and of narrower texts."""

from __future__ import annotations

from django.urls import URLPattern, path

from discovery.staff.views import conferrals, narrowing

urlpatterns: list[URLPattern] = [
    path("cases/<int:case_pk>/conferrals/", conferrals.ConferralList.as_view(), name="conferral-list"),
    path("cases/<int:case_pk>/conferrals/new/", conferrals.ConferralNew.as_view(), name="conferral-new"),
    path("conferrals/<int:pk>/", conferrals.ConferralDetail.as_view(), name="conferral-detail"),
    path("conferrals/<int:pk>/edit/", conferrals.ConferralEdit.as_view(), name="conferral-edit"),
    path("cases/<int:case_pk>/commitments/new/", conferrals.CommitmentNew.as_view(), name="commitment-new"),
    path("commitments/<int:pk>/release/", conferrals.CommitmentRelease.as_view(), name="commitment-release"),
    path("rows/<int:row_pk>/narrow/", narrowing.NarrowingNew.as_view(), name="narrowing-new"),
    path("narrowings/<int:pk>/agree/", narrowing.NarrowingAgree.as_view(), name="narrowing-agree"),
]
