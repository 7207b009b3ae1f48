"""The report: what its words may claim, what its charts hold, and that the same tables give the same bytes."""

from __future__ import annotations

import dataclasses
import importlib.util
import math
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import matplotlib
import pandas as pd
import pytest

from sim import report, screen
from sim.measures.unmet_demand import UNMET_PARTS
from sim.report import words
from sim.report.charts import areas as area_chart
from sim.report.charts import causes
from sim.report.drawing import Exhibit, Grid, style, tiles
from sim.report.drawing.saving import charts
from sim.report.exhibits.contents import exhibits
from sim.report.exhibits.unmet_demand import _causes, _stack
from sim.report.page.report import headlines, people
from sim.report.page.report import page as page_of
from sim.report.tables import Difference, Estimate
from sim.report.words import findings, name
from sim.report.words.answer import answer
from sim.report.words.captions import driven_by, period

found = importlib.util.spec_from_file_location("report_tables", Path(__file__).with_name("report_tables.py"))
report_tables = importlib.util.module_from_spec(found)
found.loader.exec_module(report_tables)
made_up = report_tables.made_up

TWO = ("current_patchwork", "regional_rota")
FEW = ("QHG", "QMM", "QT6")
CHARTS = (
    "exposure", "unmet_by_cause", "coverage", "by_hour", "waits", "differences", "burden",
    "goodwill_burden", "safe_limits", "audit", "rest", "equity_unmet", "equity_nights", "areas", "gains", "one_year",
)  # fmt: skip


@pytest.fixture(scope="module")
def tables():
    return made_up(TWO, FEW)


@pytest.fixture(scope="module")
def files(tables):
    return report.build(tables)


@pytest.fixture(scope="module")
def page(files):
    return files["report.html"].decode()


@pytest.fixture(scope="module")
def shown(tables):
    return exhibits(tables)


def written(tables, shown=()):
    """The page without its charts, which take most of the time. shown: exhibits, where they are looked at too."""
    return page_of(tables, list(shown), {})


def with_verdict(tables, verdict, difference=-0.01, half=0.02):
    """The same study, but every difference is this one."""
    changed = {"difference": difference, "ci_low": difference - half, "ci_high": difference + half, "verdict": verdict}
    return dataclasses.replace(tables, comparison=tables.comparison.assign(**changed))


def without_intervals(tables):
    ends = dict.fromkeys(("ci_low", "ci_high", "pi_low", "pi_high"), math.nan)
    compared = tables.comparison.assign(ci_low=math.nan, ci_high=math.nan, verdict="not_decided")
    return dataclasses.replace(tables, summary=tables.summary.assign(**ends), comparison=compared)


def test_the_report_is_a_page_and_a_file_for_each_chart(files):
    pages = {"report.html", "ambitions.html", "on_the_rota.html", "workbook.xlsx"}
    assert set(files) == pages | {f"charts/{chart}.svg" for chart in CHARTS}


def test_a_chart_is_pixels_too_only_where_that_is_asked_for():
    plain = Exhibit("plain", "", "Nothing", "", lambda: style.canvas(1.0), "Chart", "", Grid("", (), ()))
    inline, files = charts([plain], png=False)
    assert set(files) == {"charts/plain.svg"}
    also, more = charts([plain], png=True)
    assert also == inline
    assert more["charts/plain.png"].startswith(b"\x89PNG")
    assert charts([dataclasses.replace(plain, draw=None)], png=True) == ({}, {})


def test_the_same_tables_give_the_same_bytes_whatever_the_settings_of_the_machine(tables, files):
    with matplotlib.rc_context({"font.size": 30, "svg.fonttype": "path", "axes.grid": False}):
        assert report.build(tables) == files


def test_svg_holds_real_text_and_no_date(files):
    for path in (path for path in files if path.endswith(".svg")):
        texts = " ".join(
            "".join(text.itertext()) for text in ET.fromstring(files[path]).iter("{http://www.w3.org/2000/svg}text")
        )
        assert "assumptions" in texts
        assert b"<dc:date>" not in files[path]


