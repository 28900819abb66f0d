"""Papers need no database. A word from the engine's log fails the test in which it was said."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from discovery.papers.rendering import Rendered, render
from tests.papers import samples


class _Heard(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())


@pytest.fixture(autouse=True)
def _engine_says_nothing() -> Iterator[None]:
    heard = _Heard()
    loggers = [logging.getLogger(name) for name in ("weasyprint", "fontTools")]
    for logger in loggers:
        logger.addHandler(heard)
    yield
    for logger in loggers:
        logger.removeHandler(heard)
    assert heard.said == []


@pytest.fixture(scope="session")
def package() -> Rendered:
    """The whole approved sample package."""
    return render(samples.canonical(), release=samples.RELEASE)


@pytest.fixture(scope="session")
def draft() -> Rendered:
    """The same, not approved."""
    return render(samples.canonical(approval=samples.approval(approved=False)), release=samples.RELEASE)
