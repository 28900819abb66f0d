"""Persons: natural persons and organizations, with addresses, agents and how they stand to one another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from discovery.enums import AddressKind, PersonKind, RelationKind
from discovery.models.base import Recorded, cases_edited_by, cases_seen_by
from discovery.models.choices import one_of, translated

if TYPE_CHECKING:
    from discovery.models.base import Reader
    from discovery.models.membership import CaseMembership


class PersonQuerySet(models.QuerySet["Person"]):
    """A person is seen through the cases he, she or it stands in; one that stands in none, by who wrote the record down."""

    def visible_to(self, user: Reader) -> Self:
        """Return persons of the user's cases (party, responder, custodian, agent of one), and the user's own loose records."""
        tied = _standing_in(cases_seen_by(user))
        agents = Person.objects.filter(pk__in=tied).values("registered_agent")
        # A person who stands in a case is seen only through that case, whatever relation somebody recorded.
        anywhere = _standing_in(None)
        related = Relation.objects.filter(other__in=tied).exclude(person__in=anywhere).values("person")
        loose = Person.objects.filter(created_by_id=user.pk or 0).exclude(pk__in=anywhere)
        return self.filter(Q(pk__in=tied) | Q(pk__in=agents) | Q(pk__in=related) | Q(pk__in=loose.values("pk")))

    def editable_by(self, user: Reader) -> Self:
        """Return visible persons that stand in no case which the user may not edit: a change shows on that case's papers."""
        mine = cases_edited_by(user)
        elsewhere = _standing_in(mine, outside=True)
        agents = Person.objects.filter(pk__in=elsewhere).values("registered_agent")
        # Through Person once more, since NOT IN a list with a NULL in it (nobody's agent) finds nothing at all.
        theirs = Person.objects.filter(pk__in=agents).values("pk")
        return self.visible_to(user).exclude(pk__in=elsewhere).exclude(pk__in=theirs)


def _standing_in(cases: models.QuerySet[CaseMembership, Any] | None, *, outside: bool = False) -> models.QuerySet[Person, Any]:
    """Return the ids of persons that stand in one of the cases (None: in any; `outside`: in one that is not among them)."""

    def rows(model: Any, path: str, who: str = "person") -> models.QuerySet[Any, Any]:
        found = model._default_manager.all()
        if cases is not None:
            found = found.exclude(**{f"{path}__in": cases}) if outside else found.filter(**{f"{path}__in": cases})
        return found.values(who)  # type: ignore[no-any-return]

    parties = rows(apps.get_model("discovery", "CaseParty"), "case_id")
    responders = rows(apps.get_model("discovery", "RespondingParty"), "case_id")
    custodians = rows(apps.get_model("discovery", "Custodian"), "responding_party__case_id")
    warned = rows(apps.get_model("discovery", "PreservationDemand"), "case_id", "recipient")
    among = Q(pk__in=parties) | Q(pk__in=responders) | Q(pk__in=custodians) | Q(pk__in=warned)
    standing = Person.objects.filter(among)
    return standing.values("pk")


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


class AddressQuerySet(models.QuerySet["Address"]):
    """Addresses, seen and changed through their person."""

    def visible_to(self, user: Reader) -> Self:
        """Return the addresses of visible persons."""
        return self.filter(person__in=Person.objects.visible_to(user).values("pk"))

    def editable_by(self, user: Reader) -> Self:
        """Return the addresses of persons the user may change."""
        return self.filter(person__in=Person.objects.editable_by(user).values("pk"))


class Address(models.Model):
    """Where a person lives, does business or can be served."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="addresses")
    kind = models.CharField(_("kind"), max_length=10, choices=translated(AddressKind), default=AddressKind.BUSINESS.value)
    street = models.CharField(_("street"), max_length=200)
    city = models.CharField(_("city"), max_length=100)
    state = models.CharField(_("state"), max_length=40, blank=True)
    postal_code = models.CharField(_("ZIP or postal code"), max_length=12, blank=True)
    country = models.CharField(_("country"), max_length=60, blank=True, help_text=_("Empty for the United States"))

    objects = AddressQuerySet.as_manager()

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


class RelationQuerySet(models.QuerySet["Relation"]):
    """Relations, seen by those who see both persons."""

    def visible_to(self, user: Reader) -> Self:
        """Return relations between visible persons."""
        seen = Person.objects.visible_to(user).values("pk")
        return self.filter(person__in=seen, other__in=seen)

    def editable_by(self, user: Reader) -> Self:
        """Return visible relations of persons the user may change."""
        return self.visible_to(user).filter(person__in=Person.objects.editable_by(user).values("pk"))


class Relation(models.Model):
    """How one person stands to another: "Mark Zuckerberg, officer of Meta Platforms, Inc."."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(_("relation"), max_length=12, choices=translated(RelationKind))
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="relations_to", verbose_name=_("to whom"))
    title = models.CharField(_("title"), max_length=100, blank=True, help_text=_("Chief Executive Officer"))
    since = models.DateField(_("since"), null=True, blank=True)

    objects = RelationQuerySet.as_manager()

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
