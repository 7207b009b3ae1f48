"""The first sheet of the page: its counts add up, and no sentence says more than the numbers do."""

from __future__ import annotations

import json
import math
import random
import re
import shutil
import subprocess
from dataclasses import replace
from html import unescape
from pathlib import Path

import pandas as pd
import pytest

from sim.domain.words import FATES
from sim.experiment.uncertainty_tables import DECIDES, UNCERTAINTY
from sim.report import Tables
from sim.report.front import fairness, money, pair, partition, sure
from sim.report.front.brief import ends
from sim.report.front.partition import GROUPS, adding, count, counts, printed, sentences
from sim.report.front.sheet import boards, sheet, told
from sim.report.front.verdict import verdict
from sim.report.page.controls import controls
from sim.report.page.on_the_rota import FIGURES
from sim.report.page.report import page
from sim.report.words.supply import LIKE, like, on_map
from tests.unit.report_tables import FATE_SHARES, made_up, with_fates

NAMES = ("current_patchwork", "goodwill_withdrawn", "icb_rota")
CODES = ("QHG", "QMM")
OLD = "This study has no count of children"
PLACES = [
    ("england", "England", 500.0),
    ("area", "QHG", 12.0),
    ("area", "QMM", 9.0),
    ("rural", "over 30 % rural", 90.0),
]
PLACES += [("deprivation", "quintile 1 (most deprived)", 200.0), ("deprivation", "quintile 5", 60.0)]
EVERY_LEVEL = {
    "rural": ("under 10 % rural", "10-30 % rural", "over 30 % rural"),
    "deprivation": ("quintile 1 (most deprived)", *(f"quintile {fifth}" for fifth in range(2, 6))),
    "area_type": ("full", "seven_day", "weekdays_alone", "weekdays_goodwill"),
}
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def differing(
    scenario: str, measure: str, place: tuple[str, str], difference: float, verdict: str, half: float = 1.0
) -> dict[str, object]:
    group, level = place
    row = {"baseline": NAMES[0], "scenario": scenario, "measure": measure, "unit": "", "group": group, "level": level}
    return (
        row
        | {"difference": difference, "ci_low": difference - half, "ci_high": difference + half}
        | {"verdict": verdict}
    )


def followed(names: tuple[str, ...] = NAMES, places: list[tuple[str, str, float]] = PLACES) -> Tables:
    """A study with fates in every place; verdicts better for the rota and worse without goodwill, but not in QMM."""
    tables = with_fates(*names, codes=CODES)
    columns = ["scenario", "measure", "unit", "group", "level", "mean", "ci_low", "ci_high", "pi_low", "pi_high"]
    rows, compared = [], []
    for scenario in names:
        shares, base = (
            dict(zip(FATES, FATE_SHARES[scenario], strict=True)),
            dict(zip(FATES, FATE_SHARES[NAMES[0]], strict=True)),
        )
        for group, level, families in places:
            seen = {f"fate_{fate}_per_year": families * share for fate, share in shares.items()}
            seen["worst_three_fates_share"] = sum(list(shares.values())[:3])
            rows += [(scenario, m, "", group, level, x, 0.9 * x, 1.1 * x, 0.5 * x, 1.5 * x) for m, x in seen.items()]
            if scenario == names[0]:
                continue
            said = "not_decided" if level == "QMM" else "better" if "rota" in scenario else "worse"
            compared += [
                differing(
                    scenario, f"fate_{fate}_per_year", (group, level), families * (shares[fate] - base[fate]), said
                )
                for fate in FATES
            ]
            worst = seen["worst_three_fates_share"] - sum(list(base.values())[:3])
            compared.append(differing(scenario, "worst_three_fates_share", (group, level), worst, said))
    summary = pd.concat([tables.summary, pd.DataFrame(rows, columns=columns)], ignore_index=True)
    return replace(tables, summary=summary, comparison=pd.concat([tables.comparison, pd.DataFrame(compared)]))


@pytest.fixture(scope="module")
def study() -> Tables:
    return followed()


