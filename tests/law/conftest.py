"""What the law tests share: Hypothesis keeps nothing on disk, and no example has a time limit on a busy machine."""

from __future__ import annotations

import tempfile

from hypothesis import HealthCheck, settings
from hypothesis.configuration import set_hypothesis_home_dir

set_hypothesis_home_dir(tempfile.mkdtemp(prefix="tecum-hypothesis-"))
settings.register_profile("law", database=None, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
settings.load_profile("law")
