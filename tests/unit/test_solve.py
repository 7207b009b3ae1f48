"""Solving for g, what goodwill must make possible: on made-up lines whose answer is known, and as commands."""

from __future__ import annotations

import csv
import math
import re

import pytest

from sim import cli
from sim.commands.ridge import rows
from sim.config.ridge import COLUMNS, TARGET, corners, on_ridge, shipped_ridge
from sim.domain.scenario import Run
from sim.errors import BadInput
from sim.experiment.solve import (
    ANYWAY,
    PLACES,
    TARGETS,
    TOLD,
    Line,
    Solved,
    Tried,
    identified,
    lines,
    no_solution,
    published,
    solve,
    spread,
)
from sim.experiment.validation import ridge_section
from tests.tiny import area, england, goodwill, nurses, team, tiny


def line(share, half=0.02, anyway=0.35):
    """A share as a function of g with the same interval everywhere, and a figure that is g / (1 + g)."""
    tried = (Tried(g, share(g), share(g) - half, share(g) + half, (("s", g, 1 + g),)) for g in PLACES)
    return Line(anyway, tuple(tried))


def found(of: Line, target: float) -> Solved:
    answer = solve(of, target)
    assert answer is not None
    return answer


def test_a_straight_line_is_solved_exactly_and_figures_are_read_there():
    """share = 0.05 + 0.25 g: catches figures of the nearest place tried, and a line through ratios."""
    answer = found(line(lambda g: 0.05 + 0.25 * g), 0.23)
    assert (answer.anyway, answer.target, answer.goodwill) == (0.35, 0.23, pytest.approx(0.72))
    assert dict(answer.figures) == {"s": pytest.approx(0.72 / 1.72)}


def test_the_interval_is_that_of_the_share_divided_by_the_slope():
    """Half-width 0.02 over a slope of 0.25: 0.08 on either side."""
    answer = found(line(lambda g: 0.05 + 0.25 * g), 0.20)
    assert (answer.goodwill, answer.low, answer.high) == pytest.approx((0.6, 0.52, 0.68))


def test_a_longer_arm_of_the_share_is_the_other_arm_of_g():
    """A share that may be much higher means a g that may be much lower."""
    tried = tuple(Tried(g, 0.5 * g, 0.5 * g - 0.01, 0.5 * g + 0.05) for g in PLACES)
    answer = found(Line(0.0, tried), 0.3)
    assert (answer.goodwill, answer.low, answer.high) == pytest.approx((0.6, 0.5, 0.62))


def test_the_interval_ends_at_0_and_1():
    answer = found(line(lambda g: 0.05 + 0.25 * g, half=3.0), 0.23)
    assert (answer.low, answer.high) == (0, 1)


def test_a_share_that_falls_with_g_tells_nothing_of_its_interval():
    """More goodwill cannot send children to hospital: what looks so is chance, and any g may be right."""
    answer = found(line(lambda g: 0.6 - 0.4 * g), 0.32)
    assert (answer.goodwill, answer.low, answer.high) == (pytest.approx(0.7), 0, 1)


def test_a_share_without_an_interval_has_none_in_g_either():
    answer = found(Line(0.0, tuple(Tried(g, 0.3 * g, math.nan, math.nan) for g in PLACES)), 0.23)
    assert (answer.low, answer.high) == (0, 1)


def test_a_bend_is_followed_from_place_to_place():
    """0.1 up to g = 0.5, then steeply to 0.3: catches one line from end to end, which would say 0.65."""
    answer = found(line(lambda g: 0.1 + 0.4 * max(g - 0.5, 0.0)), 0.23)
    assert answer.goodwill == pytest.approx(0.825)


@pytest.mark.parametrize("target", [0.35, 0.01])
def test_a_target_that_no_g_gives_is_told_with_those_that_have_one(target):
    """Catches a g above 1 or below 0 told as an answer, however wide the intervals are."""
    of = line(lambda g: 0.05 + 0.25 * g, half=5.0)
    assert solve(of, target) is None
    said = str(no_solution(of, target))
    assert said.endswith("where place.home_anyway is 0.35; targets from 0.0500 to 0.3000 have one")


def test_weeks_without_a_death_are_one_line():
    nobody = tiny(areas=(area(deaths_per_year=0.0),))
    with pytest.raises(BadInput, match="no child died"):
        lines(nobody, [0.0], 1, 1, 1)