def words(html: str) -> str:
    """What stands in a page, without what only a machine reads."""
    bare = re.sub(r"<(style|script)\b.*?</\1>", "", html, flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", bare))


# -- the answer ----------------------------------------------------------------------------------------------------


def test_every_fate_is_in_one_group_and_letters_stay_where_colours_do_not():
    """Catches a fate that is left out of the partition or counted twice."""
    assert sorted(fate for group in GROUPS for fate in group.fates) == sorted(FATES)
    assert "".join(group.letter for group in GROUPS) == "ABCDEF"


def test_rounded_counts_add_up_to_their_rounded_sum_and_the_first_and_last_stay():
    """Catches counts that miss the families by one or two, as each rounded by itself does."""
    draw = random.Random(1)
    for _ in range(500):
        values = [draw.choice((0.0, draw.uniform(0, 300))) for _ in range(6)]
        for decimals in (0, 1):
            found = adding(values, decimals)
            assert round(sum(found), 6) == round(round(round(sum(values), 9), decimals), 6)
            assert (found[0], found[-1]) == (round(values[0], decimals), round(values[-1], decimals))
            assert max(abs(a - b) for a, b in zip(found, values, strict=True)) <= 2.5 / 10**decimals


def test_the_sentence_is_of_the_counts_and_they_add_to_the_families(study):
    first = sentences(study, told(study))[0]
    assert first == (
        "Current patchwork: of about 500 families a year who want to be at home, 125 are not offered it, 195 are left "
        "without help, or helped late or in part, at least once, 80 lean on goodwill or general services, and 20 are "
        "met throughout; 35 are in hospital to the end after a call that was met, and 45 have a night with nobody "
        "funded to come though every call is met."
    )
    said = [int(one) for one in re.findall(r"\d+", first)]
    assert sum(said[1:]) == said[0]


@pytest.mark.parametrize("place", [(group, level) for group, level, _ in PLACES])
def test_what_is_printed_adds_up_in_every_place_and_the_families_are_the_same_in_every_scenario(study, place):
    """Catches bars, table and sentence of different counts, and the same children counted anew in a scenario."""
    found = {scenario: counts(study, scenario, place) for scenario in study.names}
    assert len({partition.everybody(of) for of in found.values()}) == 1
    for of in found.values():
        assert round(sum(map(float, printed(of))), 6) == float(partition.everybody(of))


def test_several_fates_together_have_an_interval_as_wide_as_if_they_moved_together(study):
    fates = ("nobody_answered", "incomplete_or_late")
    assert count(study, NAMES[0], fates) == pytest.approx((120.0, 108.0, 132.0))


def test_other_scenarios_are_told_by_decided_changes_alone(study):
    """Catches a side that is named where chance may explain it."""
    _, goodwill, rota = sentences(study, told(study))
    assert "110 more not offered home, or in hospital (107 to 113)" in goodwill
    assert "125 fewer not offered home, or in hospital (122 to 128)" in rota
    assert "200 more met throughout (199 to 201)" in rota
    small = sentences(study, told(study), ("area", "QMM"))[2]
    assert not re.search("fewer |[0-9] more", small.replace("more or fewer", ""))
    assert small.count("is not decided") == 2


def test_a_verdict_that_hangs_on_an_assumption_says_so(study):
    compared = study.comparison.replace({"verdict": {"better": "better_if"}})
    assert "unless an assumption is otherwise" in sentences(replace(study, comparison=compared), told(study))[2]


def test_children_are_followed_one_by_one(study):
    lines = [("not_offered_home", "whole", 100.0), ("whole", "nobody_answered", 7.0), ("whole", "whole", 13.0)]
    flows = pd.DataFrame(
        [(NAMES[0], "icb_rota", *line) for line in lines],
        columns=["baseline", "scenario", "from", "to", "families_per_year"],
    )
    said = sentences(replace(study, flows=flows), told(study))
    assert said[2].endswith("followed child by child, 100 fare better and 7 worse.")
    assert "followed" not in said[1]


def test_a_study_from_before_fates_says_so_and_still_opens():
    """Catches a page that breaks on a result of the first version, or makes counts up for it."""
    old = made_up(NAMES, CODES)
    assert sentences(old, told(old))[0].startswith(OLD)
    assert OLD in words(page(old, [], {}))
    assert boards(old) == []


def test_headings_have_at_most_twelve_words(study):
    for one in (sheet(study), *boards(study)):
        assert max(len(heading.split()) for heading in (one.heading, *(part.heading for part in one.parts))) <= 12


# -- the price -----------------------------------------------------------------------------------------------------


def priced(tables: Tables) -> Tables:
    columns = ["scenario", "measure", "group", "level", "mean", "ci_low", "ci_high"]
    costs = {"total_cost": (6.6e6, 22.9e6), "total_cost_per_family": (13.7e3, 47.1e3), "extra_posts": (0.0, 175.0)}
    costs |= {"extra_posts_wte": (0.0, 130.4), "extra_posts_cost": (0.0, 16.7e6)}
    rows = [
        (scenario, measure, "england", "England", value, 0.99 * value, 1.01 * value)
        for measure, of in costs.items()
        for scenario, value in zip((NAMES[0], "icb_rota"), of, strict=True)
    ]
    more = differing("icb_rota", "total_cost", ("england", "England"), 16.3e6, "worse", 2e5)
    summary = pd.concat([tables.summary, pd.DataFrame(rows, columns=columns)], ignore_index=True)
    return replace(tables, summary=summary, comparison=pd.concat([tables.comparison, pd.DataFrame([more])]))


def test_the_price_is_the_whole_one_with_the_posts_that_do_not_exist(study):
    """Catches a price without its posts, and availability told as if it were the price."""
    grid = money.money(priced(study), told(study))
    assert grid.rows[1] == (
        "ICB rota",
        "£22.9m",
        "£47.1k",
        "+£16.3m (+£16.1 to +£16.5m)",
        "£16.7m for 175 posts (130 WTE): 43 community nurses, 24 specialist nurses, 108 consultants",
    )
    assert grid.rows[0][-1] == "none"
    assert money.heading(study, told(study)) == "Whole cost: no figure in this study"


def test_intervals_say_their_unit_once():
    assert ends(0.19, 0.21) == "19 to 21%"
    assert ends(861e3, 1.23e6, "GBP", difference=True) == "+£861k to +£1.23m"
    assert ends(22.6e6, 23.1e6, "GBP") == "£22.6 to £23.1m"
    assert ends(math.nan, 1.0) == "no interval"


# -- how sure ------------------------------------------------------------------------------------------------------


def drawn(tables: Tables, **verdict: object) -> Tables:
    row = {"group": "england", "level": "England", "unit": "share", "draws": 64, "measure": "worst_three_fates_share"}
    figure = {
        **row,
        "of": "figure",
        "scenario": NAMES[0],
        "assumptions_low": 0.4,
        "assumptions_high": 0.66,
        "verdict": "",
    }
    held = {
        "verdict": "better",
        "same_sign": 1.0,
        "same_sign_low": 0.94,
        "same_sign_high": 1.0,
        "if_key": "",
        "if_side": "",
    }
    difference = {**row, "of": "difference", "baseline": NAMES[0], "scenario": "icb_rota", **held, **verdict}
    keys = ("calibration.died", "rota.p_cover", "place.home_anyway", "a.b", "c.d")
    ordered = [
        {**row, "of": "difference", "scenario": "icb_rota", "place": place, "key": key, "tied": 1, "low": 0.2,
         "high": 0.5, "at_low": -0.4, "at_high": -0.2, "grade": "assumed"}
        for place, key in enumerate(keys, start=1)
    ]  # fmt: skip
    both = pd.DataFrame([figure, difference], columns=UNCERTAINTY)
    return replace(tables, uncertainty=both, decides=pd.DataFrame(ordered, columns=DECIDES))


def test_until_it_was_asked_the_sheet_says_so_and_gives_the_command(study):
    """Catches an interval of chance that is taken for all there is to doubt."""
    assert {row[2] for row in sure.sure(study, told(study)).rows} == {"not run"}
    (said,) = sure.lines(study, told(study), ["icb_rota"])
    assert "has not been run" in said
    assert said.endswith(
        "oncall-sim compare 'scenarios=[current_patchwork,goodwill_withdrawn,icb_rota]' uncertainty=64"
    )
    assert "scenarios=[current_patchwork,icb_rota]" in sure.command(with_fates(NAMES[0]))  # a comparison takes two


def test_chance_and_assumptions_stand_side_by_side_and_three_numbers_decide(study):
    asked = drawn(study)
    assert sure.sure(asked, told(asked)).rows[0][1:3] == ("47% (42 to 52%)", "40 to 66%")
    decide, turn = sure.lines(asked, told(asked), ["icb_rota"])
    assert decide.count("(assumed)") == 3
    assert (
        "rota: chance of cover, 0.2 to 0.5 (assumed): not offered home, or in hospital −40 to −20 points in" in decide
    )
    assert "in 100% (95% interval 94% to 100%) of 64 draws" in turn


def test_what_would_change_the_answer_is_named_with_its_side(study):
    asked = drawn(study, verdict="better_if", same_sign=0.8, if_key="place.home_anyway", if_side="below", if_value=0.31)
    said = 'or in hospital: better if "place: home anyway" is below 0.31; the same way in 80% of draws'
    assert "ICB rota, not offered home, or in hospital: better" in sure.lines(asked, told(asked), ["icb_rota"])[1]
    assert said in sure.lines(asked, told(asked), ["icb_rota"])[1]
    assert sure.heading(asked, told(asked)) == "How sure: 1 verdict turns over 64 draws of the assumptions"
    assert sure.heading(asked, told(asked)[:1]) == "How sure: no verdict turns over 64 draws of the assumptions"


# -- who ------------------------------------------------------------------------------------------------------------


def test_who_is_harmed_is_told_in_children_and_only_where_it_is_decided(study):
    rows = {row[0]: row[1:] for row in fairness.fairness(study, told(study)).rows}
    assert rows["most deprived fifth"] == ("94", "+44 worse", "−50")
    assert rows["of 2 boards, surely better"] == ("", "0", "1")
    assert rows["surely worse"] == ("", "1", "0")
    here, whole = fairness.of_board(study, told(study), "QMM").rows
    assert here == ("Here", "4.2", "(+2.0)", "(−2.2)")
    assert whole == ("All areas", "235", "+110 worse", "−125")


def test_boards_that_are_harmed_are_named_as_boards_like_them_with_their_children(study):
    """Catches a named board that is told of services it may not have, and one that is not surely worse."""
    said = "Surely worse in Goodwill withdrawn, in children a year, boards {} NHS BLMK (+2.6)."
    assert fairness.harmed(study, told(study)) == said.format("like")
    assert sheet(study).harm == [said.format("like")]
    pinned = replace(study, areas=study.areas.assign(service="pinned"))
    assert fairness.harmed(pinned, told(study)) == said.format(":").replace("boards :", "boards:")


def test_levelling_down_names_who_is_worse_off_in_children(study):
    row = {"measure": "worst_three_fates_share", "group": "rural", "worst": "over 30 % rural", "levelling_down": "no"}
    equity = pd.DataFrame([{**row, "scenario": "goodwill_withdrawn"}])
    assert "none; no scenario surely narrows" in fairness.levelling_down(replace(study, equity=equity))
    said = fairness.levelling_down(replace(study, equity=equity.assign(levelling_down="yes")))
    assert "Goodwill withdrawn narrows the gap between rural and urban areas while over 30% rural is worse off" in said
    assert "(20 children a year more)" in said


# -- two scenarios ---------------------------------------------------------------------------------------------------


def test_the_most_asked_pair_is_the_two_with_most_children_met(study):
    assert pair.most_asked(study, told(study)) == ("goodwill_withdrawn", "icb_rota")
    assert pair.most_asked(study, NAMES[:2]) == NAMES[:2]
    assert pair.most_asked(study, NAMES[:1]) is None


def test_a_verdict_is_the_studys_or_of_intervals_that_are_apart(study):
    """Catches a verdict read backwards, a part of a whole that is compared, and means taken for a difference."""
    worst = "worst_three_fates_share"
    assert verdict(study, NAMES[0], "icb_rota", worst) == "better"
    assert verdict(study, "icb_rota", NAMES[0], worst) == "worse"
    assert verdict(study, "goodwill_withdrawn", "icb_rota", worst) == "better"  # 0.69 and 0.22, each by a tenth
    assert verdict(study, "goodwill_withdrawn", "goodwill_withdrawn", worst) == "the same"
    assert verdict(study, *NAMES[1:], "fate_nobody_answered_per_year") == "not compared"
    assert verdict(study, *NAMES[1:], "no_such_measure") == "no figure"
    none = study.summary.assign(mean=0.0)
    assert verdict(replace(study, summary=none), NAMES[0], "icb_rota", worst) == "the same"
    wide = study.summary.assign(ci_low=0.0)
    assert verdict(replace(study, summary=wide), *NAMES[1:], worst) == "not decided"
    pairs = pd.DataFrame([{"baseline": NAMES[1], "scenario": NAMES[2], "measure": worst, "verdict": "better_if"}])
    assert verdict(replace(study, pairs=pairs), *NAMES[1:], worst) == "better if"
    assert verdict(replace(study, pairs=pairs), *reversed(NAMES[1:]), worst) == "worse if"


def test_all_pairs_are_in_the_page_and_the_most_asked_one_is_seen_without_a_script(study):
    html = page(study, [], {})
    assert re.findall(r'id="(pair-\d-\d)"( hidden)?', html) == [
        ("pair-0-1", " hidden"), ("pair-0-2", " hidden"), ("pair-1-2", "")
    ]  # fmt: skip


# -- a board ---------------------------------------------------------------------------------------------------------


def test_a_board_is_one_like_it_in_title_and_on_the_map_until_it_is_pinned(study):
    """Catches figures of dealt services that are read as those of a named board."""
    titles = {one.code: one.title for one in boards(study)}
    assert titles["QHG"] == f"NHS BLMK: {LIKE}"
    assert on_map(study) == f"Each tile: {LIKE}."
    assert [one["like"] for one in controls(study)["places"] if one["group"] == "Areas"] == [f": {LIKE}"] * 2
    pinned = replace(study, areas=study.areas.assign(service=["pinned", "dealt"]))
    assert {one.code: one.title for one in boards(pinned)}["QHG"] == "NHS BLMK"
    assert on_map(pinned) == f"Each tile but for QHG: {LIKE}."
    assert like(pinned, "QMM") == f": {LIKE}"
    assert on_map(replace(study, areas=study.areas.assign(service="pinned"))) == ""


def test_a_single_area_is_not_taken_for_ones_own():
    tables = made_up(NAMES, ("QHG",))
    assert sheet(tables).place.startswith(f"NHS BLMK: {LIKE}")
    assert boards(tables) == []


def test_of_very_many_areas_none_has_a_sheet_and_the_page_says_so(study, monkeypatch):
    """Catches a page that a thousand sheets make too large to mail."""
    monkeypatch.setattr("sim.report.front.sheet.MOST_BOARDS", 1)
    assert boards(study) == []
    assert "A sheet of its own has each area where there are at most 1." in words(page(study, [], {}))


def test_every_board_has_the_five_things(study):
    assert [one.code for one in boards(study)] == ["QHG", "QMM"]
    for one in boards(study):
        assert [part.name.split("-")[0] for part in one.parts] == ["money", "sure", "who", "pair"]
        assert len(one.bars) == len(told(study))
        assert one.parts[1].heading == "How sure: 47% on average, 24 to 70% in one year"


# -- the sheet --------------------------------------------------------------------------------------------------------


def test_the_page_opens_with_the_sheet_and_nothing_of_it_is_closed(study):
    html = page(study, [], {})
    front, rest = html.split('<header id="all-charts">', 1)
    assert "<details" not in front
    assert "All charts, for analysts" in rest
    stand = [front.index(text) for text in ('id="front"', "Read first", "of about 500 families", "How sure", LIKE)]
    assert stand == sorted(stand)


def with_all_it_may_hold() -> Tables:
    """Four scenarios, every level, three roles on call, prices, draws of assumptions and an alarm."""
    places = PLACES[:3] + [(group, level, 100.0) for group, levels in EVERY_LEVEL.items() for level in levels]
    tables = drawn(priced(followed((*NAMES, "regional_rota"), places)))
    nights = [
        (scenario, "nights_on_call_share_worst", "role", role, 0.2, 0.19, 0.21)
        for scenario in tables.names
        for role in ("community_nurse", "specialist_nurse", "consultant")
    ]
    columns = ["scenario", "measure", "group", "level", "mean", "ci_low", "ci_high"]
    summary = pd.concat([tables.summary, pd.DataFrame(nights, columns=columns)], ignore_index=True)
    alarm = {
        "measure": "worst_three_fates_share",
        "group": "rural",
        "worst": "over 30 % rural",
        "levelling_down": "yes",
    }
    return replace(tables, summary=summary, equity=pd.DataFrame([{**alarm, "scenario": "goodwill_withdrawn"}]))


PROBE = """<script>
const seen = () => [...document.querySelectorAll("article, div[id^=pair-], #alike")]
  .filter(one => one.getClientRects().length).map(one => one.id);
const change = (id, value) => {
  const control = document.getElementById(id);
  control.value = value;
  control.dispatchEvent(new Event("change"));
};
const said = [seen()];
change("pair-one", 0); said.push(seen());
change("pair-other", 0); said.push(seen());
change("board", "board-QHG");
setTimeout(() => { said.push(seen()); location.hash = "#limits"; }, 200);
setTimeout(() => {
  said.push([...seen().slice(0, 1), scrollY > 1000]);
  const pre = document.createElement("pre");
  pre.id = "seen";
  pre.textContent = JSON.stringify(said);
  document.body.append(pre);
}, 500);
</script>"""


@pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")
@pytest.mark.parametrize("width", [500, 800, 1280])
def test_any_two_scenarios_and_any_board_can_be_chosen(study, tmp_path: Path, width: int):
    """Catches a choice that changes nothing, links to charts that lead to the top again, and sheets of all boards that
    stand below the first on a wide screen."""
    (tmp_path / "page.html").write_text(page(study, [], {}).replace("</body>", f"{PROBE}</body>"), encoding="utf-8")
    flags = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--dump-dom",
        "--virtual-time-budget=3000",
        f"--window-size={width},900",
    ]
    flags.append(f"--user-data-dir={tmp_path / 'profile'}")
    address = (tmp_path / "page.html").as_uri()
    done = subprocess.run([CHROMIUM, *flags, address], capture_output=True, text=True, timeout=60, check=True)
    seen = json.loads(unescape(re.search(r'<pre id="seen">(.*?)</pre>', done.stdout, re.S)[1]))
    assert seen == [["front", "pair-1-2"], ["front", "pair-0-2"], ["front", "alike"], ["board-QHG"], ["front", True]]


