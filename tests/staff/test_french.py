"""The French screens: every word translated, every screen free of English, papers untouched by the reader's language."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polib
import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import capfirst

from discovery.domain.approval import approve
from discovery.domain.composing.memo import compose_memo
from discovery.domain.composing.subpoena import PARTS, compose, compose_live
from discovery.domain.dates.deadlines import extend
from discovery.domain.dates.feeds import make_feed
from discovery.domain.demo.loading import load_demo
from discovery.domain.disputes.orders import enter_order
from discovery.domain.records import add_record
from discovery.enums import DemandStatus, ScheduleKind
from discovery.models import CourtClosure, Deadline, Demand, Extension, Order, RequestSet, ScheduleEntry
from discovery.papers.rendering import render
from discovery.papers.snapshots import from_json, to_json
from tests.access import areas
from tests.domain.lives import live
from tests.factories import World, make_user
from tests.staff import dates, serving
from tests.staff.desk import queued, ready

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

    from django.test.client import _MonkeyPatchedWSGIResponse as Response

CATALOG = Path(settings.BASE_DIR) / "locale" / "fr" / "LC_MESSAGES" / "django.po"
SOURCES = ("discovery", "lawsuit", "templates")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}|</?\w+>")
PLAIN_SPACE = re.compile(r"« | »| [:;?!](\s|$|<)")
"""French sets these marks off by a space at which no line may break."""

Key = tuple[str | None, str, str]


def _key(entry: polib.POEntry) -> Key:
    return entry.msgctxt, entry.msgid, entry.msgid_plural or ""


def _texts(entry: polib.POEntry) -> list[str]:
    """Return the translation; of a plural both forms."""
    return [entry.msgstr_plural[0], entry.msgstr_plural[1]] if entry.msgid_plural else [entry.msgstr]


def _placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    """Leave the language as it was: a request sets it for its thread and nobody sets it back."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="module")
def catalog() -> polib.POFile:
    return polib.pofile(str(CATALOG))


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="needs gettext's xgettext")
def test_the_catalogue_holds_the_words_of_the_sources_and_no_others(catalog: polib.POFile, tmp_path: Path) -> None:
    for name in SOURCES:
        shutil.copytree(Path(settings.BASE_DIR) / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "locale").mkdir()
    command = [sys.executable, "-m", "django", "makemessages", "-l", "fr", "--no-location", "-v", "0"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, env={"PATH": "/usr/local/bin:/usr/bin:/bin"})

    found = polib.pofile(str(tmp_path / "locale" / "fr" / "LC_MESSAGES" / "django.po"))

    assert sorted(map(str, map(_key, catalog))) == sorted(map(str, map(_key, found)))


def test_every_word_is_translated(catalog: polib.POFile) -> None:
    left = [entry.msgid for entry in catalog if entry.obsolete or entry.fuzzy or not all(_texts(entry))]

    assert left == []
    assert catalog.metadata["Plural-Forms"] == "nplurals=2; plural=(n > 1);"


def test_placeholders_are_kept(catalog: polib.POFile) -> None:
    for entry in catalog:
        *singular, last = _texts(entry)
        assert _placeholders(last) == _placeholders(entry.msgid_plural or entry.msgid), entry.msgid
        for text in singular:
            assert _placeholders(text) == _placeholders(entry.msgid), entry.msgid


def test_marks_are_typographic(catalog: polib.POFile) -> None:
    texts = [text for entry in catalog for text in _texts(entry)]

    assert [text for text in texts if "'" in text or '"' in text or "“" in text] == []
    assert [text for text in texts if PLAIN_SPACE.search(text)] == []


def test_the_compiled_catalogue_is_the_written_one(catalog: polib.POFile) -> None:
    compiled = polib.mofile(str(CATALOG.with_suffix(".mo")))

    assert {_key(entry): _texts(entry) for entry in compiled} == {_key(entry): _texts(entry) for entry in catalog}
    assert compiled.metadata == catalog.metadata


VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}

# The screens ----------------------------------------------------------------------------------------------------------


