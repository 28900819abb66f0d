"""The addresses of binders."""

from __future__ import annotations

from django.urls import URLPattern, path

from discovery.staff.views import binders

urlpatterns: list[URLPattern] = [
    path("cases/<int:case_pk>/binders/", binders.BinderList.as_view(), name="binder-list"),
    path("cases/<int:case_pk>/binders/new/", binders.BinderNew.as_view(), name="binder-new"),
    path("binders/<int:pk>/", binders.BinderDetail.as_view(), name="binder-detail"),
    path("binders/<int:pk>/edit/", binders.BinderEdit.as_view(), name="binder-edit"),
    path("binders/<int:binder_pk>/exhibits/<int:pk>/move/", binders.TabMove.as_view(), name="binder-tab-move"),
    path("binders/<int:binder_pk>/exhibits/<int:pk>/remove/", binders.TabRemove.as_view(), name="binder-tab-remove"),
]
