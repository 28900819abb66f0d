"""The addresses of the site: the web admin, and the staff's screens at the root."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("discovery.staff.urls")),
]