class _Words(HTMLParser):
    """Collects what people read or hear: texts between tags, and the attributes that are shown or spoken.

    What a page marks as English is left out: the law's own words stay in the language of the court.
    """

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.marked: list[str] = []  # the open tags from one with lang="en" on

    def add(self, text: str) -> None:
        if not self.marked:
            self.found.add(re.sub(r"[ \t\r\n]+", " ", text).strip(" "))  # no-break spaces stay

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if (self.marked or dict(attrs).get("lang") == "en") and tag not in VOID:
            self.marked.append(tag)
        spoken = {"aria-label", "title", "placeholder", "data-label", "alt", "data-gone", "data-signed-out", "data-word"}
        for name, value in attrs:
            if name in spoken and value:
                self.add(value)

    def handle_endtag(self, tag: str) -> None:
        if self.marked and self.marked[-1] == tag:
            self.marked.pop()

    def handle_data(self, data: str) -> None:
        self.add(data)


def _words(response: Response) -> set[str]:
    parser = _Words()
    parser.feed(response.text)
    return parser.found


def _in_french() -> Client:
    return Client(headers={"accept-language": "fr-CA,fr;q=0.9,en;q=0.5"})


def _english_left(response: Response, catalog: polib.POFile) -> set[str]:
    """Return the words of a French page that are English words of the catalogue, as written or with a capital.

    "English" itself stays: the way back names the language in its own words.
    """
    french = {capfirst(text) for entry in catalog for text in _texts(entry)}
    english = {entry.msgid for entry in catalog if capfirst(entry.msgid) not in french} - {"English"}
    return _words(response) & (english | {capfirst(word) for word in english})


def test_the_sign_in_page_follows_the_browser(db: None, catalog: polib.POFile) -> None:
    page = _in_french().get("/login/")

    assert '<html lang="fr"' in page.text
    assert {"Se connecter", "Mot de passe"} <= _words(page)
    assert _english_left(page, catalog) == set()
    assert not re.search(r"\b(Sign in|Password|User name)\b", page.text)


SCREENS = {
    "home": ("/", {"Aujourd’hui", "À traiter", "Nos échéances", "Mes affaires", "1 sommation en cours"}),
    "case": ("/cases/{case}/", {"Parties répondantes", "Dates fixées par le tribunal", "lun 1 mars 2027", "5 août 2024"}),
    "case-edit": ("/cases/{case}/edit/", {"Modifier l’affaire", "Enregistrer", "Annuler"}),
    "timeline": ("/cases/{case}/timeline/", {"Chronologie", "Toutes les opérations"}),
    "responder-new": ("/cases/{case}/responders/new/", {"Ajouter une partie répondante"}),
    "member-new": ("/cases/{case}/members/new/", {"Lecteur\u00a0: voit tout, ne modifie rien"}),
    "persons": ("/persons/", {"Personnes", "Personne physique", "Agent enregistré"}),
    "attorneys": ("/attorneys/", {"Avocats", "Cabinets", "Courriel"}),
    "papers": ("/papers/", {"Actes", "Prêt", "BROUILLON"}),
    "subpoenas": ("/subpoenas/", {"Subpoenas et séries entre parties", "Filtrer", "Échéance", "02/07/2025 17:00"}),
    "subpoena-new": ("/cases/{case}/subpoenas/new/", {"Qui doit produire", "Point de départ de l’Annexe A"}),
    "subpoena": ("/subpoenas/{demand}/", {"Subpoena adressé à Witness Corp.", "Générer le PDF", "2 juillet 2025, 17:00 PST"}),
    "schedule": ("/subpoenas/{demand}/schedule/", {"Ajouter une demande", "Ajouter une liste de pièces"}),
    "form": ("/subpoenas/{demand}/form/", {"Tribunal émetteur", "Lieu d’exécution", "Enregistrer et vérifier"}),
    "notice": ("/subpoenas/{demand}/notice/", {"Certificat de signification de l’avis", "Courrier postal"}),
    "review": ("/subpoenas/{demand}/review/", {"Votre décision", "Approuver", "Relecture\u00a0: subpoena adressé à Witness Corp."}),
    "draft": ("/drafts/{draft}/", {"Witness Corp.\u00a0: BROUILLON", "Télécharger le PDF"}),
    "how": ("/drafts/{draft}/how/", {"Instantané (SHA-256)", "Secondes\u00a0: mise en page", "0,250"}),
    "password": ("/password/", {"Changer le mot de passe"}),
}


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_is_french_throughout(name: str, world: World, catalog: polib.POFile, bells: list[int]) -> None:
    subpoena = world.subpoena(name="Text for Witness")
    ScheduleEntry.objects.create(case=world.case, kind=ScheduleKind.TRIAL.value, day=date(2027, 3, 1))
    draft = ready(queued(subpoena.demand, world.alice))
    address, wanted = SCREENS[name]
    client = Client()
    client.force_login(world.alice)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "fr"

    page = client.get(address.format(case=world.case.pk, demand=subpoena.demand.pk, draft=draft.pk))

    assert (page.status_code, page["Content-Language"]) == (200, "fr")
    assert '<html lang="fr"' in page.text
    assert wanted - _words(page) == set()
    assert _english_left(page, catalog) == set()


