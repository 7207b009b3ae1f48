"""What a reader may choose: many scenarios at once, the data behind the controls, the explorer and the slides."""

from __future__ import annotations

import dataclasses
import importlib.util
import io
import json
import re
from pathlib import Path

import pandas as pd
import pytest

from sim.commands.explore import settings_of
from sim.config.keys import meaning
from sim.errors import BadInput
from sim.experiment import flows
from sim.report.exhibits.contents import exhibits
from sim.report.exhibits.exposure import NIGHTS
from sim.report.page.controls import as_json, controls
from sim.report.page.explorer import Lever, explorer, lever_words, levers_of
from sim.report.words import selection
from sim.report.words.answer import answer

found = importlib.util.spec_from_file_location("report_tables_of_choices", Path(__file__).with_name("report_tables.py"))
report_tables = importlib.util.module_from_spec(found)
found.loader.exec_module(report_tables)
made_up = report_tables.made_up

FEW = ("QHG", "QMM", "QT6")
TWO = ("current_patchwork", "regional_rota")
SWEEP = {
    "verb": "sweep",
    "command": "oncall-sim run -m scenario=regional_rota teams.consultants.people=9,18 goodwill=off,constant seed=3",
    "scenarios": ["a", "b", "c", "d"],
}


@pytest.fixture(scope="module")
def many():
    """Twelve scenarios: four that are known, and eight others with an unmet demand of 0.3."""
    return selection.in_order(made_up((*report_tables.QUESTIONS, *(f"kind_{i}" for i in range(8))), FEW))


def test_many_scenarios_are_ordered_by_unmet_demand_with_the_baseline_first(many):
    assert many.names[:3] == ["current_patchwork", "regional_rota", "icb_rota"]
    assert many.names[-1] == "goodwill_withdrawn"
    asked = made_up(("icb_rota", "current_patchwork", "regional_rota"), FEW)
    assert selection.in_order(asked).names == ["icb_rota", "current_patchwork", "regional_rota"]


def test_a_twin_without_goodwill_stays_behind_its_scenario():
    names = ("kind_1", *report_tables.QUESTIONS, "kind_1_goodwill_off", *(f"kind_{i}" for i in range(2, 9)))
    assert selection.in_order(made_up(names, FEW)).names[:2] == ["kind_1", "kind_1_goodwill_off"]


def test_twins_are_drawn_where_they_differ_and_told_in_the_table_elsewhere():
    """Catches charts of rotas alone that draw every figure twice, and twins that drive scenarios out of a chart."""
    names = tuple(f"{one}{end}" for one in report_tables.QUESTIONS for end in ("", "_goodwill_off"))
    tables = made_up(names, FEW)
    assert selection.in_panels(tables) == selection.in_rows(tables) == list(report_tables.QUESTIONS)
    assert selection.left_out(tables, selection.in_panels(tables)) == " Scenarios without goodwill are in the table."
    same = tables.summary.copy()
    nights = same["measure"] == NIGHTS
    same.loc[nights, "mean"] = 0.5
    assert selection.once(dataclasses.replace(tables, summary=same), NIGHTS).names == list(report_tables.QUESTIONS)
    same.loc[nights & (same["scenario"] == names[1]), "mean"] = 0.4
    assert selection.once(dataclasses.replace(tables, summary=same), NIGHTS).names == list(names)
    pair = made_up(names[:2], FEW)
    assert selection.in_rows(pair) == list(names[:2])


def test_panels_stand_for_the_baseline_and_the_ends_and_say_so(many):
    drawn = selection.in_panels(many, 4)
    assert drawn == ["current_patchwork", "regional_rota", "icb_rota", "goodwill_withdrawn"]
    assert selection.left_out(many, drawn).endswith("The table has all 12.")
    for exhibit in exhibits(many):
        assert exhibit.figure is None or exhibit.figure.get_figheight() < 12
        assert len(exhibit.grid.rows) >= 12 or len(exhibit.grid.head) >= 12


def test_the_answer_of_many_counts_them_and_names_the_ends(many):
    said = answer(many)
    assert len(said) < 10
    assert said[1].startswith("Of 11 other scenarios, unmet demand is lower in 2 and higher in 9. ")
    assert max(map(len, said)) < 400