def test_every_chart_and_the_page_bring_the_font_they_were_measured_in(files):
    """Catches words that a reader without that font sees in another one, which is wider than its place."""
    for path in (path for path in files if path.endswith((".svg", "report.html"))):
        assert files[path].count(b'@font-face{font-family:"DejaVu Sans"') == 2, path
        assert b"font-family: 'DejaVu Sans', " in files[path], path


def test_the_page_needs_nothing_but_itself(page, files):
    targets = re.findall(r'(?:src|href)="([^"]*)"', page)
    assert targets
    assert all(target.startswith(("#", "data:")) or target in files for target in targets)
    assert "src=" not in page
    assert "@import" not in page


def test_ids_are_unique_and_every_link_inside_the_page_leads_somewhere(page):
    ids = re.findall(r'\bid="([^"]*)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]*)"|url\(#([^)]*)\)', page)) <= {
        pair for i in ids for pair in ((i, ""), ("", i))
    }


def test_every_chart_has_alternative_text_a_table_and_the_count_of_its_assumptions(shown, page):
    charts = re.findall(r'<svg(?: class="tall")? role="img" aria-label="', page)
    assert len(charts) == 2 * len(CHARTS)  # for a page and for a phone
    for exhibit in shown:
        assert exhibit.alt
        assert exhibit.grid.rows
        assert re.search(
            r"Driven by \d+ numbers, of which \d+ are assumptions and 1 the planner's own\.", exhibit.caption
        )
        assert {len(row) for row in exhibit.grid.rows} == {len(exhibit.grid.head)}


def test_a_chart_counts_the_numbers_that_drive_it_and_no_others(tables):
    """Catches prices counted behind a chart of calls, and rates of calls counted behind a chart of rotas."""
    keys = ("demand.deaths_multiple", "costs.km_gbp", "demand.calls_per_child_day.stable", "answering.overflow_minutes")
    rows = [(one, key, "1", "", "assumed", "") for one in tables.names for key in keys]
    few = dataclasses.replace(tables, assumptions=pd.DataFrame(rows, columns=tables.assumptions.columns))
    said = {exhibit.name: exhibit.caption for exhibit in exhibits(few)}
    assert "Driven by 1 number, of which 1 is an assumption." in said["exposure"]
    assert "Driven by 3 numbers" in said["coverage"]
    assert "Driven by 4 numbers" in driven_by(few)


def test_twins_without_goodwill_are_told_in_plain_words_and_crowd_no_title():
    """Catches an answer that repeats itself for every twin, and a title that counts twins among the others."""
    paired = ("current_patchwork", "current_patchwork_goodwill_off", "icb_rota", "icb_rota_goodwill_off")
    tables = made_up(paired, ("QHG",))
    assert name("icb_rota_goodwill_off") == "ICB rota without goodwill"
    title = next(one for one in exhibits(tables) if one.name == "unmet_by_cause").title
    assert "ICB rota" in title
    assert not re.search("without goodwill|others", title)
    said = " ".join(answer(tables))
    assert "Current patchwork without goodwill:" in said
    assert "ICB rota without goodwill" not in said
    assert page_of(tables, [], {}).count("<dt>ICB rota") == 1


def test_words_of_a_planner_are_text_never_markup(tables):
    hostile = dataclasses.replace(
        tables,
        scenarios=[
            {"name": s["name"], "question": "Is <b>5</b> > 3 & so on?", "see": "<i>It</i> is."}
            for s in tables.scenarios
        ],
        areas=tables.areas.assign(name='NHS "A" <script>'),
    )
    page = written(hostile, exhibits(hostile))
    assert "&lt;b&gt;5&lt;/b&gt; &gt; 3 &amp; so on?" in page
    assert "What one should see, says its file: &lt;i&gt;It&lt;/i&gt; is." in page
    assert page.count("<script") == 2  # the data and the code of the controls
    assert "\\u003cscript\\u003e" in page


