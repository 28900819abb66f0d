"""The addresses of the staff's screens."""

from __future__ import annotations

from django.contrib.auth import views as auth
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views import View

from discovery.staff.forms.account import PasswordForm, SignInForm
from discovery.staff.views import calendar, captions, cases, datelist, feeds, firmwide, home, papers, people, timeline
from discovery.staff.views import caserecords as rec


def record_paths(name: str, under: str, new: type[View], edit: type[View], remove: type[View]) -> list[URLPattern]:
    """Return the three addresses of a case's records: .../new/, .../<pk>/, .../<pk>/remove/."""
    base = f"cases/<int:case_pk>/{under}/"
    return [
        path(f"{base}new/", new.as_view(), name=f"{name}-new"),
        path(f"{base}<int:pk>/", edit.as_view(), name=f"{name}-edit"),
        path(f"{base}<int:pk>/remove/", remove.as_view(), name=f"{name}-remove"),
    ]


def firm_paths(name: str, under: str, rows: type[View], new: type[View], edit: type[View]) -> list[URLPattern]:
    """Return the three addresses of the firm's records: the list, .../new/, .../<pk>/."""
    return [
        path(f"{under}/", rows.as_view(), name=f"{name}-list"),
        path(f"{under}/new/", new.as_view(), name=f"{name}-new"),
        path(f"{under}/<int:pk>/", edit.as_view(), name=f"{name}-edit"),
    ]


account = [
    path("login/", auth.LoginView.as_view(redirect_authenticated_user=True, authentication_form=SignInForm), name="login"),
    path("logout/", auth.LogoutView.as_view(next_page=reverse_lazy("login")), name="logout"),
    path(
        "password/",
        auth.PasswordChangeView.as_view(
            form_class=PasswordForm,
            template_name="staff/password.html",
            success_url=reverse_lazy("home"),
            extra_context={"heading": _("Change password")},
        ),
        name="password-change",
    ),
]

calendar_feeds = [
    path("feeds/<slug:secret>.ics", feeds.feed_ics, name="feed-ics"),
    path("account/feeds/", feeds.FeedList.as_view(), name="feed-list"),
    path("account/feeds/<int:pk>/revoke/", feeds.FeedRevoke.as_view(), name="feed-revoke"),
]

closures = "courts/<int:court_pk>/closures/"
custodians = "cases/<int:case_pk>/responders/<int:responder_pk>/custodians/new/"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.Home.as_view(), name="home"),
    path("dates/", datelist.DateList.as_view(), name="deadline-list"),
    path("dates/export.csv", datelist.DateExport.as_view(), name="deadline-export"),
    path("calendar/", calendar.Calendar.as_view(), name="calendar"),
    *account,
    *calendar_feeds,
    path("cases/", cases.CaseList.as_view(), name="case-list"),
    path("cases/new/", cases.CaseNew.as_view(), name="case-new"),
    path("cases/<int:case_pk>/", cases.CaseDetail.as_view(), name="case-detail"),
    path("cases/new/caption/", captions.caption_of_new, name="caption-of-new"),
    path("cases/<int:case_pk>/caption/", captions.caption_shown, name="caption-shown"),
    path("cases/<int:case_pk>/edit/", cases.CaseEdit.as_view(), name="case-edit"),
    path("cases/<int:case_pk>/timeline/", timeline.CaseTimeline.as_view(), name="case-timeline"),
    *record_paths("party", "parties", rec.PartyNew, rec.PartyEdit, rec.PartyRemove),
    *record_paths("group", "groups", rec.GroupNew, rec.GroupEdit, rec.GroupRemove),
    *record_paths("appearance", "counsel", rec.AppearanceNew, rec.AppearanceEdit, rec.AppearanceRemove),
    *record_paths("responder", "responders", rec.ResponderNew, rec.ResponderEdit, rec.ResponderRemove),
    path(custodians, rec.CustodianNew.as_view(), name="custodian-new"),
    path("cases/<int:case_pk>/custodians/<int:pk>/", rec.CustodianEdit.as_view(), name="custodian-edit"),
    path("cases/<int:case_pk>/custodians/<int:pk>/remove/", rec.CustodianRemove.as_view(), name="custodian-remove"),
    *record_paths("schedule", "schedule", rec.ScheduleNew, rec.ScheduleEdit, rec.ScheduleRemove),
    *record_paths("related", "related", rec.RelatedNew, rec.RelatedEdit, rec.RelatedRemove),
    *record_paths("member", "members", rec.MemberNew, rec.MemberEdit, rec.MemberRemove),
    *firm_paths("person", "persons", people.PersonList, people.PersonNew, people.PersonEdit),
    *firm_paths("attorney", "attorneys", people.AttorneyList, people.AttorneyNew, people.AttorneyEdit),
    *firm_paths("firm", "firms", people.FirmList, people.FirmNew, people.FirmEdit),
    *firm_paths("court", "courts", firmwide.CourtList, firmwide.CourtNew, firmwide.CourtEdit),
    path(closures, firmwide.ClosureList.as_view(), name="closure-list"),
    path(f"{closures}new/", firmwide.ClosureNew.as_view(), name="closure-new"),
    path(f"{closures}<int:pk>/", firmwide.ClosureEdit.as_view(), name="closure-edit"),
    path(f"{closures}<int:pk>/remove/", firmwide.ClosureRemove.as_view(), name="closure-remove"),
    *firm_paths("clause", "library", firmwide.ClauseList, firmwide.ClauseNew, firmwide.ClauseEdit),
    path("papers/", papers.PaperList.as_view(), name="draft-list"),
    path("", include("discovery.staff.proof_urls")),
    path("", include("discovery.staff.serving_urls")),
    path("", include("discovery.staff.answers_urls")),
    path("", include("discovery.staff.dates_urls")),
    path("", include("discovery.staff.desk_urls")),
    path("", include("discovery.staff.conferral_urls")),
    path("", include("discovery.staff.story_urls")),
    path("", include("discovery.staff.dispute_urls")),
    path("", include("discovery.staff.rulings_urls")),
    path("", include("discovery.staff.productions_urls")),
    path("", include("discovery.staff.matrix_urls")),
    path("", include("discovery.staff.logs_urls")),
    path("", include("discovery.staff.preservation_urls")),
    path("", include("discovery.staff.binder_urls")),
]