def test_the_controls_show_what_the_tables_hold():
    tables = made_up(TWO, FEW)
    data = controls(tables)
    place = next(i for i, one in enumerate(data["places"]) if one["name"] == "BLMK")
    seen = tables.estimate("regional_rota", "unmet_demand_share", "area", "QHG")
    assert data["figures"][0][place][1] == pytest.approx(seen[:5], rel=1e-4)
    found = tables.difference("regional_rota", "unmet_demand_share", "area", "QHG")
    assert data["differences"][0][place][1][0] == pytest.approx(found.difference, rel=1e-4)
    assert data["verdicts"][data["differences"][0][place][1][3]] == "better"
    assert data["differences"][0][place][0] is None  # the baseline has no difference from itself
    footprints = {"NHS regions", "Clusters of 2026", "Areas"}
    assert {one["group"] for one in data["places"]} == footprints | {"All areas together"}
    assert all(set(tile["places"]) == footprints for tile in data["tiles"])


def test_data_of_the_controls_cannot_end_their_script():
    assert as_json({"name": "</script><b>&"}) == '{"name":"\\u003c/script\\u003e\\u003cb\\u003e\\u0026"}'


def test_settings_of_a_sweep_come_from_its_command_in_the_order_of_its_scenarios():
    settings = settings_of(SWEEP)
    assert [(one["teams.consultants.people"], one["goodwill"]) for one in settings] == [
        ("9", "off"), ("9", "constant"), ("18", "off"), ("18", "constant"),
    ]  # fmt: skip
    assert "seed" not in settings[0]
    in_step = SWEEP | {"command": SWEEP["command"].replace("-m", "--in-step"), "scenarios": ["a", "b"]}
    assert [one["goodwill"] for one in settings_of(in_step)] == ["off", "constant"]


@pytest.mark.parametrize(
    "manifest", [{"verb": "compare", "command": "oncall-sim compare scenarios=[a,b]"}, SWEEP | {"scenarios": ["a"]}]
)
def test_what_is_no_sweep_has_no_levers(manifest):
    with pytest.raises(BadInput, match="explore: "):
        settings_of(manifest)


def test_levers_are_what_differs_numbers_in_order():
    tables = made_up(("a", "b", "c"), FEW)
    settings = [{"x.people": people, "scenario": "s"} for people in ("10", "9", "2")]
    (lever,) = levers_of(tables, settings)
    assert lever.values == ("2", "9", "10")


def test_levers_are_called_in_words():
    """Catches a slider called by its key, and a page called by the name that a sweep gave its first setting."""
    assert lever_words(Lever("teams.community_nurses.people", "", ("6", "10"))) == "People of the community nurses"
    asks = Lever("goodwill.asks_people", "people", ("1", "3"), meaning("goodwill.asks_people"))
    assert lever_words(asks) == "People rung one after another"
    assert lever_words(Lever("goodwill", "", ("off", "constant"), meaning("goodwill"))) == "Goodwill"
    assert meaning("no.such_key") == meaning("teams.anybody.no_such_key") == ""
    settings = [{"scenario": "icb_rota", "teams.community_nurses.people": people} for people in ("6", "10")]
    html = explorer(made_up(tuple("ab"), FEW), settings)
    assert "<h1>ICB rota: moving people of the community nurses</h1>" in html
    assert "against People of the community nurses: 6, on the same families" in html


def test_the_explorer_holds_every_setting_once_and_guesses_none():
    tables = made_up(tuple("abc"), FEW)
    settings = [{"x": "1", "y": "off"}, {"x": "1", "y": "on"}, {"x": "2", "y": "off"}]
    html = explorer(tables, settings)
    data = json.loads(re.search(r'id="explorer-data">(.*?)</script>', html, re.S)[1])
    assert data["at"] == [[0, 0], [0, 1], [1, 0]]
    assert "combinations that were not say so" in html
    assert html.count('<th scope="row">') == 2 * len(settings)
    assert not re.findall(r'(?:src|href)="(?!#|data:)', html)