def test_the_parts_in_colour_add_to_unmet_demand(tables):
    for scenario in tables.names:
        row = _stack(tables, scenario)
        assert sum(row[part] for part in UNMET_PARTS) == pytest.approx(row["total"])
    assert len(UNMET_PARTS) == 4


@pytest.mark.parametrize(
    ("verdict", "difference", "said"),
    [
        ("better", -0.10, ("7.9% in Regional rota", "lower in Regional rota.")),
        ("worse", 0.10, ("7.9% in Regional rota", "higher in Regional rota.")),
        ("no_material_difference", 0.0, ("no material difference", "not materially different in Regional rota.")),
        ("not_decided", -0.01, ("no scenario surely differs", "not decided in Regional rota.")),
    ],
)
def test_a_title_claims_what_is_decided_and_no_more(tables, verdict, difference, said):
    other = with_verdict(tables, verdict, difference)
    title = findings.title(other, "Unmet demand", findings.UNMET)
    assert title == f"Unmet demand: 28% in Current patchwork, {said[0]}"
    assert findings.verdicts(other, "It", findings.UNMET) == f"It against Current patchwork: {said[1]}"


def test_the_answer_says_not_decided_where_it_is_so(tables):
    second = answer(with_verdict(tables, "not_decided"))[1]
    assert second.endswith("−1.0 points (95% interval −3.0 to +1.0 points): not decided.")


def test_a_measure_without_a_better_side_is_lower_or_higher_only_if_its_interval_says_so():
    assert Difference(-0.2, -0.3, -0.1, "").direction == "lower"
    assert Difference(0.2, 0.1, 0.3, "nan").direction == "higher"
    assert Difference(0.2, -0.1, 0.3, "").direction == "not_decided"
    assert Difference(0.2, math.nan, math.nan, "").direction == "not_decided"
    assert Difference(math.nan, math.nan, math.nan, "not_decided").direction == "no_figure"


def test_the_largest_cause_is_named_only_when_its_interval_stands_clear(tables):
    causes = _causes(tables)
    assert findings.largest_cause(tables, causes) == "Largest part in every scenario: nobody commissioned."
    wide = dataclasses.replace(tables, summary=tables.summary.assign(ci_low=0.0, ci_high=1.0))
    assert findings.largest_cause(wide, causes) == ""


def test_one_scenario_has_figures_and_no_comparison():
    one = made_up(TWO[:1], FEW[:1])
    shown = exhibits(one)
    page = written(one, shown)
    assert "differences" not in {exhibit.name for exhibit in shown}
    assert "Unmet demand: 28% in Current patchwork" in page
    assert "against Current patchwork" not in page


def test_a_study_without_calls_says_so_and_draws_no_empty_chart():
    empty = made_up(TWO, FEW, empty=True)
    exhibited = exhibits(empty)
    page = written(empty, exhibited)
    of_calls = {"unmet_by_cause", "coverage", "by_hour", "waits", "equity_unmet"}
    of_calls |= {"areas", "gains", "one_year"}
    of_children = {"exposure", "equity_nights"}
    assert not (of_calls | of_children) & {shown.name for shown in exhibited if shown.figure}
    assert page.count("No potential call fell in the measured weeks, so there is nothing to draw.") == len(of_calls)
    assert page.count("No child was at home in the measured weeks, so there is nothing to draw.") == len(of_children)
    assert "no family called in the measured weeks" in page
    assert not re.search(r"\bnan|[^a-z]nan", re.sub(r"<script.*?</script>|<[^>]*>", " ", page, flags=re.S))


def test_one_replication_gives_figures_without_intervals(tables):
    lone = without_intervals(tables)
    page = written(lone, exhibits(lone))
    assert "no interval: that takes two replications" in page
    assert not re.search(r"\bnan|[^a-z]nan", re.sub(r"<script.*?</script>|<[^>]*>", " ", page, flags=re.S))
    assert findings.area_finding(lone).endswith("with too few replications for intervals")


