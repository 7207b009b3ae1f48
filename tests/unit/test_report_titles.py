"""Titles, notes and words of all charts, and what is written on them, on a page and on a phone."""

from __future__ import annotations

import dataclasses
import re
from html import unescape

import pandas as pd
import pytest

from sim.report.drawing.style import PHONE, WIDTH
from sim.report.exhibits import exposure
from sim.report.exhibits.bars import ALIKE
from sim.report.exhibits.both_intervals import SHOWN, both_intervals
from sim.report.exhibits.contents import exhibits
from sim.report.exhibits.fates import fates
from sim.report.page.notes import told_once
from sim.report.page.report import page as page_of
from sim.report.words.captions import where
from sim.report.words.glossary import TERMS, Glossary, anchor
from sim.report.words.titles import MOST, fitting, length
from tests.unit.boxes import boxes, collisions, over_the_edge
from tests.unit.report_tables import made_up, with_fates

FOUR = ("current_patchwork", "goodwill_withdrawn", "icb_rota", "regional_rota")
LONG = (
    "regional_rota_existing_people_goodwill_off",
    "current_patchwork_with_a_very_long_name_of_mine",
    "icb_rota_for_all_who_are_on_call_at_night",
)
FEW = ("QHG", "QMM", "QT6")


@pytest.fixture(scope="module", params=[FOUR, FOUR[:1], LONG], ids=["four", "one", "long"])
def shown(request):
    return exhibits(made_up(request.param, FEW, stock=True))


@pytest.fixture(scope="module")
def tables():
    return made_up(FOUR, FEW, stock=True)


@pytest.fixture(scope="module")
def page(tables):
    return page_of(tables, exhibits(tables), {})


def test_a_title_has_at_most_a_dozen_words_and_a_number(shown):
    """Catches a title that lists verdicts, scenarios or definitions."""
    for exhibit in shown:
        assert length(exhibit.title) <= MOST, exhibit.title
        assert re.search(r"\d|none|no |No ", exhibit.title), exhibit.title
        assert not exhibit.title.endswith("."), exhibit.title


def test_the_first_title_that_fits_is_taken():
    assert fitting("one " * 12 + "more", "two words") == "two words"
    assert fitting("one " * 12 + "more", "two " * 12 + "more").startswith("two")
    assert length("Goodwill withdrawn (a\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}0.35)") == 3


def test_the_alternative_text_is_one_sentence_with_the_finding(shown):
    for exhibit in shown:
        if exhibit.draw is not None:
            assert exhibit.alt == f"{exhibit.kind}: {exhibit.title}."
            assert not re.search(r"[.!?] [A-Z]", exhibit.alt)


@pytest.mark.parametrize("of", ["a page", "a phone"])
def test_no_words_on_a_chart_lie_on_each_other_or_over_its_edge(shown, of):
    """Catches ticks of one panel in the title of the next, and a key that is cut at the edge."""
    for exhibit in shown:
        figure = exhibit.figure if of == "a page" else exhibit.on_a_phone()
        if figure is not None:
            assert figure.get_figwidth() == (WIDTH if of == "a page" else PHONE.wide)
            assert (exhibit.name, collisions(figure), over_the_edge(figure)) == (exhibit.name, [], [])


@pytest.mark.parametrize("names", [FOUR, LONG], ids=["four", "long"])
@pytest.mark.parametrize("of", ["a page", "a phone"])
def test_a_study_with_draws_has_its_words_whole_beside_the_two_bars(names, of):
    """Catches rows that end in "or in ..." on a phone, and a baseline whose name makes the title too long."""
    tables = made_up(names, FEW)
    row = {"of": "figure", "unit": "share", "mean": 0.5, "chance_low": 0.4, "chance_high": 0.6, "draws": 64}
    row |= {"assumptions_low": 0.2, "assumptions_high": 1.0, "group": "england", "level": "England"}
    rows = [{**row, "scenario": scenario, "measure": measure} for scenario in tables.names for measure in SHOWN]
    exhibit = both_intervals(dataclasses.replace(tables, uncertainty=pd.DataFrame(rows)))
    assert length(exhibit.title) <= MOST
    assert "20% to 100%" in exhibit.title
    figure = exhibit.figure if of == "a page" else exhibit.on_a_phone()
    assert (collisions(figure), over_the_edge(figure)) == ([], [])
    if names == FOUR:
        assert not [words for words, *_ in boxes(figure) if "\N{HORIZONTAL ELLIPSIS}" in words]


