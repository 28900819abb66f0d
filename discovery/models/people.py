"""Persons: natural persons and organizations, with addresses, agents and how they stand to one another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from discovery.enums import AddressKind, PersonKind, RelationKind
from discovery.models.base import Recorded, cases_edited_by, cases_seen_by
from discovery.models.choices import one_of, translated

if TYPE_CHECKING:
    from discovery.models.base import Reader


class PersonQuerySet(models.QuerySet["Person"]):
    """A person is seen through the cases he, she or it stands in, or by who wrote the record down."""

    def visible_to(self, user: Reader) -> Self:
        """Return persons of the user's cases (party, responder, agent, custodian) and those the user recorded."""
        seen = cases_seen_by(user)
        tied = Person.objects.filter(
            Q(case_parties__case_id__in=seen)
            | Q(responding_parties__case_id__in=seen)
            | Q(custodianships__responding_party__case_id__in=seen)
            | Q(agent_for__case_parties__case_id__in=seen)
            | Q(agent_for__responding_parties__case_id__in=seen)
            | Q(created_by_id=user.pk or 0)
        )
        return self.filter(pk__in=tied.values("pk"))

    def editable_by(self, user: Reader) -> Self:
        """Return visible persons that stand in no case which the user may not edit: a change shows on that case's papers."""
        mine = cases_edited_by(user)
        elsewhere = Person.objects.filter(
            Q(case_parties__isnull=False) & ~Q(case_parties__case_id__in=mine)
            | Q(responding_parties__isnull=False) & ~Q(responding_parties__case_id__in=mine)
        )
        return self.visible_to(user).exclude(pk__in=elsewhere.values("pk"))


class Person(Recorded):
    """A natural person or an organization."""

    kind = models.CharField(_("kind"), max_length=10, choices=translated(PersonKind), default=PersonKind.ENTITY.value)
    name = models.CharField(_("name"), max_length=200, help_text=_("As papers print it: Meta Platforms, Inc."))
    description = models.CharField(
        _("description"),
        max_length=200,
        blank=True,
        help_text=_("As captions print it: a Delaware limited liability company"),
    )
    other_names = models.TextField(_("other names"), blank=True, help_text=_("Other spellings and names, one a line"))
    email = models.EmailField(_("e-mail"), blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    registered_agent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="agent_for",
        verbose_name=_("registered agent"),
    )
    notes = models.TextField(_("notes"), blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+")

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name, verbose_name_plural = _("person"), _("persons")
        constraints = [
            one_of("kind", PersonKind, "person_kind_known"),
            models.CheckConstraint(condition=~Q(name=""), name="person_has_name"),
            models.CheckConstraint(
                condition=Q(registered_agent__isnull=True) | ~Q(registered_agent=F("id")), name="person_not_own_agent"
            ),
        ]
        indexes = [models.Index(fields=["name"], name="person_by_name")]

    def __str__(self) -> str:
        return self.name


class Address(models.Model):
    """Where a person lives, does business or can be served."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="addresses")
    kind = models.CharField(_("kind"), max_length=10, choices=translated(AddressKind), default=AddressKind.BUSINESS.value)
    street = models.CharField(_("street"), max_length=200)
    city = models.CharField(_("city"), max_length=100)
    state = models.CharField(_("state"), max_length=40, blank=True)
    postal_code = models.CharField(_("ZIP or postal code"), max_length=12, blank=True)
    country = models.CharField(_("country"), max_length=60, blank=True, help_text=_("Empty for the United States"))

    class Meta:
        ordering = ["kind", "pk"]
        verbose_name, verbose_name_plural = _("address"), _("addresses")
        constraints = [one_of("kind", AddressKind, "address_kind_known")]

    def __str__(self) -> str:
        return ", ".join(self.lines())

    def lines(self) -> list[str]:
        """Return the address as it goes on an envelope: street; city, state ZIP; country."""
        place = " ".join(part for part in (self.state, self.postal_code) if part)
        return [line for line in (self.street, ", ".join(part for part in (self.city, place) if part), self.country) if line]


class Relation(models.Model):
    """How one person stands to another: "Mark Zuckerberg, officer of Meta Platforms, Inc."."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(_("relation"), max_length=12, choices=translated(RelationKind))
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="relations_to", verbose_name=_("to whom"))
    title = models.CharField(_("title"), max_length=100, blank=True, help_text=_("Chief Executive Officer"))
    since = models.DateField(_("since"), null=True, blank=True)

    class Meta:
        ordering = ["person", "kind", "pk"]
        verbose_name, verbose_name_plural = _("relation"), _("relations")
        constraints = [
            one_of("kind", RelationKind, "relation_kind_known"),
            models.UniqueConstraint(fields=["person", "kind", "other"], name="relation_once"),
            models.CheckConstraint(condition=~Q(person=F("other")), name="relation_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_kind_display()} {self.other}"