def test_slides_of_families_come_before_those_of_calls():
    """Catches fates that only the page tells, and flows of more scenarios than a slide holds."""
    pptx = pytest.importorskip("pptx")
    from sim.report.slides.deck import slides

    tables = report_tables.with_fates("current_patchwork", "goodwill_withdrawn", "icb_rota", codes=FEW)
    many = {"goodwill_withdrawn": ("whole", "not_offered_home"), "icb_rota": ("not_offered_home", "whole")}
    lines = [("current_patchwork", name, *pair, 100.0, 90.0, 110.0, 0.2, 20) for name, pair in many.items()]
    moved = dataclasses.replace(tables, flows=pd.DataFrame(lines, columns=flows.COLUMNS))
    deck = pptx.Presentation(io.BytesIO(slides(priced(moved))))
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert len(titles) == 8
    assert titles[1].endswith("of 500 children a year are met throughout in Current patchwork")
    assert titles[2] == "Whole families: 4.0% in the baseline, 44% in ICB rota (not decided)"
    assert titles[3] == "ICB rota: 100 families a year fare better, – worse"
    held = next(shape.table for shape in deck.slides[3].shapes if shape.has_table)
    assert [held.cell(1, column).text_frame.text for column in range(3)] == [
        "not offered home", "whole: met in time by funded staff, every night covered", "100",
    ]  # fmt: skip


def test_eight_slides_are_read_from_three_metres_with_money_posts_and_how_sure():
    """Catches small print, a table over the edge, a chart without words for it, and a deck that tells no price."""
    pptx = pytest.importorskip("pptx")
    from sim.report.slides.deck import slides

    tables = priced(made_up(TWO, FEW))
    made = slides(tables)
    deck = pptx.Presentation(io.BytesIO(made))
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert len(titles) == 7  # one less without flows
    kinds = [
        "".join("table " if shape.has_table else "picture " if shape.shape_type == 13 else "" for shape in slide.shapes)
        for slide in deck.slides
    ]
    assert [kind.strip() for kind in kinds] == ["table", "", "picture", "table", "table", "table", "table"]
    for slide, title in zip(deck.slides, titles, strict=True):
        assert 0 < len(title.split()) <= 12, title
        for shape in slide.shapes:
            assert 0 <= shape.left <= shape.left + shape.width <= deck.slide_width
            assert 0 <= shape.top <= shape.top + shape.height <= deck.slide_height
            assert shape.shape_type != 13 or shape._element.nvPicPr.cNvPr.get("descr")
            assert all(size >= pptx.util.Pt(16) for size in sizes(shape)), title
    money = next(shape.table for shape in deck.slides[3].shapes if shape.has_table)
    assert titles[3] == "Whole cost a year: £1.00m Current patchwork, £2.00m Regional rota"
    assert [money.cell(0, column).text_frame.text for column in (1, 4)] == [
        "Whole cost a year", "Of it, posts that do not exist",
    ]  # fmt: skip
    assert money.cell(2, 1).text_frame.text == "£2.00m"
    assert titles[-1] == "How sure: chance is told, what assumptions do is not"
    assert "Driven by 93 numbers, of which 61 are assumptions" in deck.slides[6].shapes[-1].text_frame.text
    assert slides(tables) == made


def sizes(shape):
    """Of the letters of a shape."""
    frames = [shape.text_frame] if shape.has_text_frame else []
    if shape.has_table:
        frames = [cell.text_frame for row in shape.table.rows for cell in row.cells]
    return [line.font.size for frame in frames for line in frame.paragraphs if line.text and line.font.size]


def priced(tables):
    """The same study with a whole cost."""
    rows = [
        {"scenario": name, "measure": "total_cost", "unit": "GBP/year", "group": "england", "level": "England",
         "mean": cost, "ci_low": cost - 1e4, "ci_high": cost + 1e4, "pi_low": cost - 1e5, "pi_high": cost + 1e5,
         "replications": 20, "events": 20}
        for name, cost in zip(tables.names, (1e6, 2e6, 3e6), strict=False)
    ]  # fmt: skip
    return dataclasses.replace(tables, summary=pd.concat([tables.summary, pd.DataFrame(rows)], ignore_index=True))
