"""What the clock does: forgetting who reported a problem."""

from django.utils import timezone

from localgov.jobs.tasks import periodic_task
from localgov.travel import services


@periodic_task("travel:forget", "40 20 * * *")
def forget_reporters() -> None:
    """Each night at 3:40 in Bangkok."""
    services.problems_forget(at=timezone.now())
