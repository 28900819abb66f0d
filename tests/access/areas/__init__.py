"""The access matrix by area: each module here has `LINES` by name of address, and `addresses(world)` that makes one of each."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from tests.access.lines import Line
from tests.factories import World

MODULES = [import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]
LINES: dict[str, Line] = {name: line for module in MODULES for name, line in module.LINES.items()}


def addresses(world: World) -> dict[str, str]:
    """Return an address for each name, all within one case."""
    return {name: address for module in MODULES for name, address in module.addresses(world).items()}