def _closed(world: World) -> str:
    deadline = dates.objections(world)
    dates.close(world, deadline)
    return dates.url(deadline)


def _extended(world: World) -> str:
    deadline = dates.objections(world)
    told = Extension(kind="date", to_date=date(2025, 7, 9), needs_approval=True, **dates.AGREED)
    extend(deadline, told, by=world.alice)
    return dates.url(deadline)


def _ordered(world: World) -> str:
    told: dict[str, Any] = {
        "entered_on": date(2025, 7, 3),
        "comply_by": date(2025, 7, 10),
        "commands": "Produce the e-mails",
        "binds_us": True,
    }
    order = enter_order(Order(case=world.case, title="Order granting the motion", **told), by=world.alice)
    return reverse("order-edit", args=[world.case.pk, order.pk])


def _case(world: World) -> str:
    _ordered(world)
    dates.objections(world)
    RequestSet.objects.update(name="Text for Witness")
    return reverse("case-detail", args=[world.case.pk])


def _today(world: World) -> str:
    dates.by_hand(world, "Talk to the custodian", timezone.localdate() + timedelta(days=9))
    dates.close(world, dates.objections(world))
    return reverse("home")


def _calendar(world: World) -> str:
    dates.objections(world)
    return f"{reverse('calendar')}?view=month&day=2025-07-04"


def _agenda(world: World) -> str:
    dates.objections(world)
    return f"{reverse('calendar')}?view=agenda&day=2025-07-01"


def _date_list(world: World) -> str:
    dates.objections(world)
    dates.by_hand(world)
    return f"{reverse('deadline-list')}?whose=ours&owner=none"


def _all_dates(world: World) -> str:
    dates.objections(world)
    dates.by_hand(world)
    return reverse("case-dates", args=[world.case.pk])


def _served(world: World) -> str:
    demand = serving.served(world)
    RequestSet.objects.update(name="Text for Witness")
    return reverse("subpoena-detail", args=[demand.pk])


def _closures(world: World) -> str:
    court = world.case.court
    CourtClosure.objects.create(court=court, day=date(2025, 7, 7), name="Flood", source="General Order 72")
    return reverse("closure-list", args=[court.pk])


def _feeds(world: World) -> str:
    make_feed("Phone", by=world.alice)
    return reverse("feed-list")


