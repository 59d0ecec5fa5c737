"""What the machine could do at best for rows, measured in the same run: COPY into the same tables, indexes and triggers."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from psycopg import sql

from bench.stage import Connection, Stage

#: The tables that a save writes, in an order in which COPY may fill them, with the condition that picks a unit's rows.
SAVED_ROWS = {
    "filings_filing": "round_id = {round} AND organisation_id = {unit}",
    "filings_sheet": "filing_id IN (SELECT id FROM filings_filing WHERE round_id = {round} AND organisation_id = {unit})",
    "filings_change": "filing_id IN (SELECT id FROM filings_filing WHERE round_id = {round} AND organisation_id = {unit})",
    "figures_figure": "fiscal_year_be = {year} AND organisation_id = {unit}",
}


@dataclass(frozen=True)
class Rows:
    """Rows of some tables as COPY writes them."""

    tables: tuple[tuple[str, bytes], ...]


def rows_of_unit(source: Connection, *, round_id: int, year: int, unit: int) -> Rows:
    """What saving left of one unit in one round."""
    values = {"round": round_id, "year": year, "unit": unit}
    return Rows(
        tuple(
            (table, copy_out(source, table, where.format(**values), order="id")) for table, where in SAVED_ROWS.items()
        )
    )


def copy_out(source: Connection, table: str, where: str = "true", *, order: str = "id") -> bytes:
    """Rows of a table in COPY's text form, generated columns left out."""
    query = sql.SQL("COPY (SELECT {} FROM {} WHERE {} ORDER BY {}) TO STDOUT").format(
        _columns(source, table),
        sql.Identifier(table),
        sql.SQL(where),
        sql.Identifier(order),
    )
    with source.cursor() as cursor, cursor.copy(query) as copy:
        return b"".join(bytes(part) for part in copy)


def copy_in(target: Connection, table: str, rows: bytes) -> None:
    """Put such rows into a table: its constraints, indexes and triggers all work."""
    query = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), _columns(target, table))
    with target.cursor() as cursor, cursor.copy(query) as copy:
        copy.write(rows)


def _columns(source: Connection, table: str) -> sql.Composed:
    names = source.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = %s"
        " AND is_generated = 'NEVER' ORDER BY ordinal_position",
        [table],
    ).fetchall()
    return sql.SQL(", ").join(sql.Identifier(name) for (name,) in names)


def copies_per_second(stage: Stage, database: str, units: Sequence[Rows]) -> float:
    """How many units' rows a second COPY puts there, each unit a transaction of its own, on two connections."""
    halves = [units[::2], units[1::2]]

    def put(half: Sequence[Rows]) -> None:
        with stage.connect(database, autocommit=False) as target:
            for rows in half:
                for table, lines in rows.tables:
                    copy_in(target, table, lines)
                target.commit()

    started = time.perf_counter()
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(put, halves))
    return len(units) / (time.perf_counter() - started)


def copy_seconds(
    stage: Stage, *, source: str, target: str, round_id: int, year: int, connections: int, folder: Path
) -> float:
    """Seconds in which COPY puts a whole round's rows into another database, as many connections as wrote them sharing them."""
    shares: list[dict[str, Path]] = []
    with stage.connect(source) as owner:
        for number in range(connections):
            own = f"organisation_id AND organisation_id % {connections} = {number}"
            files = {}
            for table, where in SAVED_ROWS.items():
                files[table] = folder / f"{table}.{number}.copy"
                files[table].write_bytes(copy_out(owner, table, where.format(round=round_id, year=year, unit=own)))
            shares.append(files)

    def put(files: dict[str, Path]) -> None:
        with stage.connect(target, autocommit=False) as taker:
            for table, file in files.items():
                copy_in(taker, table, file.read_bytes())
            taker.commit()

    started = time.perf_counter()
    with ThreadPoolExecutor(connections) as pool:
        list(pool.map(put, shares))
    seconds = time.perf_counter() - started
    for file in (file for files in shares for file in files.values()):
        file.unlink()
    return seconds
