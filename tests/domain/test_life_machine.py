"""A state machine lives the life of requests through the verbs, against the transition tables and the database.

The acts and the model stand in `life/`, what must hold after each step in `life/holding.py`.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.domain.life.holding import Holding
from tests.domain.life.scene import set_stage
from tests.factories import World

BOUNDED = settings(
    max_examples=10,
    stateful_step_count=30,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
)


def test_whatever_is_done_the_record_holds(world: World, bells: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Holding, "stage", set_stage(world), raising=False)
    run_state_machine_as_test(Holding, settings=BOUNDED)
