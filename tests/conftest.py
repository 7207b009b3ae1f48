"""Every test is of one kind, told by its folder; a test file in another folder is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

HERE = Path(__file__).parent
KINDS = ("unit", "known_answers", "behaviour", "properties", "baseline")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        inside = item.path.relative_to(HERE).parts
        kind = "project" if len(inside) == 1 else inside[0]
        if kind not in (*KINDS, "project"):
            raise pytest.UsageError(f"{item.path}: tests belong in tests/ or one of tests/{{{','.join(KINDS)}}}")
        item.add_marker(getattr(pytest.mark, kind))


@pytest.fixture(scope="session")
def home() -> Path:
    """The repository."""
    return HERE.parent
