"""The addresses of proof: what a PDF is, what a screen reader finds in a paper, how two wordings differ."""

from __future__ import annotations

from django.urls import URLPattern, path

from discovery.staff.views import redlines, verifying

urlpatterns: list[URLPattern] = [
    path("papers/verify/", verifying.PaperVerify.as_view(), name="paper-verify"),
    path("drafts/<int:pk>/accessibility/", verifying.draft_accessibility, name="draft-accessibility"),
    path("demands/<int:pk>/redline/", redlines.DemandRedline.as_view(), name="demand-redline"),
]
