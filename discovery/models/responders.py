"""Responding parties: persons from whom discovery is sought in a case, with their custodians."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from discovery.models.base import CaseBoundQuerySet, Recorded
from discovery.models.cases import Case, CaseParty
from discovery.models.counsel import Attorney
from discovery.models.people import Address, Person


class RespondingParty(Recorded):
    """A person from whom discovery is sought in a case, party to it or not."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="responding_parties")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="responding_parties", verbose_name=_("person"))
    counsel = models.ManyToManyField(Attorney, blank=True, related_name="represents_responders", verbose_name=_("counsel"))
    serve_at = models.ForeignKey(
        Address,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("address for service"),
        help_text=_("An address of the person or of its registered agent"),
    )
    notes = models.TextField(_("notes"), blank=True)

    objects = CaseBoundQuerySet["RespondingParty"].as_manager()

    class Meta:
        ordering = ["case", "person__name", "pk"]
        verbose_name, verbose_name_plural = _("responding party"), _("responding parties")
        constraints = [models.UniqueConstraint(fields=["case", "person"], name="responder_once_per_case")]
        indexes = [models.Index(fields=["person", "case"], name="responder_by_person")]

    def __str__(self) -> str:
        return self.person.name

    def clean(self) -> None:
        """Refuse an address that is neither the person's nor its registered agent's."""
        if self.serve_at is not None and self.serve_at.person_id not in {self.person_id, self.person.registered_agent_id}:
            raise ValidationError({"serve_at": _("Choose an address of this person or of its registered agent.")})

    def party(self) -> CaseParty | None:
        """Return the person's standing as a party of this case today, or None for a non-party."""
        return CaseParty.objects.filter(case_id=self.case_id, person_id=self.person_id, left_on__isnull=True).first()


class CustodianQuerySet(CaseBoundQuerySet["Custodian"]):
    """Custodians, seen through their responding party."""

    case_path = "responding_party__case_id"


class Custodian(models.Model):
    """A natural person whose files a responding party holds."""

    responding_party = models.ForeignKey(RespondingParty, on_delete=models.CASCADE, related_name="custodians")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="custodianships", verbose_name=_("person"))
    title = models.CharField(_("title"), max_length=100, blank=True)

    objects = CustodianQuerySet.as_manager()

    class Meta:
        ordering = ["responding_party", "person__name"]
        verbose_name, verbose_name_plural = _("custodian"), _("custodians")
        constraints = [models.UniqueConstraint(fields=["responding_party", "person"], name="custodian_once")]

    def __str__(self) -> str:
        return self.person.name
