"""Services of the room."""

from localgov.travel.services.problems import (
    NotTaken,
    ReportedItem,
    problem_answer,
    problem_report,
    problems_forget,
    sender_of,
)

__all__ = ["NotTaken", "ReportedItem", "problem_answer", "problem_report", "problems_forget", "sender_of"]