def test_a_figure_nobody_saw_gives_its_bound():
    assert words.figure(Estimate(0.0, 0.0, 0.003, 0.0, 0.003, 0)) == "none seen (at most 0.30%)"
    assert words.figure(Estimate(0.0, math.nan, math.nan, 0.0, 0.0, 0)) == "none"
    assert words.figure(Estimate(*[math.nan] * 6)) == "no figure"


def test_headline_figures_stand_with_both_intervals(tables):
    grid = headlines(tables)
    assert grid.rows[0][:3] == ("Current patchwork", "27.6% (25.9%\xa0to\xa029.3%)", "22.6% to 32.6%")
    assert grid.rows[0][-2] == "nobody on call"


def test_posts_that_exist_stand_beside_posts_needed_and_posts_to_create(page):
    assert "126 needed, 18 exist; 108 to create" in page


def test_of_posts_that_exist_those_filled_are_told_and_people_named_are_all_there(tables):
    """Catches 272 posts read as 272 people: 10.5 % of them stand empty today, which leaves 243."""
    vacant = {"current_patchwork": {"community_nurse": 0.105}}
    told = {
        row[0]: row[1:] for row in people(dataclasses.replace(tables, study={**tables.study, "vacant": vacant})).rows
    }
    assert told["Current patchwork"] == (
        "272 needed, 272 exist, about 243 of them filled",
        "18 needed, 18 exist",
        "18 needed, 18 exist",
    )
    assert not any("filled" in cell for name, row in told.items() if name != "Current patchwork" for cell in row)


def test_posts_to_create_of_an_older_study_are_the_difference_over_all_areas(tables):
    older = {"icb_rota": [("consultant", 18, 126)], "current_patchwork": [("consultant", 18, 17)]}
    seen = dataclasses.replace(tables, study={**tables.study, "people": older})
    assert [seen.posts(name)[0].create for name in older] == [108, 0]


def test_the_screen_tells_posts_that_stand_empty_once_for_all_scenarios_alike():
    today = {"community_nurse": 0.105}
    assert screen.vacant_posts({"a": today, "b": {}, "c": today}) == [
        "10.5 % of the posts of community_nurses stand empty in a, c; people named are in post."
    ]


def test_leave_that_does_not_fit_is_told_on_the_page_and_on_the_screen(tables):
    said = ("current_patchwork", "leave_beyond_limit_share", "share", "role", "community_nurse", 0.125)
    row = dict(zip(("scenario", "measure", "unit", "group", "level", "mean"), said, strict=True))
    more = pd.concat([tables.summary, pd.DataFrame([{**row, "ci_low": 0.1, "ci_high": 0.15}])])
    sentence = answer(dataclasses.replace(tables, summary=more))[-1]
    assert sentence == (
        "Current patchwork: in 12.5% of weeks more of a team of community nurses are on leave than may be together: no "
        "other week had room."
    )
    assert screen.warnings(more) == [
        "warning: current_patchwork: in 12.5 % of weeks more of a team of community_nurses are on leave than "
        "rota.leave_together_max_share allows: no other week had room"
    ]
    assert screen.warnings(tables.summary) == []


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (0.2764, "share", "28%"),
        (0.0764, "share", "7.6%"),
        (0.0, "share", "0%"),
        (62.4, "minutes", "62 min"),
        (-1234.5, "hours", "−1,234"),
    ],
)
def test_amounts_read_as_people_write_them(value, unit, said):
    assert words.amount(value, unit) == said


@pytest.mark.parametrize("top", [0.035, 0.09, 0.19, 0.5, 1.0])
def test_ticks_of_an_axis_say_where_they_stand(tables, top):
    """Catches 2.5 % and 7.5 % printed as 2 % and 8 %."""
    frame = pd.DataFrame({"label": ["a"], "part": [top / 2], "total": top / 2, "ci_low": 0.0, "ci_high": top / 1.1})
    frame = frame.assign(pi_low=0.0, pi_high=top / 1.1)
    axis = causes.draw(frame, ["part"], right=top).axes[0].xaxis
    told = [float(axis.get_major_formatter()(tick, 0).rstrip("%")) for tick in axis.get_majorticklocs()]
    assert told == pytest.approx([100 * tick for tick in axis.get_majorticklocs()], abs=1e-6)


