"""The addresses of the desk: subpoenas, sets, papers and batches."""

from __future__ import annotations

from django.urls import URLPattern, path

from discovery.staff.views import batches, checks, demands, drafts, exhibits, review, sets, starting, subpoenas, testimony

urlpatterns: list[URLPattern] = [
    path("subpoenas/", demands.subpoena_list, name="subpoena-list"),
    path("subpoenas/export.csv", demands.subpoena_export, name="subpoena-export"),
    path("subpoenas/batch/", batches.subpoena_batch, name="subpoena-batch"),
    path("cases/<int:case_pk>/subpoenas/new/", starting.subpoena_new, name="subpoena-new"),
    path("cases/<int:case_pk>/testimony/<slug:kind>/new/", starting.testimony_new, name="testimony-new"),
    path("subpoenas/<int:pk>/testimony/", testimony.testimony_form, name="testimony-form"),
    path("subpoenas/<int:pk>/", subpoenas.subpoena_detail, name="subpoena-detail"),
    path("subpoenas/<int:pk>/schedule/", subpoenas.subpoena_schedule, name="subpoena-schedule"),
    path("subpoenas/<int:pk>/form/", subpoenas.subpoena_form, name="subpoena-form"),
    path("subpoenas/<int:pk>/notice/", subpoenas.notice_edit, name="notice-edit"),
    path("subpoenas/<int:pk>/review/", review.subpoena_review, name="subpoena-review"),
    path("subpoenas/<int:pk>/checks/", checks.demand_checks, name="demand-checks"),
    path("subpoenas/<int:pk>/checks/override/", checks.finding_override, name="finding-override"),
    path("subpoenas/<int:pk>/submit/", subpoenas.subpoena_submit, name="subpoena-submit"),
    path("subpoenas/<int:pk>/return/", subpoenas.subpoena_return, name="subpoena-return"),
    path("subpoenas/<int:pk>/approve/", subpoenas.subpoena_approve, name="subpoena-approve"),
    path("subpoenas/<int:pk>/reopen/", subpoenas.subpoena_reopen, name="subpoena-reopen"),
    path("subpoenas/<int:pk>/withdraw/", subpoenas.subpoena_withdraw, name="subpoena-withdraw"),
    path("subpoenas/<int:pk>/make/", subpoenas.subpoena_make, name="subpoena-make"),
    path("sets/<int:pk>/", sets.set_detail, name="set-detail"),
    path("sets/<int:pk>/fields/", sets.set_fields, name="set-fields"),
    path("sets/<int:pk>/edit/", sets.set_edit, name="set-edit"),
    path("sets/<int:set_pk>/exhibit/add/", exhibits.exhibit_add, name="exhibit-add"),
    path("sets/<int:set_pk>/exhibit/<int:pk>/", exhibits.exhibit_show, name="exhibit-show"),
    path("sets/<int:set_pk>/exhibit/<int:pk>/edit/", exhibits.exhibit_edit, name="exhibit-edit"),
    path("sets/<int:set_pk>/exhibit/<int:pk>/remove/", exhibits.exhibit_remove, name="exhibit-remove"),
    path("sets/<int:set_pk>/<slug:kind>/add/", sets.item_add, name="item-add"),
    path("sets/<int:set_pk>/<slug:kind>/paste/", sets.item_paste, name="item-paste"),
    path("sets/<int:set_pk>/<slug:kind>/<int:pk>/", sets.item_show, name="item-show"),
    path("sets/<int:set_pk>/<slug:kind>/<int:pk>/edit/", sets.item_edit, name="item-edit"),
    path("sets/<int:set_pk>/<slug:kind>/<int:pk>/move/", sets.item_move, name="item-move"),
    path("sets/<int:set_pk>/<slug:kind>/<int:pk>/remove/", sets.item_remove, name="item-remove"),
    path("papers/<slug:paper>/<int:pk>/make/", drafts.paper_make, name="paper-make"),
    path("drafts/<int:pk>/", drafts.draft_detail, name="draft-detail"),
    path("drafts/<int:pk>/status/", drafts.draft_status, name="draft-status"),
    path("drafts/<int:pk>/file/", drafts.draft_file, name="draft-file"),
    path("drafts/<int:pk>/how/", drafts.draft_how, name="draft-how"),
    path("drafts/<int:pk>/retry/", drafts.draft_retry, name="draft-retry"),
    path("batches/<int:pk>/", batches.batch_detail, name="batch-detail"),
    path("batches/<int:pk>/status/", batches.batch_status, name="batch-status"),
    path("batches/<int:pk>/zip/", batches.batch_zip, name="batch-zip"),
]
