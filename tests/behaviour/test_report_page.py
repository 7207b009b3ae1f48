"""The report opened by a real browser from disk, without a network: nothing is missing, cut off or out of reach."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path

import pytest
from matplotlib import get_data_path
from matplotlib.font_manager import findSystemFonts

from sim import report
from sim.report.page.explorer import explorer

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--enable-logging=stderr", "--dump-dom", "--virtual-time-budget=5000",
]  # fmt: skip
FONTS = {  # files by name: matplotlib brings all but the last, which not every machine has
    "DejaVu Sans": ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
    "DejaVu Sans Mono, which is wide": ("DejaVuSansMono.ttf", "DejaVuSansMono-Bold.ttf"),
    "STIX, which is narrow": ("STIXGeneral.ttf", "STIXGeneralBol.ttf"),
    "Liberation Sans": ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf"),
}
INSTALLED = [Path(path) for path in findSystemFonts()]
LONG = "regional_rota_with_a_very_long_name_that_a_planner_typed_and_thought_would_be_useful"

PROBE = """
<script>
document.fonts.ready.then(() => {
const inside = (inner, outer) => inner.left >= outer.left - 1 && inner.right <= outer.right + 1
  && inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1;
const cut = [], over = [];
const look = () => {
  for (const svg of document.querySelectorAll("svg")) {
    const words = [...svg.querySelectorAll("text")].map(text => [text.textContent, text.getBoundingClientRect()]);
    words.forEach(([said, box], place) => {
      if (!inside(box, svg.getBoundingClientRect())) cut.push(said);
      for (const [other, beside] of words.slice(place + 1))
        if (Math.min(box.right, beside.right) - Math.max(box.left, beside.left) > 1.5
          && Math.min(box.bottom, beside.bottom) - Math.max(box.top, beside.top) > 0.4 * box.height)
          over.push(`${said} over ${other}`);
    });
  }
};
look();
const channel = c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
const luminance = colour => colour.match(/[\\d.]+/g).slice(0, 3).map(Number).map(channel)
  .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
const behind = node => {
  for (let at = node; at; at = at.parentElement) {
    const colour = getComputedStyle(at).backgroundColor;
    if (!/, 0\\)$|transparent/.test(colour)) return colour;
  }
  return "rgb(255, 255, 255)";
};
const faint = () => [...document.querySelectorAll("body *:not(svg *):not(script)")].filter(node =>
  [...node.childNodes].some(child => child.nodeType === 3 && child.textContent.trim()) && node.getClientRects().length
).filter(node => {
  const [dark, light] = [luminance(getComputedStyle(node).color), luminance(behind(node))].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05) < 4.5;
}).map(node => node.textContent.trim().slice(0, 40));
const moved = (control, value, ...watched) => {
  const text = () => watched.map(id => document.getElementById(id).textContent);
  const before = text();
  if (!control) return "no control";
  if (control.type === "checkbox" || control.type === "radio") control.click();
  else {
    control.value = value;
    control.dispatchEvent(new Event("input"));
    control.dispatchEvent(new Event("change"));
  }
  look();
  return text().map((now, i) => now !== before[i]);
};
const rows = () => [...document.querySelectorAll("section:not(#closer) tbody tr")].filter(row => !row.hidden).length;
const sections = [...document.querySelectorAll("section:not(#closer)")].filter(s => s.querySelector("figure"));
const seen = {
  charts: [...document.querySelectorAll("section:not(#closer) svg")].filter(svg => svg.getClientRects().length).length,
  silent: [...document.querySelectorAll("svg")].filter(s => !s.getAttribute("aria-label")).length,
  without_table: sections.filter(s => !s.querySelector("details table caption")).length,
  unscoped: document.querySelectorAll("th:not([scope])").length,
  unlabelled: [...document.querySelectorAll("input, select")].filter(c => !c.labels.length).length,
  wider_than_window: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  asked_for: performance.getEntriesByType("resource").map(r => r.name).filter(n => !n.startsWith("data:")),
  scroll_without_keys: [...document.querySelectorAll(".scroll")].filter(s => s.tabIndex !== 0).length,
  faint: faint(),
  MOVES
  cut, over,
};
const said = document.createElement("pre");
said.id = "seen";
said.textContent = JSON.stringify(seen);
document.body.append(said);
});
</script>
"""
PAGE_MOVES = """
  another_area: moved(document.getElementById("place"), document.getElementById("place").length - 1,
    "place-title", "place-table"),
  another_scenario: moved(document.getElementById("map-scenario"), 3, "map-title", "map-table"),
  the_difference: moved(document.getElementById("map-kind"), "difference", "map-title", "map-table"),
  regions: moved(document.querySelector("input[value='NHS regions']"), 0, "map-title", "map-table"),
  another_measure: moved(document.getElementById("measure"), 1, "place-table", "map-table"),
  rows_hidden: (() => {
    const before = rows();
    document.querySelector("#scenario-boxes input[value='1']").click();
    return [before > rows(), !document.getElementById("place-table").textContent.includes("Goodwill withdrawn")];
  })(),
"""
PLACES = """
  places: [...document.querySelectorAll("section:not(#closer) svg text")].map(text => text.getBBox()).flatMap(
    box => [box.x, box.width]),
