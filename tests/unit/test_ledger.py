"""The ledger's tables: rows written plain, read by column and by name."""

from __future__ import annotations

from sim.ledger import LackRow, StayRow, Table


def test_rows_have_the_names_of_their_columns_whenever_they_were_written() -> None:
    """Catches rows written after somebody has asked, which would stay without names, and rows added by name."""
    table = Table(LackRow)
    table.cells.append((0, 1, "skill"))
    assert [row.lacks for row in table.rows] == ["skill"]
    table.cells.append((3, 2, "medicines"))
    table.rows.append(LackRow(4, 1, "own_area"))
    assert [(row.call, row.lacks) for row in table.rows] == [(0, "skill"), (3, "medicines"), (4, "own_area")]
    assert len(table) == 3


def test_a_column_is_of_its_kind_and_sees_rows_written_since() -> None:
    table = Table(StayRow)
    table.cells.append((7, 1.0, 2.5, True, False, False))
    assert table.column("end").tolist() == [2.5]
    table.cells.append((8, 3.0, 4.5, False, True, False))
    assert table.column("end").tolist() == [2.5, 4.5]
    assert table.column("returned").tolist() == [True, False]