def test_a_small_country_is_solved_to_the_g_that_it_was_made_with():
    """Areas with nobody on call: 0.2 + 0.8 g go home and nobody comes, so the share is a line in g that is solved
    back to where it was read. Catches an a that is not the line's own."""
    scenario = tiny(
        areas=(area(deaths_per_year=2000.0),),
        teams=(team(people=nurses(1), patterns=()),),
        goodwill=goodwill(),
        run=Run.of_weeks(0, 8, 0),
    )
    (of,) = lines(scenario, [0.2], 1, 1, 1)
    assert [one.goodwill for one in of.tried] == list(PLACES)
    assert found(of, of.tried[1].share).goodwill == pytest.approx(0.5)
    low, high = of.reach
    assert low < high
    offered = [top / bottom for one in of.tried for name, top, bottom in one.sums if name == "home_offered_share"]
    assert offered == pytest.approx([0.2 + 0.8 * g for g in PLACES], abs=0.08)


# -- how sure: a world in which children die at home by share = 0.05 + 0.3 (a + (1 - a) g), whatever chance says -----


def known(a: float, half: float = 0.003) -> Line:
    """Its line for one a; the g that gives a target is ((target - 0.05) / 0.3 - a) / (1 - a)."""
    return line(lambda g: 0.05 + 0.3 * (a + (1 - a) * g), half, a)


def test_chance_is_the_smallest_part_of_what_is_unknown():
    """For 23 % g is 0.385 at a = 0.35; 21 to 26 % give 0.282 to 0.538 there, and 0 to 1 over a. Would catch the error
    of the solver told as all that is unknown: it is 0.015 to either side."""
    here = known(0.35)
    answer = found(here, 0.23)
    chance = 0.003 / (0.3 * 0.65)
    assert (answer.low, answer.high) == pytest.approx((0.3846 - chance, 0.3846 + chance), abs=1e-4)
    assert spread([here], published(0.23)) == pytest.approx((0.2821 - chance, 0.5385 + chance), abs=1e-4)
    low, high = spread([here, known(0.0), known(0.6)], published(0.23))
    assert (low, high) == pytest.approx((0.0, 0.7 + 0.01), abs=1e-4)  # at a = 0.6 21 % is out of reach: g is 0 there
    assert identified(*spread([here], published(0.23)))
    assert not identified(low, high)


def test_where_a_does_not_matter_a_narrow_target_identifies_g():
    """Would catch a verdict that is always the same."""
    alike = [line(lambda g: 0.05 + 0.3 * g, 0.001, a) for a in (0.35, 0.0, 0.6)]
    assert identified(*spread(alike, published(0.23)))


def test_a_share_that_does_not_hang_on_g_identifies_nothing():
    """Flat, or falling by chance: any g is as good."""
    for flat in (line(lambda g: 0.23), line(lambda g: 0.3 - 0.01 * g)):
        assert spread([flat], (0.23,)) == (0.0, 1.0)
        assert not identified(0.0, 1.0)


def test_a_target_of_ones_own_has_no_published_range():
    assert published(0.23) == (0.21, 0.23, 0.26)
    assert published(0.3) == (0.3,)


# -- the ridge --------------------------------------------------------------------------------------------------------


def test_the_rows_of_an_a_leave_what_has_no_solution_empty():
    tried = tuple(Tried(g, 0.1 + 0.14 * g, 0.1, 0.3, tuple((name, g, 1.0) for name in TOLD)) for g in PLACES)
    table = [on_ridge(row) for row in rows(Line(0.2, tried))]
    assert [one.target for one in table] == list(TARGETS)
    assert [math.isnan(one.goodwill) for one in table] == [False] * 4 + [True] * 2
    assert table[2].goodwill == pytest.approx(0.13 / 0.14, abs=1e-4)
    assert (table[5].lowest, table[5].highest) == (0.1, 0.24)
    assert all(math.isnan(value) for value in table[5].figures.values())
    assert [one.anyway for one in corners(table)] == [0.2]