@pytest.mark.parametrize("of", ["a page", "a phone"])
def test_the_long_words_of_fates_stand_whole_in_their_key(of):
    """Catches a key whose last entry ends at the edge of a phone."""
    exhibit = fates(with_fates(*FOUR[:3], codes=FEW))
    figure = exhibit.figure if of == "a page" else exhibit.on_a_phone()
    assert (collisions(figure), over_the_edge(figure)) == ([], [])


def test_on_a_phone_panels_stand_below_each_other_the_baseline_first(tables):
    figure = next(one for one in exhibits(tables) if one.name == "equity_unmet").on_a_phone()
    titles = [axes.get_title(loc="left") for axes in figure.axes]
    assert titles[0] == "Current patchwork"
    assert len({axes.get_position().x0 for axes in figure.axes}) == 1
    tops = [axes.get_position().y1 for axes in figure.axes]
    assert tops == sorted(tops, reverse=True)


def test_no_sentence_stands_on_the_page_twice(page):
    """Catches a caption that says again what stands under another chart, or how many numbers drive it."""
    charts = page[page.index('id="analysts"') : page.index('id="ambitions"')]
    parts = re.findall(
        r'<p class="subtitle">(.*?)</p>|<figcaption>(.*?)</figcaption>|<li id="note-.*?">(.*?)</li>', charts
    )
    text = [unescape(re.sub(r'<(?:span|a) class="see".*|<[^>]*>', "", "".join(part))).strip() for part in parts]
    sentences = [one for words in text for one in re.split(r"(?<=[.]) (?=[A-Z])", words) if one.endswith(".")]
    assert len(sentences) > 40
    assert sorted({one for one in sentences if sentences.count(one) > 1}) == []
    assert "Driven by" not in charts


def test_every_chart_leads_to_its_numbers_and_they_lead_back(tables):
    """Catches a chart in no row of the register, or in two."""
    shown = exhibits(tables)
    told = told_once(shown, where(tables))
    rows = {note.number: note for note in told.register}
    for exhibit in shown:
        row = rows[told.under[exhibit.name].register]
        assert row.words.startswith("Driven by ")
        assert row.words.rstrip(".").split(". ")[0] in exhibit.caption
    assert sorted(code for note in told.register for code, _ in note.charts) == sorted(one.name for one in shown)
    assert not any(told.under[one.name].subtitle.endswith("replications") for one in shown)


def test_a_word_is_explained_where_it_first_stands_and_once_in_a_list(page):
    """Catches a page that speaks of rotas as held and never says what that is."""
    used = re.findall(r'<a class="word" href="#([^"]*)"', page)
    assert len(used) == len(set(used)) > 8
    assert {anchor("as held"), anchor("potential call"), anchor("goodwill")} <= set(used)
    assert sorted(re.findall(r'<dt id="(word-[^"]*)">', page)) == sorted(used)


def test_terms_are_found_in_any_case_and_never_inside_a_word():
    glossary = Glossary()
    said = glossary.explained("Unmet demand & potential calls; unmet demand; seated")
    assert str(said).startswith('<a class="word" href="#word-unmet-demand"')
    assert "&amp;" in said
    assert [term for _, term, _ in glossary.list()] == ["potential call", "unmet demand"]
    assert all(TERMS[term] == words for _, term, words in glossary.list())


def test_a_panel_whose_bars_are_all_alike_is_a_sentence_and_no_chart(tables):
    """Catches four bars of 100% that a reader compares in vain."""
    summary = tables.summary.copy()
    alike = summary["measure"].str.contains("child_nights_without_consultant|child_hours_without_consultant")
    summary.loc[alike, ["mean", "ci_low", "ci_high"]] = 1.0
    some = exposure.exposure(dataclasses.replace(tables, summary=summary))
    assert [axes.get_title(loc="left") for axes in some.figure.axes] == [
        "Nights with nobody funded to come", "Hours with nobody funded to come",
    ]  # fmt: skip
    assert "Alike in every bar, so not drawn: Nights without a consultant on duty (100%)" in some.caption
    summary.loc[summary["measure"].str.startswith("child_"), ["mean", "ci_low", "ci_high"]] = 1.0
    none = exposure.exposure(dataclasses.replace(tables, summary=summary))
    assert none.draw is None
    assert none.note == ALIKE
