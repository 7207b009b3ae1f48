"""What stands behind every number that a run reads: a source, an assumption, or the planner."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sim.config.command_line import COMMAND_LINE
from sim.config.compose import Composed
from sim.config.layers import Remark
from sim.config.log import not_read
from sim.config.overlays import off
from sim.config.words import BadKey
from sim.config.written import is_number, leaves
from sim.domain.scenario import Scenario

UNITS = (  # ending of a key, unit; the first that fits
    ("_percentage_points", "percentage points"),
    ("_clock_hour", "hour of the day"),
    ("peak_hour", "hour of the day"),
    ("amplitude", "share of the mean"),
    ("calls_per_hour", "calls/hour"),
    ("referrals_per_week", "families/week"),
    ("calls_per_family_day", "calls per family and day"),
    ("profile", "weight"),
    ("only", "place in the list"),
    ("_per_child_day", "calls per child and day"),
    ("calls_per_child_year", "calls per child and year"),
    ("children_per_death", "children per death"),
    ("_gbp_per_hour", "GBP/hour"),
    ("_gbp_per_weekday_night", "GBP/weekday night"),
    ("_gbp_per_night", "GBP/night"),
    ("_gbp_per_day", "GBP/day"),
    ("_gbp_per_mile", "GBP/mile"),
    ("_km", "km"),
    ("_gbp_per_call", "GBP/call"),
    ("_gbp_per_visit", "GBP/visit"),
    ("_gbp_per_journey", "GBP/journey"),
    ("_gbp_per_admission", "GBP/admission"),
    ("_km_per_hour", "km/h"),
    ("_gbp_per_year", "GBP/year"),
    ("weeks_per_year", "weeks/year"),
    ("from_week", "week of measuring"),
    ("band", "pay band"),
    ("days_per_year", "days/year"),
    ("hours_per_year", "hours/year"),
    ("growth_per_year", "share/year"),
    ("per_person_week", "hours per person and week"),
    ("nights_per_person_month", "nights per person and month"),
    ("per_person_month", "per person and month"),
    ("hours_per_week", "hours/week"),
    ("people_per_family", "people/family"),
    ("nights_per_28", "nights in 28"),
    ("1_in_n", "1 in n"),
    ("log_days_mean", "log of days"),
    ("log_days_sd", "log of days"),
    ("_sd_log", "sd of the log"),
    ("per_100000_by_deprivation", "deaths per 100,000"),
    ("minutes_to_door", "minutes"),
    ("minutes_without_record", "minutes"),
    ("days_away_per_year", "days/year"),
    ("days_at_home", "days"),
    ("calls_per_death", "calls/death"),
    ("leavers_per_year", "share/year"),
    ("sessions_per_area", "sessions/area"),
    ("wte_per_area", "WTE/area"),
    ("either_way", "days"),
    ("visits_per_family", "visits/family"),
    ("_percent", "%"),
    *((f"_{unit}", unit) for unit in ("minutes", "hours", "days", "weeks", "nights", "people", "visits")),
    ("weeks", "weeks"),
    ("hours", "hours"),
    ("_multiple", "multiple"),
    ("_ratio", "ratio"),
    ("_of_preference", "share"),
    ("p_answers", "probability"),
    ("_share", "share"),
    ("share", "share"),
    ("_per_day", "share/day"),
    ("_index", "index 0-1"),
    ("cv", "coefficient of variation"),
    ("shape", "shape"),
    ("wte", "WTE"),
    ("level", "level 1-4"),
    ("levels_raised", "levels"),
    ("attempts_max", "attempts"),
    ("area_types", "share of areas"),
    ("seats", "seats"),
    ("people", "people"),
    ("per_area", "people/area"),
)
BEGINNINGS = (
    ("p_", "probability"),
    ("p0", "probability"),
    ("drain_per_", "index 0-1"),
    ("visits_per_week", "visits/week"),
)

VACANT = ".p_post_vacant"
ABOUT_THE_RUN = ("replications", "seed", "workers", "out")  # how a study is run, never what it finds

Assumption = tuple[str, Any, str, str, str]


def unit_of(key: str) -> str:
    """The unit that a key carries in its own name, else in the name above it; empty if it has none."""
    for part in reversed(key.split(".")):
        for beginning, unit in BEGINNINGS:
            if part.startswith(beginning):
                return unit
        for ending, unit in UNITS:
            if part.endswith(ending):
                return unit
    return ""


def assumptions(composed: Composed, config: dict[str, Any], scenario: Scenario) -> tuple[Assumption, ...]:
    """(key, value, unit, kind, text) of every number the run reads: kind ``source``, ``assumed`` or ``planner``."""
    roles, posts = {role.name for role in scenario.roles}, _with_posts(scenario)
    found, unread = [], not_read(config) + off(config)
    for key, value in numbers(config):
        if key in ABOUT_THE_RUN or key.startswith(unread):
            continue
        if key.startswith("roles.") and key.split(".")[1] not in (posts if key.endswith(VACANT) else roles):
            continue
        if key.startswith("goodwill.dynamics.") and not config["goodwill"]["dynamics"]["on"]:
            continue
        remark = remark_of(composed, key, value)
        if remark and remark.used and remark.kind != "setting":
            found.append((key, value, unit_of(key), remark.kind, remark.text))
    return tuple(found)


def remark_of(composed: Composed, key: str, value: float) -> Remark | None:
    """What stands behind a number: the shipped remark of a shipped value, else that of the layer that set it."""
    default, shipped = _shipped(composed, key)
    if shipped and (shipped.kind == "setting" or not shipped.used or default == value):
        return shipped
    layer = composed.layer(key)
    if layer is None:
        return Remark("planner", f"set on the {COMMAND_LINE}", True)
    if key in layer.remarks:
        return layer.remarks[key]
    return None if layer in composed.parts else Remark("planner", f"set in {layer.label}", True)


def refuse_unused(composed: Composed, config: dict[str, Any]) -> None:
    """Raises BadKey for a changed number that this version does not read: it would change nothing and say nothing."""
    for key, value in numbers(config):
        default, remark = _shipped(composed, key)
        if remark and not remark.used and default != value and composed.set_by_planner(key):
            raise BadKey(key, value, "not used by this version, so it would change nothing", f"leave it at {default:g}")


def refuse_idle_vacancy(composed: Composed, config: dict[str, Any], scenario: Scenario) -> None:
    """Raises BadKey for a share of vacant posts of a role of which a scenario has people and no posts."""
    for role in sorted({team.role for team in scenario.teams if team.people} - _with_posts(scenario)):
        key, value = f"roles.{role}{VACANT}", config["roles"][role]["p_post_vacant"]
        if value > 0 and _shipped(composed, key)[0] != value and composed.set_by_planner(key):
            rule = "only posts of the shipped table may be vacant, and nobody here is one: people you name are in post"
            raise BadKey(key, value, rule, "write 0, and as many people as are in post")


def _with_posts(scenario: Scenario) -> set[str]:
    """Roles some of whose people are posts of an establishment."""
    return {person.role for team in scenario.teams for person in team.people if person.post}


def numbers(node: Any, key: str = "") -> Iterator[tuple[str, int | float]]:
    """Every number of a configuration with its dotted key."""
    return ((place, value) for place, value in leaves(node, key) if is_number(value))


def _shipped(composed: Composed, key: str) -> tuple[float, Remark | None]:
    """A part's value of a number and what stands behind it."""
    layer = next((layer for layer in composed.parts if key in layer.remarks), None)
    return (float(layer.values[key]), layer.remarks[key]) if layer else (0.0, None)
