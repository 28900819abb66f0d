"""The forms of binders: what one is called and how it is stamped, and a new exhibit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from discovery.domain.binders import PDF_ONLY, Binding, add_tab, change_binder, next_label, start_binder
from discovery.enums import DraftState, PaperKind, TabStamp
from discovery.models import Attachment, Binder, BinderTab, Case, Draft
from discovery.models.choices import translated
from discovery.models.drafts import NAMED
from discovery.staff.forms.base import StaffForm
from discovery.staff.forms.methods import upload_field

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    DraftField = forms.ModelChoiceField[Draft]
else:
    DraftField = forms.ModelChoiceField

FILES_OFFERED = 200
"""The newest papers and attachments are offered; an older file can be attached again."""


class FinishedPaperField(DraftField):
    """A finished paper, told apart from its other versions."""

    def label_from_instance(self, obj: Draft) -> str:
        """Return paper, whom it is about, which version, and when it was made: several drafts may be of one day."""
        version = f", v{obj.approved_version}" if obj.approved_version else ""
        made = date_format(localtime(obj.queued_at), "SHORT_DATETIME_FORMAT")
        return f"{obj.get_paper_display()}: {obj.about}{version}, {made}"


class BinderForm(StaffForm, forms.Form):
    """A binder's title and its stamps."""

    title = forms.CharField(
        label=_("what it is for"), max_length=200, help_text=_("Exhibits to the joint letter on Requests 3 and 4")
    )
    stamp = forms.ChoiceField(label=_("stamp on each page"), choices=translated(TabStamp), initial=TabStamp.EXHIBIT.value)
    bates_prefix = forms.CharField(
        label=_("Bates prefix"), max_length=20, required=False, help_text=_("For Bates numbers: OPENAI_")
    )
    bates_start = forms.IntegerField(label=_("first number"), min_value=1, max_value=2_000_000_000, initial=1)
    bates_digits = forms.IntegerField(label=_("digits"), min_value=1, max_value=12, initial=6)
    layout = ((_("The binder"), ("title",)), (_("Stamps"), ("stamp", "bates_prefix", "bates_start", "bates_digits")))
    widths = {"title": 12, "stamp": 4, "bates_prefix": 4, "bates_start": 2, "bates_digits": 2}

    def binding(self) -> Binding:
        """Return what was typed."""
        return Binding(**self.cleaned_data)

    def start(self, case: Case, *, by: User) -> Binder | None:
        """Start a binder; None when it was refused, which stands at its field."""
        return self.attempt(lambda: start_binder(case, self.binding(), by=by))

    def change(self, binder: Binder, *, by: User) -> Binder | None:
        """Change one."""
        return self.attempt(lambda: change_binder(binder, self.binding(), by=by))


class TabForm(StaffForm, forms.Form):
    """A new exhibit: a finished paper, an attached PDF, or one that is attached now."""

    label = forms.CharField(label=_("label"), max_length=12, required=False)
    title = forms.CharField(label=_("what it is"), max_length=200, help_text=_("As the index names it: Letter of July 8, 2025"))
    draft = FinishedPaperField(queryset=Draft.objects.none(), required=False, label=_("a finished paper"))
    attachment = forms.ModelChoiceField(queryset=Attachment.objects.none(), required=False, label=_("or a PDF of this case"))
    upload = upload_field(_("or a PDF from your computer"), PDF_ONLY)
    widths = {"label": 2, "title": 10, "draft": 6, "attachment": 6, "upload": 12}

    def __init__(self, *args: Any, binder: Binder, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.binder = binder
        papers = Draft.objects.filter(case=binder.case_id, state=DraftState.READY.value).exclude(paper=PaperKind.BINDER.value)
        papers = papers.select_related(*NAMED)
        attached = Attachment.objects.filter(case=binder.case_id, media_type="application/pdf")
        drafts, attachments = self.fields["draft"], self.fields["attachment"]
        assert isinstance(drafts, forms.ModelChoiceField)
        assert isinstance(attachments, forms.ModelChoiceField)
        drafts.queryset = papers.filter(pk__in=list(papers.order_by("-pk").values_list("pk", flat=True)[:FILES_OFFERED]))
        drafts.empty_label = attachments.empty_label = _("None")
        attachments.queryset = attached.filter(pk__in=list(attached.order_by("-pk").values_list("pk", flat=True)[:FILES_OFFERED]))
        free = next_label([tab.label for tab in binder.tabs.all()])
        self.fields["label"].widget.attrs["placeholder"] = free

    def add(self, *, by: User) -> BinderTab | None:
        """Add it; None when it was refused, which stands at its field."""
        typed = self.cleaned_data
        return self.attempt(
            lambda: add_tab(
                self.binder,
                title=typed["title"],
                label=typed["label"],
                draft=typed["draft"],
                attachment=typed["attachment"],
                upload=typed["upload"],
                by=by,
            )
        )
