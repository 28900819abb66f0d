"""The addresses of preservation demands."""

from __future__ import annotations

from django.urls import URLPattern, path

from discovery.staff.views import preservation as views

urlpatterns: list[URLPattern] = [
    path("cases/<int:case_pk>/preservation/", views.PreservationList.as_view(), name="preservation-list"),
    path("cases/<int:case_pk>/preservation/new/", views.PreservationNew.as_view(), name="preservation-new"),
    path("preservation/<int:pk>/", views.PreservationDetail.as_view(), name="preservation-detail"),
    path("preservation/<int:pk>/edit/", views.PreservationEdit.as_view(), name="preservation-edit"),
    path("preservation/<int:pk>/sent/", views.PreservationSend.as_view(), name="preservation-send"),
    path("preservation/<int:pk>/acknowledged/", views.PreservationAcknowledge.as_view(), name="preservation-acknowledge"),
]
