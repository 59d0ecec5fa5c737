"""What the marks of a form say about who may read an answer: pure, from the frozen versions alone (ADR 0024, 0029).

Two rooms show single answers to everyone: `portal` the figures and registers in force, `certification` the text of a
certificate. Both ask here, so that neither shows what the other hides. What a newer version closes is closed for all years.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from localgov.forms.engine.model import Form, Question, QuestionType, Register

#: Results of a unit's evaluation, which it and those above it read alone, whatever the form says (MISSION R9.3).
RESERVED: Final = frozenset({"lpa_score_percent"})
#: A register's column by which the unit takes single rows out of sight, and the choice that does it (MISSION R6.4).
WITHDRAWN: Final[Mapping[str, tuple[str, str]]] = {"attraction": ("attr_display_status", "hidden")}
#: Registers whose rows are public only once the province has checked them (MISSION R6.4; catalogue, attr_check_status).
CHECKED_FIRST: Final = frozenset({"attraction"})


def is_open(question: Question) -> bool:
    """Whether everyone may see the answers: marked as open data, about no person, and held here (not linked)."""
    return question.open_data and not question.personal and not question.linked and question.code not in RESERVED


def is_open_alone(question: Question, newest: Form) -> bool:
    """Whether an exact answer may stand by itself: open in both versions, sensitive in neither, and no file.

    Single answers are exact, and a unit's totals are public: a sensitive one that is not small would tell, by
    subtraction, one that is. Files are kept for those who sign in.
    """
    now = newest.questions.get(question.code, question)
    marks = (question, now)
    return question.type is not QuestionType.FILE and all(is_open(one) and not one.sensitive for one in marks)


def open_columns(register: Register, newest: Form) -> tuple[Question, ...]:
    """The columns that everyone may read row by row, in the form's order; none of a register that is linked."""
    now = newest.registers.get(register.code, register)
    if register.linked or now.linked:
        return ()
    return tuple(one for one in register.columns.values() if is_open_alone(one, newest))


def is_open_row(register: str, row: Mapping[str, Any], *, by_province: bool) -> bool:
    """Whether everyone may read a certified row (answers by column). `by_province`: the province has certified it too."""
    if register in CHECKED_FIRST and not by_province:
        return False
    column, withdrawn = WITHDRAWN.get(register, ("", None))
    return not column or row.get(column) != withdrawn
