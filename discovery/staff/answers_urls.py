"""The addresses of responses: what they say to each request, and what is done with ours."""

from __future__ import annotations

from django.urls import URLPattern, path

from discovery.staff.views import answers

urlpatterns: list[URLPattern] = [
    path("demands/<int:demand_pk>/responses/start/", answers.ResponseStart.as_view(), name="response-start"),
    path("responses/<int:pk>/answers/", answers.Answers.as_view(), name="response-answers"),
    path("responses/<int:pk>/statement/", answers.ResponseFrame.as_view(), name="response-frame"),
    path("responses/<int:pk>/serve/", answers.ResponseServe.as_view(), name="response-serve"),
    path("responses/<int:pk>/verification/", answers.ResponseVerify.as_view(), name="response-verify"),
]
