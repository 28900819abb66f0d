"""A state machine lives the life of requests through the verbs, against the transition tables and the database.

The acts and the model stand in `life/`, what must hold after each step in `life/holding.py`.
"""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.domain.life.holding import Holding
from tests.domain.life.scene import set_stage
from tests.factories import World

BOUNDED = settings(
    max_examples=18,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
)


def test_whatever_is_done_the_record_holds(world: World, bells: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Holding, "stage", set_stage(world), raising=False)
    monkeypatch.setattr(Holding, "tally", Counter())

    run_state_machine_as_test(Holding, settings=BOUNDED)

    # What holds was looked at after every step; had nothing been done, or nothing refused, it would hold for nothing.
    done = sum(times for (_act, went), times in Holding.tally.items() if went)
    refused = Holding.tally.total() - done
    assert min(done, refused) >= 100, Holding.tally
