"""Tables of the room."""

from localgov.travel.models.problem_report import ProblemReport

__all__ = ["ProblemReport"]
