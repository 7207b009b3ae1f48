"""Bad input: one line with file, key, value, rule and remedy; never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim import config
from sim.config.document import write
from sim.config.layers import read_layer
from sim.config.shelf import configs_dir
from sim.errors import BadInput

COMMAND_LINE = [
    ("goodwil.asks_people=3", "goodwil.asks_people = 3: no such key; did you mean goodwill.asks_people?"),
    ("+goodwil.asks_people=3", "goodwil.asks_people = 3: no such key; did you mean goodwill.asks_people?"),
    ("++week=5", "week = 5: no such key; did you mean weeks?"),
    ("reach_minutes=60", "reach_minutes = 60: no such key; did you mean travel.reach_minutes?"),
    ("weeks=abc", "weeks = abc: must be a whole number from 1 to 520; write a number, as weeks=1"),
    ("weeks=0", "weeks = 0: must be a whole number from 1 to 520; choose a value from 1 to 520"),
    ("warmup_weeks=-1", "warmup_weeks = -1: must be a whole number from 0 to 520; choose a value from 0 to 520"),
    ("weeks=26.5", "weeks = 26.5: must be a whole number from 1 to 520; write a number, as weeks=1"),
    ("goodwill.p_max=1.4", "goodwill.p_max = 1.4: must be a number from 0 to 1; choose a value from 0 to 1"),
    (
        "travel.reach_minutes=.nan",
        "travel.reach_minutes = nan: must be a number from 0 to 1,440; write a number, as travel.reach_minutes=1",
    ),
    ("goodwill.on=maybe", "goodwill.on = maybe: must be true or false; write goodwill.on=true or goodwill.on=false"),
    (
        "goodwill=offf",
        "goodwill = offf: no part of that name in configs/goodwill; "
        "did you mean off? (one value is set by its key: goodwill.<key>=...)",
    ),
    ("areas=[QXX]", "areas = QXX: no area of that code or name; did you mean QXU or QOX?"),
    ("areas=[Dorst]", "areas = Dorst: no area of that code or name; did you mean Dorset or Somerset?"),
    ("areas=[]", "areas = []: no area is left; write areas=all, or codes as areas=[QHG,QUE]"),
    (
        "ladder=[comunity_nurses,goodwill,universal]",
        "ladder = comunity_nurses: no such team in this scenario; did you mean community_nurses or specialist_nurses?",
    ),
    (
        "ladder=[community_nurses,goodwill]",
        "ladder = [community_nurses, goodwill]: universal stands once, at the end; end the list with universal",
    ),
    (
        "ladder=[community_nurses,universal]",
        "ladder = [community_nurses, universal]: no step asks for goodwill, though goodwill.on is true; "
        "add goodwill to the ladder, or set goodwill.on=false",
    ),
    (
        "demand.calls_per_child_day.dying=3.5",
        "demand.calls_per_child_day.dying = 3.5: above the ceiling of 3: demand.rate_ceiling_multiple 2 x the "
        "reference rate; "
        "choose up to 3, or raise demand.rate_ceiling_multiple",
    ),
    (
        "demand.deaths_multiple=10",
        "demand.deaths_multiple = 10: above the ceiling of 4 times the deaths of the areas at which deaths are drawn: "
        "10 x 1.1 of growth and season = 11; choose deaths_multiple up to 3.64, or write more deaths into the areas "
        "table",
    ),
    (
        "consequences.advance_care_plan_multiple=2",
        "consequences.advance_care_plan_multiple = 2: 2 x met_by_someone_known.p_admission 0.056 is above its "
        "p_emergency_visit 0.08: nobody is admitted without one; choose up to 1.43",
    ),
    (
        "reasons.death.p_urgent=0.5",
        "reasons.death.p_urgent = 0.5: with p_emergency 0 the urgency of a death would be drawn by lot; write "
        "p_urgent: 1 or p_emergency: 1, and 0 for the other",
    ),
    (
        "rota.leave_together_max_share=2",
        "rota.leave_together_max_share = 2: must be a number from 0 to 1; choose a value from 0 to 1",
    ),
    (
        "supply.area_types.full=0.3",
        "supply.area_types: full, seven_day, weekdays_goodwill, weekdays_alone add to 1.11: must add to 1; "
        "change one by what is missing",
    ),
    (
        "consequences.none.p_admission=0.7",
        "consequences.none.p_admission = 0.7: above p_emergency_visit 0.5: an admission counts among the "
        "emergency visits; "
        "choose up to 0.5, or raise p_emergency_visit",
    ),
    (
        "teams.consultants.patterns.day.visiting=true",
        "teams.consultants.patterns.day.visiting = true: a consultant may not visit; "
        "take it out, or add visit to roles.consultant.may",
    ),
    (
        "teams.community_nurses.patterns.every_night.seats=0",
        "teams.community_nurses.patterns.every_night.seats = 0: must be all or a whole number from 1; "
        "write seats: 1; leave the pattern out (null) for none",
    ),
    (
        "teams.community_nurses.patterns.every_night.hours=17-25",
        "teams.community_nurses.patterns.every_night.hours = 17-25: hours of the clock run from 00 to 24; "
        "write them as 09-17 or 21:30-07:15",
    ),
    (
        "teams.community_nurses.patterns.every_nigt.seats=2",
        "teams.community_nurses.patterns.every_nigt.hours: missing for a pattern called every_nigt; "
        "did you mean every_night?",
    ),
    (
        "teams.comunity_nurses.people=4",
        "teams.comunity_nurses.role: missing for a team called comunity_nurses; "
        "did you mean community_nurses or specialist_nurses?",
    ),
    (
        "teams.consultants.people=to_hold_1_in_6",
        "teams.consultants.people = to_hold_1_in_6: is known for community_nurse, not for consultant; "
        "write a number of people a team, or {per_area: n}",
    ),
    (
        "teams.consultants.grouping=region",
        "teams.consultants.grouping = region: must be none, nearest_team, pairs, threes, boards, clusters_2026, "
        "regions, super_regions, national, or a table of your own; "
        "did you mean regions or super_regions?",
    ),
    (
        "calendar.start_date=2027-01-05",
        "calendar.start_date = 2027-01-05: must be a Monday; the Monday of that week is 2027-01-04",
    ),
    (
        "boundary.p_refuse_visit=0.4",
        "boundary.p_refuse_visit = 0.4: boundary is off, so it would change nothing; add boundary=on",
    ),
    (
        "travel.fixed_minutes=5",
        "travel.fixed_minutes = 5: there is no such key any more: it depends on the hour; write "
        "travel.busy.fixed_minutes and the same of travel.quiet, london_busy and london_quiet",
    ),
    (
        "roles.network_coordinator.wte=0.5",
        "roles.network_coordinator.wte = 0.5: there is no such key any more: a coordinator answers and visits nobody, "
        "and no run ever read it; write boundary.coordinator.wte and boundary.coordinator.band; a role of your own "
        "takes another name",
    ),
    (
        "roles.care_assistant.wte=0.5",
        "roles.care_assistant.wte = 0.5: nobody here is a care_assistant, so it would change nothing; write a team "
        "with role: care_assistant, or take it out",
    ),
    (
        "answering.call_back.law=gama",
        "answering.call_back.law = gama: must be one of exponential, fixed, lognormal, gamma, weibull, "
        "infinite, none; did you mean gamma?",
    ),
    ("weeks=1,2", "weeks=1,2: more than one value; add -m to run each, or write a list as [a,b]"),
    ("~goodwill", "~goodwill: nothing can be deleted; write goodwill=null to leave out a team or a pattern"),
    ("weeks", "weeks: not understood; write key=value, for example weeks=26"),
    ("name=_-_", "name = _-_: must be up to 80 letters, digits, _ and -; it names files"),
    ("name=../up", "name = ../up: must be up to 80 letters, digits, _ and -; it names files"),
]


@pytest.mark.parametrize(("word", "complaint"), COMMAND_LINE, ids=[word for word, _ in COMMAND_LINE])
def test_on_the_command_line(word: str, complaint: str) -> None:
    with pytest.raises(BadInput) as error:
        config.plan("current_patchwork", [word])
    assert str(error.value) == f"command line: {complaint}"


FILES = [
    ("based_on: current_patchwork\nweek: 4\n", "mine.yaml: week = 4: no such key; did you mean weeks?"),
    (
        "based_on: current_patchwrk\n",
        "mine.yaml: based_on = current_patchwrk: no scenario of that name; did you mean current_patchwork?",
    ),
    (
        "based_on: ./gone.yaml\n",
        "mine.yaml: based_on = ./gone.yaml: no such file; "
        "give the path of a scenario file, or a name that oncall-sim scenarios lists",
    ),
    (
        "based_on: ./mine.yaml\n",
        "mine.yaml: based_on: scenarios are based on each other in a circle; take one of them out",
    ),
    (
        "based_on: current_patchwork\ngoodwill: {on: true, p_max: 2}\n",
        "mine.yaml: goodwill.p_max = 2: must be a number from 0 to 1; choose a value from 0 to 1",
    ),
    (
        "question: What if?\ndefaults: [override /godwill: off]\n",
        "mine.yaml: defaults = godwill: no such group of parts; did you mean goodwill?",
    ),
    (
        "based_on: current_patchwork\nteams:\n  others: {role: community_nurse, people: 3, patterns: {n: "
        "{hours: 21-07}}}\n",
        "mine.yaml: teams.others.role = community_nurse: team community_nurses has that role in QE1: "
        "the same people would stand in two teams; "
        "add the patterns to community_nurses, or say people: {shared_with: community_nurses}",
    ),
    (
        "weeks: 4\nweeks: 5\n",
        "mine.yaml line 2: weeks: stands in line 1 already; write it once",
    ),
    (
        "based_on: icb_rota\nweeks: 0x10\n",
        "mine.yaml: weeks = 0x10: must be a whole number from 1 to 520; write a number, as weeks=1",
    ),
    (
        "based_on: icb_rota\nquestion: Whose is ${oc.env:HOME}?\n",
        "mine.yaml: question = Whose is ${oc.env:HOME}?: ${...} is not filled in; write the value itself",
    ),
    (
        "based_on: icb_rota\nhydra: {run: {dir: elsewhere}}\n",
        "mine.yaml: hydra: no such key; known in a scenario: name, question, see, code, "
        "library, areas, warmup_weeks, weeks, beyond_weeks, hours, warmup_hours, beyond_hours ...",
    ),
    (
        "based_on: icb_rota\ngoodwill.on: false\n",
        "mine.yaml: goodwill.on = false: no such key; write a table, as goodwill: {on: false}",
    ),
    ("based_on: [icb_rota]\n", "mine.yaml: based_on = [icb_rota]: must be one scenario; write based_on: icb_rota"),
    (
        "question: What if?\ndefaults: [override /goodwill: off, override /goodwill: constant]\n",
        "mine.yaml: defaults = goodwill: stands there twice; choose one part",
    ),
    ("weeks: 4\n", "mine.yaml: question: missing; write the question the scenario asks, as question: What if ...?"),
    ("- weeks\n", "mine.yaml: not a scenario; write lines such as question: What if ...?"),
    (
        "based_on: icb_rota\narea_table: {file: gone.csv}\n",
        "mine.yaml: area_table.file = gone.csv: no such table beside the file that names it, nor in "
        "configs/area_table; put it there",
    ),
    (
        "based_on: icb_rota\narea_table: {file: bad.csv}\n",
        "bad.csv line 2: deaths_per_year = many: must be a number from 0 to 1e+06; correct the row of QHG",
    ),
]


@pytest.mark.parametrize(("text", "complaint"), FILES)
def test_in_a_planners_own_file(text: str, complaint: str, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "bad.csv").write_text(_broken_table(), encoding="utf-8")
    with pytest.raises(BadInput) as error:
        config.plan(str(tmp_path / "mine.yaml"))
    assert str(error.value) == complaint


def _broken_table() -> str:
    lines = (configs_dir() / "area_table" / "icbs_2024.csv").read_text(encoding="utf-8").splitlines()
    row = next(line for line in lines if line.startswith("QHG"))
    return f"{lines[0]}\n{row.replace(',33.2,', ',many,')}\n"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("out", "/elsewhere"),
        ("keep", "ledger"),
        ("draw", "false"),
        ("workers", "4"),
        ("executor", "dask"),
        ("scheduler", "tcp://elsewhere:8786"),
        ("shard", "1/2"),
    ],
)
@pytest.mark.parametrize("where", ["mine", "base"])
def test_a_scenario_says_what_is_simulated_never_where_or_how(key: str, value: str, where: str, tmp_path: Path) -> None:
    """Catches a file that somebody sent, or one it is based on, which writes or connects where it likes."""
    said = {"mine": "question: What if?\nbased_on: ./base.yaml\n", "base": "based_on: icb_rota\n"}
    for name, text in said.items():
        more = f"{key}: {value}\n" if name == where else ""
        (tmp_path / f"{name}.yaml").write_text(text + more, encoding="utf-8")
    with pytest.raises(BadInput) as error:
        config.plan(str(tmp_path / "mine.yaml"))
    assert str(error.value) == (
        f"{where}.yaml: {key} = {value}: a scenario says what is simulated, not where or how it is run; "
        f"say it on the command line, as {key}={value}"
    )


PARTS = [
    (
        "asks_people: 1_0\ndefaults: [constant, _self_]\n",
        "goodwill.asks_people = 1_0: must be a whole number from 0 to 100; write a number, as goodwill.asks_people=1",
    ),
    ("asks_people: ${seed}\n", "goodwill.asks_people = ${seed}: ${...} is not filled in; write the value itself"),
    (
        "p_max: 0.1\n",
        "goodwill.advice_role: missing in a part of your own; build on a shipped part, as defaults: [constant, _self_]",
    ),
    (
        "defaults: [/place@_global_: default, _self_]\n",
        "defaults = {/place@_global_: default}: a part builds on parts of its own group; "
        "write defaults: [constant, _self_]",
    ),
    ("defaults: [thin, _self_]\n", "defaults = thin: the part builds on itself; give it a name of its own"),
    ("defaults: [constant, _self_]\nout: elsewhere\n", "goodwill.out = elsewhere: no such key; did you mean out?"),
    (
        "# @package _global_\ndefaults: [constant, _self_]\nweeks: 1\n",
        "goodwill.weeks = 1: no such key; did you mean weeks?",
    ),
    ("- 1\n", "not a part; write lines such as key: value"),
]


@pytest.mark.parametrize(("text", "complaint"), PARTS)
def test_in_a_planners_own_part(text: str, complaint: str, tmp_path: Path) -> None:
    (tmp_path / "goodwill").mkdir()
    (tmp_path / "goodwill" / "thin.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(BadInput) as error:
        config.plan("icb_rota", ["goodwill=thin"], str(tmp_path))
    assert str(error.value) == f"goodwill/thin.yaml: {complaint}"


def test_a_part_of_the_planners_own_stands_for_the_shipped_one_of_its_name(tmp_path: Path) -> None:
    """Catches the shipped part read in its place, without a word, though the folder is looked at first."""
    shipped = read_layer(configs_dir() / "goodwill" / "constant.yaml", "goodwill").content
    (tmp_path / "goodwill").mkdir()
    own = {**shipped, "asks_people": 5}
    (tmp_path / "goodwill" / "constant.yaml").write_text(write(own), encoding="utf-8")
    plan = config.plan("current_patchwork", [], str(tmp_path))
    assert plan.scenario.goodwill.asks == 5
    assert config.plan("current_patchwork").scenario.goodwill.asks == shipped["asks_people"]


@pytest.mark.parametrize(
    ("scenario", "complaint"),
    [
        (
            "curent_patchwork",
            "command line: scenario = curent_patchwork: no scenario of that name; did you mean current_patchwork?",
        ),
        (
            "./nowhere.yaml",
            "command line: scenario = ./nowhere.yaml: no such file; "
            "give the path of a scenario file, or a name that oncall-sim scenarios lists",
        ),
    ],
)
def test_unknown_scenarios(scenario: str, complaint: str) -> None:
    with pytest.raises(BadInput) as error:
        config.plan(scenario)
    assert str(error.value) == complaint


def test_an_unknown_folder_of_parts() -> None:
    with pytest.raises(BadInput, match="no such folder"):
        config.plan("current_patchwork", [], "./nowhere")


def test_a_changed_table_is_noticed_when_a_written_configuration_is_read_again(tmp_path: Path) -> None:
    resolved = config.plan("icb_rota").resolved
    line = next(line for line in resolved.splitlines() if "area_table_file" in line)
    (tmp_path / "again.yaml").write_text(resolved.replace(line, "  area_table_file: '0'"), encoding="utf-8")
    with pytest.raises(BadInput, match="the table has changed"):
        config.plan(str(tmp_path / "again.yaml"))