DATED: dict[str, tuple[Callable[[World], str], set[str]]] = {
    "case": (_case, {"Prochaines dates", "Ordonnances", "à exécuter au plus tard le 10/07/2025"}),
    "dates": (_all_dates, {"Échéances", "Qui doit agir", "Ouverte", "Saisir une date à la main"}),
    "today": (_today, {"Nos échéances", "Dans 4 à 10 jours", "Autres échéances, et décisions à prendre"}),
    "calendar": (_calendar, {"Calendrier", "Mois", "juillet 2025", "mercredi"}),
    "agenda": (_agenda, {"Agenda", "Parcourir le calendrier", "mer 2 juil. 2025"}),
    "date-list": (_date_list, {"À qui d’agir", "Toutes en cours", "Nous"}),
    "date": (lambda world: dates.url(dates.objections(world)), {"Comment la date a été calculée", "mercredi 2 juillet 2025"}),
    "date-proposed": (_closed, {"Une autre date est proposée", "avant\u00a0:"}),
    "date-refused": (lambda world: dates.url(dates.refused(world)), {"Le droit enregistré ne donne aucune date"}),
    "date-extended": (_extended, {"Prorogations", "En attente du tribunal"}),
    "date-new": (lambda world: reverse("deadline-new", args=[world.case.pk]), {"Saisir une date à la main", "Origine de la date"}),
    "date-extend": (lambda world: dates.url(dates.objections(world), "extend"), {"Enregistrer la prorogation", "De combien"}),
    "date-order": (lambda world: dates.url(dates.objections(world), "order"), {"Enregistrer la date du tribunal"}),
    "date-by-hand": (lambda world: dates.url(dates.refused(world), "by-hand"), {"Saisir la date à la main"}),
    "date-done": (lambda world: dates.url(dates.objections(world), "done"), {"Marquer comme fait", "Ce qui le montre"}),
    "checks": (lambda world: reverse("demand-checks", args=[world.subpoena().demand.pk]), {"Avertissements", "Écarter…"}),
    "service": (lambda world: reverse("service-record", args=[serving.approved(world).pk]), {"Enregistrer la signification"}),
    "served": (
        _served,
        {"Signification et échéances", "jour par jour"},
    ),
    "set-log": (lambda world: reverse("set-log", args=[world.case.pk]), {"Enregistrer une série signifiée", "Qui doit répondre"}),
    "demand": (lambda world: reverse("demand-detail", args=[serving.logged(world).pk]), {"Qui demande", "Qui doit répondre"}),
    "response": (lambda world: reverse("response-new", args=[serving.logged(world).pk]), {"Enregistrer une réponse"}),
    "order-new": (lambda world: reverse("order-new", args=[world.case.pk]), {"Enregistrer une ordonnance", "Ce qu’elle ordonne"}),
    "order": (_ordered, {"Corriger l’ordonnance enregistrée"}),
    "closures": (_closures, {"Ce qui s’est passé", "tout calcul"}),
    "closure-new": (lambda world: reverse("closure-new", args=[world.case.court.pk]), {"Ajouter une fermeture"}),
    "feeds": (_feeds, {"Calendriers et rappels", "Révoquer…", "jamais"}),
}
"""Screens of due dates and what they follow from: what the case must hold, and the words that they must show."""


@pytest.mark.parametrize("name", DATED)
def test_a_screen_of_dates_is_french_throughout(name: str, world: World, catalog: polib.POFile) -> None:
    made, wanted = DATED[name]
    world.alice.is_staff = True
    world.alice.save()
    address = made(world)
    client = Client()
    client.force_login(world.alice)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "fr"

    page = client.get(address)

    assert (page.status_code, page["Content-Language"]) == (200, "fr")
    assert wanted - _words(page) == set()
    assert _english_left(page, catalog) == set()


@pytest.mark.parametrize("area", areas.MODULES, ids=lambda area: area.__name__.rpartition(".")[2])
def test_the_screens_of_an_area_are_french_throughout(area: ModuleType, world: World, catalog: polib.POFile) -> None:
    client = Client()
    client.force_login(world.alice)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "fr"

    pages = {name: client.get(address) for name, address in area.addresses(world).items()}
    shown = {name: page for name, page in pages.items() if page.status_code == 200 and page["Content-Type"].startswith("text/html")}

    assert shown != {}
    assert {name: left for name, page in shown.items() if (left := _english_left(page, catalog))} == {}


