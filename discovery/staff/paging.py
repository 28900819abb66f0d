"""Lists: their pages and the order that a column's head asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db import models
from django.http import HttpRequest

M = TypeVar("M", bound=models.Model)
T = TypeVar("T")
PER_PAGE = 50


class ListPage(Page[T]):
    """A page that knows which page numbers its links show."""

    @property
    def numbers(self) -> list[int | str]:
        """Return the numbers to link: the ends, two around this one, an ellipsis between."""
        return list(self.paginator.get_elided_page_range(self.number, on_each_side=2, on_ends=1))


class ListPaginator(Paginator[T]):
    """Hands out `ListPage`s."""

    def _get_page(self, object_list: models.QuerySet[Any, T], number: int, paginator: Paginator[T]) -> ListPage[T]:
        return ListPage(object_list, number, paginator)


@dataclass(frozen=True, slots=True)
class Sort:
    """The order a list is in: its column and whether it runs down."""

    key: str
    down: bool


def paginate(rows: models.QuerySet[Any, T], request: HttpRequest, *, per_page: int = PER_PAGE) -> Page[T]:
    """Return the page that ?page= asks for: the first for nonsense, the last for a number beyond it."""
    return ListPaginator(rows, per_page).get_page(request.GET.get("page"))


def sort_rows(
    rows: models.QuerySet[M], request: HttpRequest, columns: Mapping[str, Sequence[str]], *, default: str
) -> tuple[models.QuerySet[M], Sort]:
    """Return the rows in the order that ?sort=column or ?sort=-column asks for, and that order.

    `columns` gives for each column the fields it sorts by; the id is added, so that pages never overlap. An unknown column
    means the default.
    """
    asked = request.GET.get("sort", default)
    if asked.removeprefix("-") not in columns:
        asked = default
    sort = Sort(asked.removeprefix("-"), asked.startswith("-"))
    fields = [*columns[sort.key], "pk"]
    return rows.order_by(*(f"-{field}" if sort.down else field for field in fields)), sort
