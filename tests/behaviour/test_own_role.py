"""A role that only a planner knows, on call at night: every place that tells of people tells of it, by no code."""

from __future__ import annotations

import io
import json

import openpyxl
import pytest

from sim import cli
from sim.report.drawing.style import styled
from sim.report.exhibits.burden import burden
from sim.report.exhibits.safe_work import beyond
from sim.report.page.ambitions import AMBITIONS, grid
from sim.report.page.report import headlines, people
from sim.report.tables import Tables
from sim.report.tables.reading import FILES, read
from sim.report.words.answer import answer
from sim.report.words.headlines import cards
from sim.report.workbook import workbook

OWN = """\
question: What would support workers with a rota of their own at night bear?
based_on: icb_rota
roles:
  support_worker: # assumed: nobody has asked any
    may: [answer, visit]
    level: 1
    cost_gbp_per_hour: 30
    wte: 0.8
    leave_weeks_per_year: 7
    sick_share: 0.05
    p_post_vacant: 0
    named_people_per_family: 0
teams:
  support_workers: # assumed: 1 in 4
    role: support_worker
    people: {per_area: 4}
    patterns: {night: {hours: [20-08], at: on_call, seats: 1}}
ladder: [support_workers, community_nurses, consultants, goodwill, universal]
"""


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """The scenario beside the one it is based on, one area and two weeks: its tables and what was printed."""
    place = tmp_path_factory.mktemp("role")
    (place / "own.yaml").write_text(OWN)
    asked = f"compare scenarios=[icb_rota,{place / 'own.yaml'}] areas=[QF7] weeks=2 warmup_weeks=0 replications=2"
    with pytest.MonkeyPatch.context() as patch:
        said = io.StringIO()
        patch.setattr("sys.stdout", said)
        assert cli.main([*asked.split(), "draw=false", f"out={place / 'study'}"]) == 0
    return place / "study", said.getvalue()


@pytest.fixture(scope="module")
def tables(study) -> Tables:
    about = json.loads((study[0] / "manifest.json").read_text())["about"]
    return read({name: (study[0] / name).read_bytes() for name in FILES}, about)


def test_the_tables_have_its_hours_its_costs_and_its_people(tables):
    own = tables.summary[(tables.summary["level"] == "support_worker") & (tables.summary["scenario"] == "own")]
    told = dict(zip(own["measure"], own["mean"], strict=True))
    assert told["people_needed"] == 4
    assert told["hours_on_call_per_week_mean"] == 12 * 7 / 4
    assert told["standing_cost_sessions"] > 0


def test_it_is_on_the_screen(study):
    assert "Hours on call a week, support worker" in study[1]


def test_the_page_tells_it_in_words_tables_and_charts(tables):
    """Catches a list of roles by name anywhere between the tables and the page."""
    assert "Funded hours on call a week, support worker" in headlines(tables).head
    assert "Support worker" in people(tables).head
    assert any("worst-off support worker" in sentence for sentence in answer(tables))
    assert any("support worker" in row[0] for one in AMBITIONS for row in grid(tables, one, tables.names).rows)
    with styled():
        shown = [burden(tables), beyond(tables)]
    for exhibit in shown:
        assert "support worker" in f"{exhibit.grid.rows} {exhibit.alt}".lower(), exhibit.name


def test_where_it_is_not_the_others_are_still_counted(tables):
    """Catches a sum over roles that has no figure as soon as one scenario has a role more than another."""
    head, rows = cards(tables)
    beside = [of[head.index("People beyond safe limits")].beside for _, of in rows]
    assert all(said.endswith(" on a rota or asked") for said in beside), beside


def test_the_workbook_has_its_rows_its_costs_and_its_bars(tables):
    book = openpyxl.load_workbook(io.BytesIO(workbook(tables)))
    for sheet in ("Clinicians", "Costs", "Charts"):
        assert "Support worker" in {cell.value for row in book[sheet].iter_rows() for cell in row}, sheet