def test_one_week_is_no_weeks():
    tables = made_up(("icb_rota",), ("QHG",))
    short = dataclasses.replace(tables, study={**tables.study, "weeks": 1, "replications": 1})
    assert period(short) == "1 measured week, 1 replication"
    assert words.one_period(1) == "one stretch of 1 week like this one"


def test_differences_carry_their_sign():
    assert [words.gap(x) for x in (-0.159, 0.03, -0.0001)] == ["−15.9 points", "+3.0 points", "0.0 points"]
    assert words.name("regional_rota_of_icbs") == "Regional rota of ICBs"


def test_every_board_has_a_tile_of_its_own():
    assert len(tiles.TILES) == 42
    assert len({(tile.column, tile.row) for tile in tiles.TILES.values()}) == 42
    assert max(tile.column for tile in tiles.TILES.values()) < tiles.COLUMNS


def test_areas_off_the_grid_stand_by_region():
    areas = [("QHG", "East"), *((f"N{i}", "North") for i in range(9)), ("E2", "East")]
    placed = tiles.layout([{"code": code, "region": region} for code, region in areas])
    assert [placed[code][:2] for code in ("QHG", "E2", "N0", "N6", "N7", "N8")] == [
        (0, 0), (1, 0), (0, 1), (6, 1), (0, 2), (1, 2),
    ]  # fmt: skip


def test_a_few_boards_move_to_the_corner():
    assert tiles.layout([{"code": code, "region": "London"} for code in ("QMF", "QRV")])["QRV"][:2] == (0, 0)


def test_areas_with_centres_stand_as_they_lie_each_on_a_tile_of_its_own():
    """Four corners of a square and one in its middle: catches south and north, or east and west, in each other's place,
    and two areas on one tile."""
    corners = {"NW": (-2.0, 53.0), "NE": (-1.0, 53.0), "SW": (-2.0, 52.0), "SE": (-1.0, 52.0), "MID": (-1.5, 52.5)}
    placed = tiles.layout(
        [
            {"code": code, "region": "R", "longitude_degrees": east, "latitude_degrees": north, "label": ""}
            for code, (east, north) in corners.items()
        ]
    )
    assert len({tile[:2] for tile in placed.values()}) == 5
    assert placed["NW"].column == placed["SW"].column < placed["NE"].column == placed["SE"].column
    assert placed["NW"].row == placed["NE"].row < placed["SW"].row == placed["SE"].row


def test_an_area_is_labelled_as_its_table_says_or_by_its_code_cut():
    said = [{"code": "E54000066", "region": "R", "label": "Essex"}, {"code": "E54000067", "region": "R", "label": ""}]
    assert [tile.label for tile in tiles.layout(said).values()] == ["Essex", "E540000…"]


@pytest.mark.parametrize("shares", [[0.276], [0.06, 0.7], [0.0, 0.0], [0.0996, 0.1], [0.0, 1.0], [0.211, 0.249]])
def test_classes_of_shade_hold_every_value_and_are_few(shares):
    edges = area_chart.classes(pd.Series(shares))
    printed = [float(words.amount(share).removesuffix("%")) for share in shares]
    assert 2 <= len(edges) <= area_chart.CLASSES + 1
    assert edges[0] <= min(printed)
    assert max(printed) < edges[-1] or edges[-1] == 100


def test_colours_are_told_apart_and_text_on_them_can_be_read():
    for colour in (style.NAVY, style.TEAL, style.PLUM, style.ORANGE):
        assert style.contrast(colour, "#ffffff") >= 3
        assert style.contrast(style.ink_on(colour), colour) >= 4.5
    edges = [0.0, 10.0, 20.0, 30.0, 40.0, 50.0]
    for value in (0.05, 0.15, 0.25, 0.35, 0.45):
        shade = area_chart.shade(value, edges)
        assert style.contrast(style.ink_on(shade), shade) >= 4.5
