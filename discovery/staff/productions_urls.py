"""The addresses of productions and of what they cover."""

from __future__ import annotations

from django.urls import URLPattern, path

from discovery.staff.views import coverage, productions

urlpatterns: list[URLPattern] = [
    path("cases/<int:case_pk>/productions/", productions.ProductionList.as_view(), name="production-list"),
    path("cases/<int:case_pk>/productions/new/", productions.ProductionNew.as_view(), name="production-new"),
    path("productions/<int:pk>/", productions.ProductionDetail.as_view(), name="production-detail"),
    path("productions/<int:pk>/edit/", productions.ProductionEdit.as_view(), name="production-edit"),
    path("productions/<int:pk>/ranges/", productions.ProductionRanges.as_view(), name="production-ranges"),
    path("productions/<int:pk>/tie/", productions.ProductionTie.as_view(), name="production-tie"),
    path("demands/<int:pk>/coverage/", coverage.DemandCoverage.as_view(), name="demand-coverage"),
    path("demands/<int:pk>/coverage/export.csv", coverage.CoverageExport.as_view(), name="demand-coverage-export"),
]
