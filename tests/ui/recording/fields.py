"""Questions and registers of the made-up recording page beside this module, which holds the markup that assets/record expects."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Choice:
    """A choice: its code and its Thai label."""

    code: str
    label: str


@dataclass(frozen=True)
class AnswerField:
    """One question (or one cell of a register's row) ready to print.

    `kind`: integer, decimal, text, long_text, date, choice or point. `text` is the answer as typed or worded, for a choice its
    code; `lat`/`lon` those of a point. `missing` is "", NONE or NO_DATA (with `reason`); `may_be_missing` offers those two.
    `seq` is the answer's lock counter. `last_year` is worded; `last_year_json` (JSON) lets a button bring it. `carried`: brought
    from last year and not yet confirmed. `shown_only`: linked or computed, with `source` saying where it comes from.
    """

    code: str
    label: str
    kind: str
    text: str = ""
    lat: str = ""
    lon: str = ""
    choices: tuple[Choice, ...] = ()
    unit: str = ""
    help: str = ""
    required: bool = False
    missing: str = ""
    reason: str = ""
    may_be_missing: bool = True
    none_allowed: bool = True
    seq: int = 0
    note: str = ""
    last_year: str = ""
    last_year_json: str = ""
    carried: bool = False
    shown_only: bool = False
    source: str = ""
    hidden: bool = False

    @property
    def input_mode(self) -> str:
        """The keyboard that a phone shows."""
        return {"integer": "numeric", "decimal": "decimal"}.get(self.kind, "text")


@dataclass(frozen=True)
class RegisterRow:
    """A row: its id, its lock counter, its cells in the order of the columns."""

    row_id: str
    seq: int
    cells: tuple[AnswerField, ...]


@dataclass(frozen=True)
class RegisterTable:
    """A register: its columns as empty cells (for headings and new rows), and its rows.

    `answer` is the register's own answer as a whole: ไม่มี (NONE) where there is nothing to list.
    """

    code: str
    label: str
    columns: tuple[AnswerField, ...]
    rows: tuple[RegisterRow, ...] = ()
    help: str = ""
    required: bool = False
    seq: int = 0
    missing: str = ""
    hidden: bool = False
    writable: bool = True

    @property
    def blank_row(self) -> RegisterRow:
        """The row that a new one is copied from."""
        return RegisterRow(row_id="", seq=0, cells=self.columns)
