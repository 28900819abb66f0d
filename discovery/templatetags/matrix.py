"""The lines of the matrix: the template says which pages there are to link to, a line a template would be slow."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString

from discovery.domain.matrix.stages import MatrixRow
from discovery.staff.matrix_rows import Links, drawn

register = template.Library()


@register.simple_tag
def matrix_lines(rows: Sequence[MatrixRow], columns: Sequence[str], with_ticks: bool, **addresses: str) -> SafeString:
    """Return the lines; each address is that of row 0 of its page, or "" where there is no such page."""
    return drawn(rows, columns, Links(**{name: base(address) for name, address in addresses.items()}), with_ticks=with_ticks)


def base(address: str) -> str:
    """Return the address of a page without the 0 that stands for an id."""
    return address.removesuffix("/").removesuffix("0")
