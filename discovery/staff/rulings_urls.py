"""The addresses of orders, of what they say on each request, and of motions that others made."""

from __future__ import annotations

from django.urls import URLPattern, path

from discovery.staff.views import motions, orders

urlpatterns: list[URLPattern] = [
    path("cases/<int:case_pk>/orders/", orders.OrderList.as_view(), name="order-list"),
    path("cases/<int:case_pk>/orders/new/", orders.OrderNew.as_view(), name="order-new"),
    path("cases/<int:case_pk>/orders/<int:pk>/", orders.OrderEdit.as_view(), name="order-edit"),
    path("cases/<int:case_pk>/orders/<int:pk>/rulings/", orders.OrderRulings.as_view(), name="order-rulings"),
    path("cases/<int:case_pk>/motions/new/", motions.MotionNew.as_view(), name="motion-new"),
]
