"""Rows of a long list of which a page reads only its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar, overload

Key = TypeVar("Key")
Row = TypeVar("Row", covariant=True)


class LazyRows(Sequence[Row], Generic[Key, Row]):
    """Knows the keys of all rows in their order (`keys`) and reads rows, one page or all, when they are asked for (`read`)."""

    keys: Sequence[Key]

    def read(self, keys: Sequence[Key]) -> list[Row]:
        """The rows of these keys, in this order."""
        raise NotImplementedError

    def __len__(self) -> int:
        return len(self.keys)

    @overload
    def __getitem__(self, index: int) -> Row: ...

    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...

    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        return self.read(self.keys[index]) if isinstance(index, slice) else self.read([self.keys[index]])[0]

    def __iter__(self) -> Iterator[Row]:
        return iter(self.read(self.keys))