def test_fifteen_questions_are_answered_in_words_that_stand_on_the_page():
    """Catches a place that a reader is sent to and that is not there."""
    doc = (Path(__file__).parents[2] / "docs" / "questions.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \| .* \| (.*) \|$", doc, re.M)
    assert [int(number) for number, _ in rows] == [*range(1, 16)]
    full = with_all_it_may_hold()
    seen = words(page(full, [], {})) + words(page(replace(full, uncertainty=None, decides=None), [], {}))
    flows = "followed child by child"  # where the study followed them
    of_nurses = {one.words for one in FIGURES}
    said = {int(number): re.findall("`([^`]+)`", text) for number, text in rows}
    assert {one for number in (11, 12, 13) for one in said[number]} <= of_nurses
    asked = [one for number, found in said.items() if number not in (11, 12, 13) for one in found]
    assert [one for one in asked if one not in seen and one not in (flows, "Who gains")] == []
    assert {flows, "Who gains", "Levelling down", "Whole cost a year"} <= set(asked)


@pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")
@pytest.mark.parametrize("place", ["", "#board-QHG"], ids=["all areas", "a board"])
def test_the_sheet_prints_as_one_page_of_a4(tmp_path: Path, place):
    """Catches a first page that runs over to a second."""
    html = page(with_all_it_may_hold(), [], {}).replace("<body>", '<body class="alone">')
    (tmp_path / "page.html").write_text(html, encoding="utf-8")
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--no-pdf-header-footer"]
    flags += [f"--user-data-dir={tmp_path / 'profile'}", f"--print-to-pdf={tmp_path / 'page.pdf'}"]
    address = (tmp_path / "page.html").as_uri() + place
    subprocess.run([CHROMIUM, *flags, address], capture_output=True, timeout=60, check=True)
    assert len(re.findall(rb"/Type /Page\b(?!s)", (tmp_path / "page.pdf").read_bytes())) == 1
