"""The report opened by a real browser from disk, without a network: nothing is missing, cut off or out of reach."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path

import pytest

from sim import report

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--enable-logging=stderr", "--dump-dom",
]  # fmt: skip
LONG = "regional_rota_with_a_very_long_name_that_a_planner_typed_and_thought_would_be_useful"

PROBE = """
<script>
const inside = (inner, outer) => inner.left >= outer.left - 1 && inner.right <= outer.right + 1
  && inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1;
const cut = [];
for (const svg of document.querySelectorAll("svg"))
  for (const text of svg.querySelectorAll("text"))
    if (!inside(text.getBoundingClientRect(), svg.getBoundingClientRect())) cut.push(text.textContent);
const sections = [...document.querySelectorAll("section")].filter(s => s.querySelector("figure"));
const seen = {
  charts: document.querySelectorAll("svg").length,
  silent: [...document.querySelectorAll("svg")].filter(s => !s.getAttribute("aria-label")).length,
  without_table: sections.filter(s => !s.querySelector("details table caption")).length,
  unscoped: document.querySelectorAll("th:not([scope])").length,
  wider_than_window: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  asked_for: performance.getEntriesByType("resource").map(r => r.name).filter(n => !n.startsWith("data:")),
  scroll_without_keys: [...document.querySelectorAll(".scroll")].filter(s => s.tabIndex !== 0).length,
  cut,
};
const said = document.createElement("pre");
said.id = "seen";
said.textContent = JSON.stringify(seen);
document.body.append(said);
</script>
"""

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")


@pytest.fixture(scope="module")
def made_up():
    place = Path(__file__).parents[1] / "unit" / "report_tables.py"
    found = importlib.util.spec_from_file_location("report_tables_for_the_browser", place)
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module.made_up


def opened(tables, folder: Path, width: int) -> dict:
    """What the browser finds on the page of these tables, and what it complains of."""
    page = folder / "report.html"
    html = report.build(tables)["report.html"].decode()
    assert len(html) < 3_000_000
    page.write_text(html.replace("</body>", f"{PROBE}</body>"), encoding="utf-8")
    command = [CHROMIUM, *FLAGS, f"--user-data-dir={folder / 'profile'}", f"--window-size={width},900", page.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    seen = json.loads(unescape(re.search(r'<pre id="seen">(.*?)</pre>', done.stdout, re.S)[1]))
    return seen | {"complaints": [line for line in done.stderr.splitlines() if "CONSOLE" in line]}


SOUND = {
    "silent": 0,
    "without_table": 0,
    "unscoped": 0,
    "wider_than_window": 0,
    "asked_for": [],
    "scroll_without_keys": 0,
    "cut": [],
    "complaints": [],
}


def test_four_scenarios_in_every_board_of_england(made_up, tmp_path):
    assert opened(made_up(stock=True), tmp_path, 1100) == SOUND | {"charts": 15}


def test_long_names_areas_of_a_user_and_a_narrow_window(made_up, tmp_path):
    names = ("current_patchwork", LONG, "icb_rota", "regional_rota", "a_fifth")
    assert opened(made_up(names, ("A1", "B2", "a_very_long_code"), stock=True), tmp_path, 500) == SOUND | {"charts": 15}


def test_one_scenario_in_one_area_where_nobody_calls(made_up, tmp_path):
    assert opened(made_up(("current_patchwork",), ("QHG",), empty=True), tmp_path, 1100) == SOUND | {"charts": 5}
