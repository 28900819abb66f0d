"""Progress, the cache of laid-out parts, and threads."""

from __future__ import annotations

import logging
import threading
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest

from discovery.law.form_texts import form_texts
from discovery.papers import engine
from discovery.papers.layouts import LAYOUTS, FinishedPart, FinishedParts, Layouts, forget, key_of
from discovery.papers.rendering import Rendered, preload, render
from tests.papers import samples


def test_progress_counts_pages_over_the_whole_paper() -> None:
    forget()
    told: list[int] = []
    rendered = render(samples.canonical(), progress=told.append, release="1")
    assert told == sorted(told)
    assert sorted(set(told)) == list(range(1, rendered.pages + 1))


def test_a_part_laid_out_before_is_told_with_its_last_page() -> None:
    render(samples.canonical(), release="1")
    told: list[int] = []
    render(samples.canonical(), progress=told.append, release="1")
    assert told == [1, 3, 8, 10]


def test_the_loggers_own_settings_are_put_back() -> None:
    logger = logging.getLogger("weasyprint.progress")
    before = (list(logger.handlers), logger.level, logger.propagate)
    forget()
    render(samples.canonical(parts=("schedule",)), progress=lambda _: None, release="1")
    assert (list(logger.handlers), logger.level, logger.propagate) == before


def test_an_error_in_the_listener_stops_the_render() -> None:
    forget()

    def told(number: int) -> None:
        raise InterruptedError(number)

    with pytest.raises(InterruptedError) as caught:
        render(samples.canonical(parts=("schedule",)), progress=told, release="1")
    assert caught.value.args == (1,)


def test_threads_take_turns_and_hear_only_their_own_pages(package: Rendered) -> None:
    forget()
    heard: dict[str, list[int]] = {"a": [], "b": []}
    made: dict[str, bytes] = {}

    def work(name: str, parts: tuple[str, ...]) -> None:
        made[name] = render(samples.canonical(parts=parts), progress=heard[name].append, release=samples.RELEASE).pdf

    threads = [
        threading.Thread(target=work, args=("a", ("form", "schedule", "notice"))),
        threading.Thread(target=work, args=("b", ("notice",))),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made["a"] == package.pdf
    assert max(heard["a"]) == 10
    assert max(heard["b"]) == 2


def test_a_schedule_for_many_recipients_is_laid_out_once(monkeypatch: Any) -> None:
    forget()
    laid_out: list[tuple[str, ...]] = []
    honest = engine.Engine.lay_out

    def counting(self: engine.Engine, markup: str, styles: tuple[str, ...], *, pitch: float = 0) -> Any:
        laid_out.append(styles)
        return honest(self, markup, styles, pitch=pitch)

    monkeypatch.setattr(engine.Engine, "lay_out", counting)
    for name in ("First Bank", "Second Bank", "Third Bank"):
        render(samples.canonical(parts=("form", "schedule"), form=samples.form(to=name)), release="1")
    assert [styles[-1] for styles in laid_out] == ["ao88b", "ao88b", "rule45", "schedule_a", "ao88b", "ao88b"]


def test_the_cache_is_bounded_by_pages_and_forgets_the_oldest() -> None:
    cache = Layouts(pages_kept=5)

    def document(count: int) -> Any:
        return SimpleNamespace(pages=[None] * count)

    for key, count in (("a", 2), ("b", 2), ("long", 6), ("a", 2), ("c", 3)):
        cache.get(key, partial(document, count))
    assert (cache.pages, "a" in cache, "b" in cache, "c" in cache, "long" in cache) == (5, True, False, True, False)
    form = [key_of("form", "x", ("caption",), style) for style in ("", "cand-28", "ca-28")]
    assert len({key_of("schedule", "x", ("caption",), ""), key_of("form", "x", (), ""), *form}) == 5


def test_finished_parts_are_bounded_by_their_bytes() -> None:
    cache = FinishedParts(bytes_kept=5)

    def part(size: int) -> FinishedPart:
        return FinishedPart(b"x" * size, 1)

    for key, size in (("a", 2), ("b", 2), ("long", 6), ("a", 2), ("c", 3)):
        cache.get(key, partial(part, size))
    assert (cache.size, "a" in cache, "b" in cache, "c" in cache, "long" in cache) == (5, True, False, True, False)


def test_what_was_kept_shows_in_no_byte(package: Rendered, draft: Rendered) -> None:
    forget()
    cold = render(samples.canonical(), release=samples.RELEASE)
    render(samples.canonical(form=samples.form(to="Another")), release="2")
    render(samples.canonical(approval=samples.approval(approved=False)), release="3")
    warm = render(samples.canonical(), release=samples.RELEASE)
    again = render(samples.canonical(approval=samples.approval(approved=False)), release=samples.RELEASE)
    assert cold.pdf == warm.pdf == package.pdf
    assert again.pdf == draft.pdf


def test_preload_lays_out_the_page_of_the_rule_of_each_form() -> None:
    forget()
    preload()
    assert LAYOUTS.pages == len(form_texts())
