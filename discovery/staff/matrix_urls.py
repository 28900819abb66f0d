"""The addresses of the matrix and its pictures."""

from __future__ import annotations

from django.urls import URLPattern, path

from discovery.staff.views import matrix, picture

urlpatterns: list[URLPattern] = [
    path("cases/<int:case_pk>/matrix/", matrix.CaseMatrix.as_view(), name="case-matrix"),
    path("cases/<int:case_pk>/matrix/csv/", matrix.MatrixExport.as_view(), {"kind": "csv"}, name="matrix-csv"),
    path("cases/<int:case_pk>/matrix/xlsx/", matrix.MatrixExport.as_view(), {"kind": "xlsx"}, name="matrix-xlsx"),
    path("cases/<int:case_pk>/matrix/act/", matrix.MatrixAct.as_view(), name="matrix-act"),
    path("cases/<int:case_pk>/matrix/undo/", matrix.MatrixUndo.as_view(), name="matrix-undo"),
    path("cases/<int:case_pk>/picture/", picture.CasePicture.as_view(), name="case-heat"),
    path("sets/<int:pk>/side-by-side/", picture.SideBySide.as_view(), name="set-matrix"),
]
