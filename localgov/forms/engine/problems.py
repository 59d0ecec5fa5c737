"""What is wrong with a form's definition, and where: the error an author of a form reads."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of a form's definition.

    `sheet` is survey, choices, rules or settings; `file` the text file it stands in (empty for a workbook);
    `row` counts the header as row 1 and is None when the whole sheet is meant; `column` is the column's name and
    `letter` its letter in a workbook; `message` is a Thai sentence.
    """

    sheet: str
    message: str
    row: int | None = None
    column: str = ""
    file: str = ""
    letter: str = ""

    @property
    def place(self) -> str:
        """Where it stands, in Thai, as a person finds it."""
        parts = [self.file or f"แผ่นงาน {self.sheet}"]
        if self.row is not None:
            parts.append(f"แถว {self.row}")
        if self.column:
            parts.append(f"คอลัมน์ {self.letter} ({self.column})" if self.letter else f"คอลัมน์ {self.column}")
        return " ".join(parts)

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class FormBroken(ValueError):
    """A form's definition has faults; `problems` holds all of them and nothing was built."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in problems))

    @property
    def message(self) -> str:
        """A Thai sentence for the page's heading."""
        return f"แบบยังใช้ไม่ได้ พบที่ต้องแก้ {len(self.problems)} แห่ง"


class ExpressionError(ValueError):
    """An expression can't be understood; `message` is Thai, `position` the 1-based character (None = all of it)."""

    def __init__(self, message: str, position: int | None = None) -> None:
        self.message = message
        self.position = position
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        """The message with its position."""
        return self.message if self.position is None else f"{self.message} (อักขระที่ {self.position})"
