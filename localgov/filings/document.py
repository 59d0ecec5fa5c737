"""The stored document of a sheet's answers, and its way to and from DESIGN's answers as JSON. Pure functions.

A stored answer is `{"v": value}` or `{"missing": "NONE" | "NO_DATA", "reason": …}`, with `seq` (its lock counter), `by` (who
wrote it), and where they apply `note` (why a doubtful value is right) and `carried` (brought from last year, not yet
confirmed). `{}` of an answer never is stored: no answer is no key, but its `seq` lives on under the key `cleared`.
"""

from collections.abc import Iterable, Mapping
from typing import Any

StoredAnswer = dict[str, Any]
Document = dict[str, StoredAnswer]


def to_answer(stored: Mapping[str, Any] | None) -> Any:
    """The answer as JSON (DESIGN, Answers as JSON); None when not answered."""
    if not stored:
        return None
    if "missing" in stored:
        answer: dict[str, Any] = {"missing": stored["missing"]}
        if stored.get("reason"):
            answer["reason"] = stored["reason"]
        return answer
    return stored.get("v")


def from_answer(answer: Any) -> StoredAnswer:
    """The stored shape of an answer, without who and seq; empty for no answer."""
    if answer is None or answer == "":
        return {}
    if isinstance(answer, Mapping) and "missing" in answer:
        stored: StoredAnswer = {"missing": answer["missing"]}
        if answer.get("reason"):
            stored["reason"] = str(answer["reason"])
        return stored
    return {"v": answer}


def is_answered(stored: Mapping[str, Any] | None) -> bool:
    """Whether a stored entry holds an answer (a cleared one keeps only its counter)."""
    return bool(stored) and ("v" in stored or "missing" in stored)  # type: ignore[operator]


def answers_of(document: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Every answered question of a document as answers JSON."""
    return {code: to_answer(stored) for code, stored in document.items() if is_answered(stored)}


def row_answers(values: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """One register row as an object of answers JSON."""
    return answers_of(values)


def sequence(stored: Mapping[str, Any] | None) -> int:
    """The lock counter of an answer; 0 for one never written."""
    return int(stored.get("seq", 0)) if stored else 0


def carried_codes(
    document: Mapping[str, Mapping[str, Any]], rows: Iterable[Mapping[str, Mapping[str, Any]]] = ()
) -> int:
    """How many answers were brought from last year and wait to be confirmed."""
    scalars = sum(1 for stored in document.values() if stored.get("carried"))
    return scalars + sum(1 for values in rows if any(stored.get("carried") for stored in values.values()))
