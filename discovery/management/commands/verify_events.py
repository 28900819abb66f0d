"""`manage.py verify_events`: whether the record of events is whole, case by case."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from discovery.domain.events import broken_links
from discovery.models import Event


class Command(BaseCommand):
    """Follow every chain of events from its first link; exit status 1 when one is broken."""

    help = "Check that no event was changed, removed or slipped in."

    def handle(self, *args: Any, **options: Any) -> None:
        """Check every chain and say what was found."""
        chains = Event.objects.order_by("chain").values_list("chain", flat=True).distinct()
        broken = [event for chain in chains for event in broken_links(chain)]
        for event in broken:
            self.stderr.write(f"Case {event.chain or 'none'}, event {event.number}: does not follow from the one before it.")
        if broken:
            raise CommandError(f"{len(broken)} of {Event.objects.count()} events are not as they were recorded.")
        self.stdout.write(f"{Event.objects.count()} events in {len(chains)} chains, all as they were recorded.")