def test_the_picture_of_a_case_is_drawn_the_same_in_every_language(world: World) -> None:
    live(world)
    client = Client()
    client.force_login(world.alice)

    drawn = []
    for language in ("en", "fr"):
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        page = client.get(reverse("case-story", args=[world.case.pk])).text
        drawn.append(re.findall(r' (?:x|y|x1|x2|y1|y2|cx|cy)="([^"]*)"', page))

    assert drawn[0] == drawn[1] != []


def test_the_table_of_moved_dates_is_french(world: World, catalog: polib.POFile) -> None:
    row = add_record(ScheduleEntry(case=world.case, kind="fact_cutoff", day="2025-08-04", source="Dkt. 146"), by=world.alice)
    client = Client()
    client.force_login(world.alice)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "fr"

    page = client.post(
        reverse("schedule-edit", args=[world.case.pk, row.pk]),
        {"kind": "fact_cutoff", "day": "2025-08-05", "source": "Dkt. 150"},
    )

    assert page.status_code == 422
    assert {"Jusqu’ici", "Désormais", "Enregistrer et déplacer ces échéances"} <= _words(page)
    assert _english_left(page, catalog) == set()


def test_what_the_law_refuses_is_said_in_french(world: World) -> None:
    client = Client()
    client.force_login(world.alice)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "fr"

    page = client.get(dates.url(dates.refused(world)))

    assert any(words.startswith("Il n’existe pas de jeu de règles «\u00a0FRCP-ATLANTIS\u00a0».") for words in _words(page))


def test_a_refusal_is_french(world: World) -> None:
    client = Client()
    client.force_login(world.bob)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "fr"

    page = client.get(reverse("member-new", args=[world.case.pk]))

    assert page.status_code == 403
    assert "Seuls les propriétaires de l’affaire décident de qui en est membre." in _words(page)


def test_a_page_that_is_not_there_is_french(world: World) -> None:
    client = Client()
    client.force_login(world.charlie)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "fr"

    page = client.get(reverse("case-detail", args=[world.case.pk]))

    assert page.status_code == 404
    assert "Il n’y a rien ici pour vous" in _words(page)


# Papers follow the court's language, never the reader's -----------------------------------------------------------------


def _snapshot(demand: Demand, paper: str, language: str) -> str:
    with translation.override(language):
        return to_json(compose(Demand.objects.get(pk=demand.pk), paper))


@pytest.mark.parametrize("paper", PARTS)
def test_a_paper_is_composed_the_same_in_every_language(paper: str, db: None, bells: list[int]) -> None:
    load_demo(owner=make_user("alice"))

    for demand in Demand.objects.filter(subpoena__isnull=False):
        english = _snapshot(demand, paper, "en")
        assert _snapshot(demand, paper, "fr") == english
        assert from_json(english).language == "en-US"


def test_a_memo_is_composed_the_same_in_every_language(world: World) -> None:
    deadline = dates.objections(world)

    english = to_json(compose_memo(deadline))
    with translation.override("fr"):
        french = to_json(compose_memo(Deadline.objects.get(pk=deadline.pk)))

    assert french == english


def test_what_is_approved_in_french_is_what_is_approved_in_english(world: World) -> None:
    subpoena = world.subpoena()

    with translation.override("fr"):
        approve(subpoena.demand, by=world.alice)

    demand = Demand.objects.get(pk=subpoena.demand.pk)
    assert demand.status == DemandStatus.APPROVED
    assert demand.approved_at is not None
    frozen = compose(demand, "subpoena")
    with translation.override("en"):
        live = compose_live(demand, frozen.approval, at=demand.approved_at)
    assert (frozen.form, frozen.notice, frozen.schedule, frozen.caption) == (live.form, live.notice, live.schedule, live.caption)


def test_a_paper_is_printed_to_the_same_bytes_in_every_language(world: World) -> None:
    snapshot = _snapshot(world.subpoena(requests=12).demand, "subpoena", "en")

    with translation.override("en"):
        english = render(snapshot, release="1")
    with translation.override("fr"):
        french = render(snapshot, release="1")

    assert (french.sha256, french.pages) == (english.sha256, english.pages)
    assert french.pdf == english.pdf