def test_the_shipped_ridge_holds_every_pair_and_the_shipped_g_is_on_it(home):
    """Catches a g that was changed and a ridge that was not, or the other way round."""
    ridge = shipped_ridge()
    assert [(one.anyway, one.target) for one in ridge] == [(a, target) for a in ANYWAY for target in TARGETS]
    place = england("current_patchwork").place
    (here,) = [one for one in corners(ridge, TARGET) if one.anyway == place.home_anyway]
    assert place.goodwill_makes_home == pytest.approx(here.goodwill, abs=0.0051)
    with (home / "configs" / "place" / "ridge.csv").open(encoding="utf-8") as file:
        assert tuple(next(csv.reader(file))) == (*COLUMNS, *TOLD)


def test_the_ridge_slopes_as_it_must():
    """More who go home anyway leave goodwill less to explain, and a higher target asks more of it."""
    of = {(one.anyway, one.target): one.goodwill for one in shipped_ridge() if not math.isnan(one.goodwill)}
    for (a, target), g in of.items():
        assert all(g > other for (b, same), other in of.items() if same == target and b > a)
        assert all(g < other for (b, higher), other in of.items() if b == a and higher > target)


def test_the_documented_page_tells_the_shipped_ridge(home):
    """Catches a ridge that was solved anew and a page that tells the old one, or a page that was typed by hand."""
    text = (home / "docs" / "validation.md").read_text(encoding="utf-8")
    assert text.endswith(f"\n\n{ridge_section(shipped_ridge())}\n")


# -- the commands -----------------------------------------------------------------------------------------------------


SMALL = ("areas=[QHG,QUE]", "weeks=12", "warmup_weeks=0", "replications=2", "workers=1")


def test_the_command_prints_a_g_and_writes_nothing(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert cli.main(["solve", *SMALL, "target=0.2"]) == 0
    *table, last, _, by_chance, by_target, by_all = capsys.readouterr().out.splitlines()
    said = (
        r"place.goodwill_makes_home = (\d\.\d\d) gives 0\.2 where place.home_anyway is 0\.35; 2 replications, seed 1, "
    )
    answer = re.match(said, last)
    assert answer, last
    ranges = [re.search(r"(\d\.\d\d) to (\d\.\d\d)(: the target \D*)?$", row) for row in (by_chance, by_target, by_all)]
    inner, middle, outer = ([float(side) for side in row.groups()[:2]] for row in ranges if row)
    assert outer[0] <= middle[0] <= inner[0] <= float(answer.group(1)) <= inner[1] <= middle[1] <= outer[1]
    assert by_target.startswith("and the target, 0.2: no range published")
    assert "identif" in by_all
    tried = [row.split() for row in table[1:]]
    assert [float(row[0]) for row in tried] == list(PLACES)
    # the more homes goodwill makes possible, the more children die outside hospital
    assert [float(row[1]) for row in tried] == sorted(float(row[1]) for row in tried)
    assert list(tmp_path.iterdir()) == []


def test_the_ridge_is_written_as_the_configuration_ships_it(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    words = ["areas=[QHG]", "weeks=4", "warmup_weeks=0", "replications=1", "workers=1", "out=mine"]
    assert cli.main(["solve", "ridge", *words]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "mine"
    with (tmp_path / "mine" / "ridge.csv").open(encoding="utf-8") as file:
        table = [on_ridge(row) for row in csv.DictReader(file)]
    assert [(one.anyway, one.target) for one in table] == [(a, target) for a in ANYWAY for target in TARGETS]


def test_the_command_shows_its_configuration(capsys):
    assert cli.main(["solve", "areas=[QHG]", "--cfg", "job"]) == 0
    assert "goodwill_makes_home:" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["solve", "target=lots"], "target = lots"),
        (["solve", "target=23"], "target = 23"),
        (["solve", "target=nan"], "target = nan"),
        (["solve", "scenario=icb_rotta"], "icb_rota"),
        (["solve", "place.home_anyway=1.2"], "place.home_anyway = 1.2"),
        (["solve", "place.goodwill_makes_home=-0.1"], "place.goodwill_makes_home = -0.1"),
        (["solve", "place.p0=0.7"], "place.goodwill_makes_home"),
        (["solve", "place.p0_without_goodwill=0"], "take the line out"),
        # its rota on paper is whole, so that every family is offered home at any g
        (["solve", "scenario=icb_rota", "areas=[QHG]", "weeks=4", "replications=2", "workers=1"], "have one"),
    ],
)
def test_bad_input_is_one_line(words, said, capsys):
    assert cli.main(words) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    last = printed.err.splitlines()[-1]
    assert said in last
    assert last.startswith("oncall-sim: ")
