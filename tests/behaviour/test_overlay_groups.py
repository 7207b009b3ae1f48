"""Overlays as a planner meets them: off, or on with no effect, they change nothing; nonsense is refused."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from sim import config
from sim.domain.overlays import NO_OVERLAYS, Overlays
from sim.domain.scenario import Scenario
from sim.errors import BadInput
from sim.ledger import Ledger
from sim.model.simulate import simulate
from tests.tiny import england

SMALL = ("areas=[QF7,QHG]", "weeks=6", "warmup_weeks=1", "goodwill.dynamics.on=true")
GROUPS = (
    "leavers", "training", "embedded", "hospice_offer", "rapid_transfer", "bereavement", "home_safety", "access",
    "peer_support",
)  # fmt: skip
NO_EFFECT = {  # values inside the range that stands behind each number
    "leavers": tuple(
        f"leavers.leavers_per_year.{who}=0" for who in ("community_nurse", "specialist_nurse", "consultant")
    ),
    "training": ("training.people_per_area=0",),
    "embedded": ("embedded.p_prepared_raised_to=0.5", "embedded.known_phase_longer_days=0"),
    "hospice_offer": ("hospice_offer.far_multiple=1",),
    "rapid_transfer": ("rapid_transfer.p_wants_home.neonate=0", "rapid_transfer.p_wants_home.infant=0"),
    "bereavement": ("bereavement.visits_per_family=0",),
    "home_safety": ("home_safety.p_two_needed_when_alone=0", "home_safety.offered_when_alone_multiple=1"),
    "access": ("access.home_most_deprived_multiple=1", "access.hospice_most_deprived_multiple=1"),
    "peer_support": ("peer_support.drain_multiple=1",),
}
STRONG = {  # so that something happens to few people in six weeks
    "leavers": ("leavers.leavers_per_year.community_nurse=5",),
    "hospice_offer": ("+hospice_offer.p_by_area.QF7=0", "+hospice_offer.p_by_area.QHG=0"),
}


def told(ledger: Ledger) -> tuple[str, ...]:
    """Everything that happened and everything that was laid out beforehand."""
    setting = ledger.setting
    laid = (
        *(setting.offered, setting.in_hospice, setting.cover, setting.duties.person, setting.duties.start),
        *(setting.demand.planned.time, setting.demand.known, setting.demand.calls.time, setting.staff.leave),
        *(setting.demand.families.prepared, setting.standby.start, setting.stock.path() if setting.stock else ()),
    )
    rows = (ledger.calls.rows, ledger.tasks.rows, ledger.stays.rows)
    return (*map(repr, rows), *(column.tobytes().hex() for column in map(np.ascontiguousarray, laid)))


def with_words(*words: str) -> Scenario:
    return config.plan("current_patchwork", [*SMALL, *words]).scenario


@pytest.fixture(scope="module")
def without() -> tuple[str, ...]:
    return told(simulate(england("current_patchwork", *SMALL), 1, 0))


def test_every_overlay_has_a_group_and_all_are_off_in_the_shipped_scenarios() -> None:
    assert {*GROUPS, "boundary"} == {field.name for field in fields(Overlays)}
    assert england("current_patchwork", *SMALL).overlays == NO_OVERLAYS
    assert with_words(*(f"{group}=off" for group in (*GROUPS, "boundary", "rest"))).overlays == NO_OVERLAYS


@pytest.mark.parametrize("group", GROUPS)
def test_on_without_effect_is_the_same_world(group: str, without: tuple[str, ...]) -> None:
    """Catches an overlay that takes a draw from the core, or acts though its numbers say that it has no effect."""
    assert told(simulate(with_words(f"{group}=on", *NO_EFFECT[group]), 1, 0)) == without


@pytest.mark.parametrize("group", GROUPS)
def test_on_is_another_world(group: str, without: tuple[str, ...]) -> None:
    """Catches a switch that is not connected."""
    assert told(simulate(with_words(f"{group}=on", *STRONG.get(group, ())), 1, 0)) != without


def test_every_overlay_goes_with_every_other() -> None:
    scenario = with_words(*(f"{group}=on" for group in (*GROUPS, "boundary", "rest")))
    assert all(getattr(scenario.overlays, field.name) != field.default for field in fields(Overlays))
    assert scenario.rota.rest == "delay"
    assert simulate(scenario, 1, 0).calls.rows


def test_leaving_as_a_part_of_goodwill_is_the_overlay_leavers() -> None:
    """The word that was there before the overlay; it needs goodwill to be a stock."""
    by_overlay, by_word = with_words("leavers=on"), with_words("goodwill.dynamics.leaving=true")
    assert by_overlay.overlays == by_word.overlays
    constant = config.plan("current_patchwork", ["goodwill.dynamics.leaving=true"]).scenario
    assert constant.overlays == NO_OVERLAYS


def write(folder: Path, name: str, text: str) -> str:
    (folder / f"{name}.yaml").write_text(f"question: What if?\n{text}", encoding="utf-8")
    return str(folder / f"{name}.yaml")


def test_a_scenario_switches_an_overlay_and_one_based_on_it_switches_it_back(tmp_path: Path) -> None:
    on = write(tmp_path, "on", "based_on: current_patchwork\ntraining: on\nrest: on\n")
    off = write(tmp_path, "off", "based_on: on.yaml\ntraining: off\n")
    tuned = write(tmp_path, "tuned", "based_on: on.yaml\ntraining: {people_per_area: 5}\n")
    assert config.plan(on).scenario.overlays.training.people == 2
    assert config.plan(off).scenario.overlays == NO_OVERLAYS
    assert config.plan(off).scenario.rota.rest == "delay"
    assert config.plan(tuned).scenario.overlays.training.people == 5
    assert config.plan(on, ["training.on=false"]).scenario.overlays == NO_OVERLAYS


def test_a_written_configuration_keeps_its_overlays(tmp_path: Path) -> None:
    plan = config.plan("current_patchwork", ["training=on", "access=on", "areas=[QF7]"])
    (tmp_path / "again.yaml").write_text(plan.resolved, encoding="utf-8")
    assert config.plan(str(tmp_path / "again.yaml")).scenario.overlays == plan.scenario.overlays


def test_only_the_numbers_of_overlays_that_are_on_count_as_assumptions() -> None:
    listed = {key for key, *_ in config.plan("current_patchwork", ["training=on"]).assumptions}
    assert "training.people_per_area" in listed
    assert not any(key.startswith(("access.", "leavers.", "bereavement.")) for key in listed)


REFUSED = [
    (
        ("training.people_per_area=3",),
        "command line: training.people_per_area = 3: training is off, so it would change nothing; add training=on",
    ),
    (
        ("training=on", "training.role=comunity_nurse"),
        "command line: training.role = comunity_nurse: no such role; "
        "did you mean community_nurse or specialist_nurse?",
    ),
    (
        ("training=on", "training.levels_raised=3"),
        "command line: training.levels_raised = 3: a community_nurse is of level 2, and 4 is the highest; "
        "choose up to 2",
    ),
    (
        ("goodwill.dynamics.on=true", "roles.consultant.sick_share=0.5", "goodwill.dynamics.burnt_out_sick_multiple=2"),
        "command line: goodwill.dynamics.burnt_out_sick_multiple = 2: x the sick_share 0.5 of a consultant in winter "
        "is above 1: all of the time; choose up to 1.82",
    ),
    (
        ("training=on", "training.levels=2"),
        "command line: training.levels = 2: no such key; did you mean training.levels_raised?",
    ),
    (
        ("embedded=on", "embedded.conditions=[cancr]"),
        "command line: embedded.conditions.cancr: no such group of conditions; did you mean cancer?",
    ),
    (
        ("rapid_transfer=on", "rapid_transfer.days_at_home=1"),
        "configs/rapid_transfer/on.yaml: rapid_transfer.days_at_home_either_way = 2: above days_at_home 1: "
        "nobody goes home after the death; choose a lower one",
    ),
    (
        ("hospice_offer=on", "hospice_offer.p_by_area.QHX=0.5"),
        "command line: hospice_offer.p_by_area.QHX: no area of that code or name; did you mean QXU or QOX?",
    ),
    (
        ("access=on", "access.home_rural_multiple=1.2"),
        "command line: access.home_rural_multiple = 1.2: must be a number from 0 to 1; choose a value from 0 to 1",
    ),
    (
        ("peer_support=on", "goodwill.dynamics.on=false"),
        "configs/peer_support/on.yaml: peer_support.on = true: goodwill is constant, so there is nothing to support; "
        "add goodwill.dynamics.on=true",
    ),
    (
        ("rest=on", "rota.rest=bank"),
        "configs/rest/on.yaml: rest.on = true: rota.rest = bank is another rule than the overlay's, which delays "
        "the next duty; take one of the two out",
    ),
    (
        ("leavers=on", "+leavers.leavers_per_year.call_handler=0.1"),
        "command line: leavers.leavers_per_year.call_handler = 0.1: its replacement is missing; "
        "add leavers.replacement for it",
    ),
    (("bereavement=yes",), "command line: bereavement = yes: no part of that name in configs/bereavement; "
     "known: off, on (one value is set by its key: bereavement.<key>=...)"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "line"), REFUSED, ids=[words[-1] for words, _ in REFUSED])
def test_nonsense_is_refused_in_one_line(words: tuple[str, ...], line: str) -> None:
    with pytest.raises(BadInput) as error:
        config.plan("current_patchwork", list(words))
    assert str(error.value) == line