"""
EXPLORER_MOVES = """
  first_lever: moved(document.getElementById("lever-0"), 1, "finding", "figures"),
  second_lever: moved(document.getElementById("lever-1"), 1, "finding", "figures"),
  along: moved(document.getElementById("along"), 1, "along-table", "charts"),
  guessed: document.getElementById("figures").textContent.match(/not simulated/g)?.length,
"""

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")


@pytest.fixture(scope="module")
def made_up():
    place = Path(__file__).parents[1] / "unit" / "report_tables.py"
    found = importlib.util.spec_from_file_location("report_tables_for_the_browser", place)
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module.made_up


def only(fonts: str, folder: Path) -> dict[str, str]:
    """The surroundings of a reader who has some fonts alone."""
    brought = (Path(get_data_path(), "fonts", "ttf", name) for name in FONTS[fonts])
    found = [*brought] if fonts != "Liberation Sans" else [p for p in INSTALLED if p.name in FONTS[fonts]]
    shelf = folder / fonts
    shelf.mkdir()
    for path in found:
        shutil.copy(path, shelf / path.name)
    (folder / f"{fonts}.conf").write_text(
        f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{shelf}</dir>'
        f"<cachedir>{folder / 'cache'}</cachedir></fontconfig>"
    )
    return {"FONTCONFIG_FILE": str(folder / f"{fonts}.conf")}


def opened(html: str, folder: Path, width: int, moves: str = "", fonts: dict[str, str] | None = None) -> dict:
    """What the browser finds on a page, what happens when its controls are moved, and what it complains of."""
    page = folder / "page.html"
    probe = PROBE.replace("MOVES", moves)
    page.write_text(html.replace("</body>", f"{probe}</body>"), encoding="utf-8")
    command = [CHROMIUM, *FLAGS, f"--user-data-dir={folder / 'profile'}", f"--window-size={width},900", page.as_uri()]
    env = {**os.environ, **(fonts or {})}
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True, env=env)
    seen = json.loads(unescape(re.search(r'<pre id="seen">(.*?)</pre>', done.stdout, re.S)[1]))
    return seen | {"complaints": [line for line in done.stderr.splitlines() if "CONSOLE" in line]}


def report_of(tables) -> str:
    html = report.build(tables)["report.html"].decode()
    assert len(html) < 3_000_000
    return html


SOUND = {
    "silent": 0,
    "without_table": 0,
    "unscoped": 0,
    "unlabelled": 0,
    "faint": [],
    "wider_than_window": 0,
    "asked_for": [],
    "scroll_without_keys": 0,
    "cut": [],
    "over": [],
    "complaints": [],
}


def test_four_scenarios_in_every_board_of_england_and_the_controls_moved(made_up, tmp_path):
    """Catches text cut off, faint or silent charts, calls to a network, and controls that change no number."""
    moved = ("another_area", "another_measure", "another_scenario", "the_difference", "regions", "rows_hidden")
    expected = SOUND | {"charts": 17} | {key: [True, True] for key in moved}
    assert opened(report_of(made_up(stock=True)), tmp_path, 1100, PAGE_MOVES) == expected


def test_long_names_areas_of_a_user_and_a_narrow_window_in_whatever_fonts_the_reader_has(made_up, tmp_path):
    """Catches names that push the page wider than a telephone, or run out of their charts; and charts that are measured
    in one font and shown in another: their words stand where they were laid out, in wide fonts and in narrow ones."""
    names = ("current_patchwork", LONG, "icb_rota", "regional_rota", "a_fifth")
    page = report_of(made_up(names, ("A1", "B2", "a_very_long_code"), stock=True))
    stood = []
    for fonts in (name for name in FONTS if name != "Liberation Sans" or {*FONTS[name]} <= {p.name for p in INSTALLED}):
        seen = opened(page, tmp_path, 500, PLACES, only(fonts, tmp_path))
        stood.append(seen.pop("places"))
        assert seen == SOUND | {"charts": 17}, fonts
    assert len(stood[0]) > 1000
    assert stood == [stood[0]] * len(stood)


def test_one_scenario_in_one_area_where_nobody_calls(made_up, tmp_path):
    """Catches a page that breaks, or draws empty charts, where nothing was counted."""
    tables = made_up(("current_patchwork",), ("QHG",), empty=True)
    assert opened(report_of(tables), tmp_path, 1100) == SOUND | {"charts": 5}


def test_levers_of_the_explorer_change_the_figures_and_guess_nothing(made_up, tmp_path):
    """Catches sliders that show another setting than they say, or a figure for one that was not simulated."""
    settings = [{"consultants": "9", "nights": "off"}, {"consultants": "9", "nights": "on"}]
    settings.append({"consultants": "18", "nights": "off"})
    tables = made_up(("current_patchwork", "icb_rota", "goodwill_withdrawn"), ("QHG", "QMM"))
    seen = opened(explorer(tables, settings), tmp_path, 900, EXPLORER_MOVES)
    guessed = seen.pop("guessed")
    assert guessed == len(re.findall('"block"', explorer(tables, settings)))  # 18 and on: not one figure
    moved = {key: [True, True] for key in ("first_lever", "second_lever", "along")}
    assert seen == SOUND | moved | {"charts": seen["charts"]}
    assert seen["charts"] >= 4
