"""Demand without families as they are: calls that come by themselves, or a caseload of any law of stay."""

from __future__ import annotations

from typing import Any

from sim.config.compose import Composed
from sim.config.places import by_area, with_referrals
from sim.config.profile import A_MINUTE, FLAT, KEY, is_smooth, read_profile
from sim.config.tables import Files
from sim.config.words import BadKey
from sim.domain.area import Area
from sim.domain.demand import CallsAlone

CALLS, CASELOAD = "calls", "caseload"
NEEDED = {CALLS: ("calls_per_hour",), CASELOAD: ("referrals_per_week", "stay", "calls_per_family_day")}
NOT_READ = {  # beginnings of keys whose numbers such a demand replaces
    CALLS: (
        *(
            f"demand.{name}"
            for name in ("deaths_", "growth_", "winter_", "area_effect_", "conditions", "frailty_", "episode_")
        ),
        *(f"demand.{name}" for name in ("phases", "calls_per_child_day", "reference_calls_", "rate_ceiling_")),
        *(f"demand.{name}" for name in ("death_calls_", "professional_", "dying_night_", "background_")),
        *(f"demand.{name}" for name in ("p_advance_care_plan", "p_home_safe_for_one", "stay", "referrals_")),
        *("reasons.death", "place.", "planned."),
    ),
    CASELOAD: (
        *(f"demand.{name}" for name in ("frailty_", "winter_", "episode_", "calls_per_child_day", "reference_calls_")),
        "demand.calls_per_hour",
    ),
}


def read_calls_alone(
    composed: Composed, files: Files, config: dict[str, Any], areas: list[Area]
) -> CallsAlone | None:  # fmt: skip
    """Calls with no families behind them, if the demand is of that kind. Raises BadKey or BadInput."""
    part = config["demand"]
    _check_kind(part)
    if part["kind"] != CALLS:
        return None
    if part["profile"] != FLAT and config["calendar"]["bank_holidays"] != "none":
        rule = "calls without families know no bank holidays"
        raise BadKey(KEY, None, rule, "write calendar: {bank_holidays: none} beside it, or profile: flat")
    rates = by_area("demand.calls_per_hour", part["calls_per_hour"], [a.code for a in areas], config["everywhere"])
    return CallsAlone(rates, read_profile(composed, files, A_MINUTE if is_smooth(part["profile"]) else 1))


def with_caseload(config: dict[str, Any], areas: list[Area]) -> list[Area]:
    """The areas with as many families a week as a caseload asks for; the same areas for any other demand."""
    part = config["demand"]
    _check_kind(part)
    if part["kind"] != CASELOAD:
        return areas
    codes = [area.code for area in areas]
    return with_referrals(
        areas, by_area("demand.referrals_per_week", part["referrals_per_week"], codes, config["everywhere"])
    )


def _check_kind(part: dict[str, Any]) -> None:
    """Raises BadKey if a number that the kind of demand needs is missing, or it is asked for a winter."""
    for name in NEEDED.get(part["kind"], ()):
        if part.get(name) is None:
            kind = part["kind"]
            remedy = f"choose the parts made for it: defaults: [override /demand: {kind}]"
            raise BadKey(f"demand.{name}", None, f"missing for kind: {kind}", remedy)
    if part["kind"] in NEEDED and part["winter_multiple"] != 1:
        rule = f"kind: {part['kind']} has no winter"
        raise BadKey("demand.winter_multiple", part["winter_multiple"], rule, "write winter_multiple: 1")
