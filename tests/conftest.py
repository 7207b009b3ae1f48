"""Every test is of one kind, told by its folder; a test file in another folder is refused."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
SHARE = (  # files whose tests share plans, a study or a page that takes long to make: one process takes them all
    *("test_pool_command", "test_resume", "test_same_bytes", "test_check_study", "test_cluster", "test_library"),
    *("test_report", "test_report_choices", "test_report_command", "test_folders", "test_workbook", "test_readme"),
    *("test_configs", "test_door", "test_every_key", "test_own_areas", "test_own_demand"),
)
signal.signal(signal.SIGINT, signal.default_int_handler)  # Ctrl-C is tested; a shell's `make test &` would ignore it
KINDS = ("unit", "known_answers", "behaviour", "properties", "baseline")


@pytest.hookimpl(optionalhook=True)  # of pytest-xdist
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Tests one by one to whoever is free, but a file in SHARE whole."""
    from xdist.scheduler import LoadScopeScheduling

    class Shared(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.partition("::")[0]
            return file if Path(file).stem in SHARE else nodeid

    return Shared(config, log)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--renew-baseline", action="store_true", help="store the figures of tests/baseline anew, as they are now"
    )
    parser.addoption("--renew-pool", action="store_true", help="simulate the replications of tests/known_answers anew")
    parser.addoption("--renew-docs", action="store_true", help="write what docs list of the code anew, as it is now")


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
