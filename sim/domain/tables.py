"""What became of the rows of a planner's table, so that none is left out without a word."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TableCount:
    """Rows of one table, and of those that are in no result how many for which reason.

    key: names the table in the configuration. remedy: what would let more of them take part; empty if nothing would.
    notes: what else is to be said, such as of times at which clocks are changed.
    """

    key: str
    file: str
    rows: int
    left_out: tuple[tuple[str, int], ...] = ()
    remedy: str = ""
    notes: tuple[str, ...] = ()

    @property
    def taken(self) -> int:
        """Rows that took part."""
        return self.rows - sum(number for _, number in self.left_out)

    @property
    def why(self) -> str:
        """The reasons of the others, with their numbers."""
        return ", ".join(f"{number:,} {reason}" for reason, number in self.left_out)

    def line(self) -> str:
        """All of it in one line."""
        said = f"all {self.rows:,} rows took part"
        if self.left_out:
            said = f"{self.taken:,} of {self.rows:,} rows took part; not: {self.why}"
        how = [f"to count those of other weeks: {self.remedy}"] if self.remedy else []
        return f"{self.file}: {'; '.join([said, *how, *self.notes])}"
