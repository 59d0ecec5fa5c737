"""What a demonstration makes in the background."""

from __future__ import annotations

from django.utils import timezone

from localgov.jobs.tasks import queue_task
from localgov.organisations.services.reset import installation_is_demo
from localgov.web.demo.published import published_make

DEMO_ITEMS = "web:demo-items"


@queue_task(DEMO_ITEMS)
def demo_items() -> None:
    """The news, products and places of a demonstration, as far as they are not there; nothing in a real installation."""
    if installation_is_demo():
        published_make(at=timezone.now())
