"""The addresses of what happened: the story of a case, the page of a request's row, and why a status is what it is."""

from __future__ import annotations

from django.urls import URLPattern, path

from discovery.staff.views import story

urlpatterns: list[URLPattern] = [
    path("cases/<int:case_pk>/story/", story.CaseStory.as_view(), name="case-story"),
    path("rows/<int:pk>/", story.RowDetail.as_view(), name="row-detail"),
    path("explain/<slug:kind>/<int:pk>/", story.Explain.as_view(), name="explain"),
]
