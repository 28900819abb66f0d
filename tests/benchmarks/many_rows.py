"""Runs inside an installation: a case whose N rows went through everything; prints medians of page, SQL, template in ms."""

from __future__ import annotations

import json
import statistics
import sys
import time

import django

django.setup()

from django.db import connection, transaction
from django.template.loader import get_template
from django.template.response import TemplateResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from discovery.enums import AnswerKind, ConferralOutcome, Deficiency, DemandKind, Ground, RulingOutcome, Withholding
from discovery.models import RequestRow
from tests.factories import World, make_world
from tests.stages import answer, confer, dispute, narrow, promise, rule, tie

TURNS = 40


def fill(world: World, count: int) -> None:
    """Write rows of a subpoena and three sets, with an answer, pages, a conference, a promise, a letter and a ruling on most."""
    world.served_subpoena(requests=count // 4)
    for kind in (DemandKind.RFP, DemandKind.ROG, DemandKind.RFA):
        world.served_set(count // 4, kind=kind)
    rows = list(RequestRow.objects.select_related("demand").order_by("pk"))
    kinds, grounds, words = list(AnswerKind), [ground.value for ground in Ground], list(Deficiency)
    for place, row in enumerate(rows):
        named = tuple(grounds[(place + step) % len(grounds)] for step in range(place % 4))
        answer(world, row, kinds[place % len(kinds)], grounds=named, withheld=list(Withholding)[place % 3])
        tie(world, row, 10 * place + 1, 10 * place + 4)
        row.deficiency, row.deficiency_note = words[place % len(words)].value, "Names no custodian."
        row.owner, row.next_step = world.bob, "Ask for supplementation"
        row.save()
        if place % 3 == 0:
            narrow(world, row)
    for start in range(0, len(rows), 10):
        part = rows[start : start + 10]
        confer(world, part, list(ConferralOutcome)[start // 10 % len(ConferralOutcome)])
        promise(world, part, days=start - 100)
        letter = dispute(world, part)
        for place, row in enumerate(part):
            rule(world, letter, row, list(RulingOutcome)[place % len(RulingOutcome)])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def main(count: int) -> None:
    """Fill, then ask for the page in turn with its queries run bare and its template drawn alone."""
    world = make_world()
    with transaction.atomic():
        fill(world, count)
    client = Client(SERVER_NAME="localhost")
    client.force_login(world.alice)
    address = f"/cases/{world.case.pk}/matrix/"
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.text.count("<tr data-row>") == count
    queries = [query["sql"] for query in captured if query["sql"].lstrip().upper().startswith("SELECT")]
    assert isinstance(response, TemplateResponse)
    context, template = response.context_data, get_template("staff/matrix/list.html")
    taken = []
    for _turn in range(TURNS):
        began = time.perf_counter()
        client.get(address)
        asked = time.perf_counter()
        with connection.cursor() as cursor:
            for sql in queries:
                cursor.execute(sql)
                cursor.fetchall()
        read = time.perf_counter()
        template.render(context, response.wsgi_request)
        taken.append((asked - began, read - asked, time.perf_counter() - read))
    taken = taken[5:]
    page, sql, drawn = (statistics.median(times) * 1000 for times in zip(*taken, strict=True))
    ratio = statistics.median(page / (sql + drawn) for page, sql, drawn in taken)
    print(json.dumps([ratio, page, sql, drawn, len(queries)]))


if __name__ == "__main__":
    main(int(sys.argv[1]))
