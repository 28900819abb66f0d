"""The application's configuration."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from discovery.guards import guard_tables


class DiscoveryConfig(AppConfig):
    """Discovery: everything that Tecum is."""

    name = "discovery"
    verbose_name = _("Discovery")

    def ready(self) -> None:
        """Guard the tables that are written once, after every migration."""
        post_migrate.connect(guard_tables, sender=self)
