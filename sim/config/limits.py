"""What a planner writes under ``safe_limit`` and ``rota`` about safety."""

from __future__ import annotations

from typing import Any

from sim.domain.limits import SafeLimits


def safe_limits(config: dict[str, Any]) -> SafeLimits:
    """The limits that audits are held against."""
    part = config["safe_limit"]
    return SafeLimits(
        on_call_1_in_n=part["on_call_frequency_at_work_1_in_n"],
        rest_breaches_per_month=part["rest_breaches_per_person_month"],
        worked_hours_per_week=part["worked_hours_per_week"],
        reference_weeks=part["reference_period_weeks"],
        daily_rest=part["daily_rest_hours"],
        weekly_rest=part["weekly_rest_hours"],
        nights_in_a_row=config["rota"]["max_consecutive_on_call_nights"],
    )
