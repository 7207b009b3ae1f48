"""Every number of the configuration reaches its own field, in hours and shares, and no other's.

Each line is a key, a value that no other key of its kind has, and the field in which it must arrive. All are asked for
at once: a field that is filled from a neighbour's key shows the neighbour's value.
"""

from __future__ import annotations

from typing import Any

import pytest

from sim.config import plan
from sim.domain.scenario import Scenario

IN_HOURS = {"minutes": 1 / 60, "hours": 1.0, "days": 24.0, "weeks": 168.0}
IN_SHARES = {"percent": 0.01, "points": 0.01}
TABLE = """
place.home_anyway                                     0.61   place.home_anyway
place.goodwill_makes_home                             0.12   place.goodwill_makes_home
place.home_share_of_preference                        0.63   demand.home_share
place.p_hospice_offer                                 0.64   place.p_hospice_offer
place.phone_only_weight_share                         0.65   place.phone_only_weight

demand.growth_per_year                                0.011  demand.growth_per_year
demand.winter_multiple                                1.11   demand.winter_multiple
demand.area_effect_sd_log                             0.16   demand.area_effect_sd_log
demand.frailty_shape                                  1.51   demand.frailty_shape
demand.episode_cap_days                               91     demand.episode_cap_hours
demand.calls_per_child_day.stable                     0.09   demand.calls_per_day.0
demand.calls_per_child_day.unstable                   0.79   demand.calls_per_day.1
demand.calls_per_child_day.deteriorating              0.34   demand.calls_per_day.2
demand.calls_per_child_day.dying                      1.49   demand.calls_per_day.3
demand.reference_calls_per_child_day.stable           0.11   demand.reference_calls_per_day.0
demand.reference_calls_per_child_day.dying            1.52   demand.reference_calls_per_day.3
demand.rate_ceiling_multiple                          2.1    demand.ceiling_multiple
demand.professional_share                             0.21   demand.professional_share
demand.night_visit_multiple                           1.73   demand.night_visit_factor
demand.dying_night_weight_multiple                    2.2    demand.dying_night_weight
demand.background_calls_per_child_year                0.59   demand.background_calls_per_child_year
demand.background_children_per_death                  1.1    demand.background_children_per_death
demand.p_prepared                                     0.51   demand.p_prepared
demand.p_advance_care_plan                            0.52   demand.p_advance_care_plan
demand.p_home_safe_for_one                            0.91   demand.p_home_safe_for_one
demand.prepared_need_level_one_lower_share            0.53   demand.prepared_need_level_one_lower
demand.p_medicines_in_home_unprepared                 0.31   demand.p_medicines_in_home
demand.p_visitor_carries_medicines                    0.32   demand.p_visitor_carries_medicines
planned.visits_per_week_stable                        1.1    demand.planned_per_week.0
planned.visits_per_week_unstable                      3.1    demand.planned_per_week.1
planned.visits_per_week_deteriorating                 3.2    demand.planned_per_week.2
planned.visits_per_week_dying                         5.1    demand.planned_per_week.3
planned.visit_minutes                                 76     demand.planned_visit.mean
planned.visit_cv                                      0.41   demand.planned_visit.cv
planned.eol_share                                     0.26   demand.eol_share

roles.community_nurse.cost_gbp_per_hour               60.1   roles.community_nurse.cost_per_hour
roles.community_nurse.wte                             0.81   roles.community_nurse.wte
roles.community_nurse.leave_weeks_per_year            7.3    roles.community_nurse.leave_weeks
roles.community_nurse.sick_share                      0.056  roles.community_nurse.sick_share
roles.community_nurse.p_post_vacant                   0.106  roles.community_nurse.p_vacant
roles.community_nurse.named_people_per_family         3      roles.community_nurse.named_per_family

rota.hand_over_working_day_clock_hour                 16     rota.hand_over_working_day
rota.hand_over_other_day_clock_hour                   8      rota.hand_over_other_day
rota.p_short_notice_cover                             0.54   rota.p_short_notice_cover
rota.sick_spell_days                                  4      rota.sick_spell_days = 4
rota.max_consecutive_on_call_nights                   6      limits.nights_in_a_row
rota.headroom_share                                   0.22   availability.headroom
rota.full_time_hours_per_week                         37     availability.full_time_week
rota.stepped_up_payment_gbp_per_night                 61     availability.stepped_up_night
safe_limit.on_call_frequency_at_work_1_in_n           5      limits.on_call_1_in_n
safe_limit.rest_breaches_per_person_month             2      limits.rest_breaches_per_month
safe_limit.worked_hours_per_week                      47     limits.worked_hours_per_week
safe_limit.on_call_nights_per_28                      13     limits.nights_in_28_days
safe_limit.disturbed_nights_per_person_month          3      limits.disturbed_nights_in_a_month
safe_limit.reference_period_weeks                     16     limits.reference_weeks = 16
safe_limit.daily_rest_hours                           10     limits.daily_rest
safe_limit.weekly_rest_hours                          23     limits.weekly_rest

answering.answer_patience.emergency.mean_minutes      31     answering.answer_patience.0.mean
answering.answer_patience.urgent.mean_minutes         32     answering.answer_patience.1.mean
answering.answer_patience.routine.mean_minutes        241    answering.answer_patience.2.mean
answering.visit_patience.emergency.mean_minutes       121    answering.visit_patience.0.mean
answering.visit_patience.urgent.mean_minutes          122    answering.visit_patience.1.mean
answering.visit_patience.routine.mean_minutes         1430   answering.visit_patience.2.mean
answering.answer_standard_minutes.emergency           16     answering.answer_standard.0
answering.answer_standard_minutes.urgent              33     answering.answer_standard.1
answering.answer_standard_minutes.routine             242    answering.answer_standard.2
answering.door_standard_minutes.emergency             123    answering.door_standard.0
answering.door_standard_minutes.urgent                243    answering.door_standard.1
answering.door_standard_minutes.routine               1431   answering.door_standard.2
answering.verification_standard_minutes               244    answering.verification_standard
answering.call_back.mean_minutes                      6      answering.call_back.mean
answering.helpline_call_back_minutes                  3      answering.helpline_multiple = 0.5
answering.advice_patience.mean_minutes                62     answering.advice_patience.mean
answering.advice.consultant.mean_minutes              17     answering.advice_minutes.consultant.mean
answering.advice.specialist_nurse.mean_minutes        18     answering.advice_minutes.specialist_nurse.mean
answering.ring_back_while_visiting_minutes            22     answering.ring_back_after
repeat.p_repeat_after_unmet                           0.42   repeat.p
repeat.delay_mean_hours                               4.5    repeat.delay.mean
repeat.attempts_max                                   4      repeat.attempts_max

general_services.p_above_level_2_or_advice            0.11   general_services.p_above_level_2_or_advice
general_services.p_visit                              0.21   general_services.p_visit
general_services.p_prescription                       0.33   general_services.p_prescription
general_services.p_verification                       0.62   general_services.p_verification
general_services.p_talk_level_1                       0.54   general_services.p_talk_level_1
general_services.p_talk_level_2                       0.34   general_services.p_talk_level_2
general_services.delay_emergency_hours                1.2    general_services.delay_emergency
general_services.delay_urgent_hours                   2.3    general_services.delay_urgent
general_services.delay_routine_hours                  6.4    general_services.delay_routine
general_services.delay_verification_hours             4.6    general_services.delay_verification
general_services.delay_cv                             0.56   general_services.delay_cv

travel.busy.fixed_minutes                             13.5   travel.busy.fixed
travel.busy.per_km_minutes                            0.87   travel.busy.per_km = 0.0145
travel.quiet.fixed_minutes                            7.1    travel.quiet.fixed
travel.quiet.per_km_minutes                           0.77   travel.quiet.per_km = 0.012833333333333334
travel.london_busy.fixed_minutes                      12.6   travel.london_busy.fixed
travel.london_busy.per_km_minutes                     1.13   travel.london_busy.per_km = 0.01883333333333333
travel.london_quiet.fixed_minutes                     6.3    travel.london_quiet.fixed
travel.london_quiet.per_km_minutes                    1.05   travel.london_quiet.per_km = 0.0175
travel.mileage_ratio                                  1.41   travel.mileage
travel.rural_distance_multiple                        1.26   travel.rural_distance
travel.noise_cv                                       0.33   travel.noise_cv
travel.mobilise_from_home_minutes                     21     travel.mobilise_from_home
travel.mobilise_at_work_minutes                       7      travel.mobilise_at_work
travel.reach_minutes                                  88     travel.reach

goodwill.p_max                                        0.89   goodwill.p_max
goodwill.willingness_alpha_shape                      7.9    goodwill.willingness_alpha
goodwill.willingness_beta_shape                       2.3    goodwill.willingness_beta
goodwill.weight_evening_multiple                      0.95   goodwill.weight_evening
goodwill.weight_weekday_early_multiple                0.81   goodwill.weight_early
goodwill.weight_weekend_day_multiple                  0.82   goodwill.weight_weekend_day
goodwill.weight_night_multiple                        0.62   goodwill.weight_night
goodwill.asks_people                                  3      goodwill.asks
goodwill.ring_minutes                                 4      goodwill.ring
goodwill.weekly_cap_hours                             9      goodwill.weekly_cap
goodwill.standby_turn_nights                          2      goodwill.standby_turn_nights
goodwill.standby_after_death_hours                    5      goodwill.standby_after_death
goodwill.standby_p_answers                            0.94   goodwill.standby_p_answers
goodwill.standby_max_nights_per_28                    13     goodwill.standby_max_nights_per_28
goodwill.dynamics.drain_per_24_hours_on_call          0.0151 dynamics.drain_per_24_hours
goodwill.dynamics.drain_per_unpaid_call               0.0052 dynamics.drain_per_call
goodwill.dynamics.drain_per_unpaid_visit              0.0153 dynamics.drain_per_visit
goodwill.dynamics.drain_funded_multiple               0.34   dynamics.funded_multiple
goodwill.dynamics.recovery_share_per_day              0.0104 dynamics.recovery_per_day
goodwill.dynamics.susceptibility_sd_log               0.66   dynamics.susceptibility_sd
goodwill.dynamics.burnt_out_below_index               0.35   dynamics.burnt_out_below
goodwill.dynamics.burnt_out_leaves_multiple           3.2    dynamics.burnt_out_leaves_multiple
goodwill.dynamics.burnt_out_sick_multiple             1.83   dynamics.burnt_out_sick_multiple

consequences.met_by_someone_known.p_emergency_visit   0.081  follows.known.0
consequences.met_by_someone_known.p_admission         0.057  follows.known.1
consequences.met_by_others.p_emergency_visit          0.142  follows.others.0
consequences.met_by_others.p_admission                0.103  follows.others.1
consequences.partly_met.p_emergency_visit             0.251  follows.partly.0
consequences.partly_met.p_admission                   0.184  follows.partly.1
consequences.none.p_emergency_visit                   0.502  follows.none.0
consequences.none.p_admission                         0.303  follows.none.1
consequences.urgency_multiple                         1.52   follows.urgency_multiple
consequences.advance_care_plan_multiple               0.71   follows.advance_care_plan_factor
consequences.stay.mean_days                           6      follows.stay.mean
consequences.p_no_return_home                         0.43   follows.p_no_return_home

indifference.unmet_share_percentage_points                   1.1   zones.unmet_share
indifference.uncovered_child_night_share_percentage_points   2.2   zones.uncovered_child_night_share
indifference.hours_on_call_per_person_week                   1.3   zones.hours_on_call = 1.3
indifference.disturbed_nights_per_person_month               0.24  zones.disturbed_nights
indifference.minutes_to_door                                 5.5   zones.minutes_to_door = 5.5
indifference.standing_cost_percent                           2.6   zones.standing_cost
reporting.rural_band_low_share                        0.11   bands.rural.0
reporting.rural_band_high_share                       0.32   bands.rural.1
reporting.distance_band_low_km                        11     bands.km.0
reporting.distance_band_high_km                       22     bands.km.1

costs.consultant_salary_gbp_per_year                  119000 availability.consultant_salary
costs.consultant_high_frequency_up_to_1_in_n          5      availability.supplement.0.0
costs.consultant_medium_frequency_up_to_1_in_n        7      availability.supplement.1.0
costs.consultant_supplement_b_high_percent            3.3    availability.supplement.0.1
costs.consultant_supplement_b_medium_percent          2.4    availability.supplement.1.1
costs.consultant_supplement_b_low_percent             1.2    availability.supplement.2.1
costs.on_call_availability_gbp_per_weekday_night      31     availability.session
costs.on_call_weekend_session_multiple                2.1    availability.weekend_multiple
costs.basic_pay_share                                 0.343  costs.basic_pay_share
costs.employer_on_cost_share                          0.29   costs.on_cost
costs.post_overheads_share                            0.25   costs.overheads
costs.salary_band_7_gbp_per_year                      50007  costs.salaries.7
costs.salary_band_8_gbp_per_year                      58008  costs.salaries.8
costs.unsocial_night_saturday_percent                 34     costs.nurses.night
costs.unsocial_sunday_bank_holiday_percent            62     costs.nurses.sunday
costs.consultant_session_plain_hours                  4      costs.consultants.night = 0.6
costs.consultant_session_premium_hours                2.5    costs.consultants.sunday = 0.6
costs.mileage_gbp_per_mile                            0.57   costs.mile
costs.universal_contact_gbp_per_call                  63     costs.universal.contact
costs.gp_consultation_gbp_per_call                    49     costs.universal.consultation
costs.gp_out_of_hours_multiple                        1.55   costs.universal.consultation_out_of_hours
costs.emergency_department_gbp_per_visit              281    costs.universal.emergency_visit
costs.ambulance_gbp_per_journey                       488    costs.universal.ambulance
costs.ambulance_share                                 0.9    costs.universal.ambulance_share
costs.hospital_gbp_per_day                            1251   costs.universal.hospital_day
costs.hospice_gbp_per_day                             901    costs.universal.hospice_day
costs.goodwill_shadow_price_multiple                  1.6    costs.goodwill_multiple

training.people_per_area                              3      overlays.training.people
training.levels_raised                                0      overlays.training.levels
training.days_away_per_year                           5      overlays.training.days_away
training.cost_gbp_per_day                             301    overlays.training.cost_per_day
training.unsure_share                                 0.33   overlays.training.unsure
embedded.p_prepared_raised_to                         0.76   overlays.embedded.p_prepared
embedded.known_phase_longer_days                      13     overlays.embedded.longer
embedded.consultant_sessions_per_area                 2.5    overlays.embedded.consultant_sessions
embedded.nurse_wte_per_area                           1.5    overlays.embedded.nurse_wte
hospice_offer.far_multiple                            0.66   overlays.hospice_offer.far
hospice_offer.far_beyond_minutes                      12     overlays.hospice_offer.drive
rapid_transfer.p_wants_home.neonate                   0.34   overlays.rapid_transfer.wants_home.neonate
rapid_transfer.p_wants_home.infant                    0.17   overlays.rapid_transfer.wants_home.infant
rapid_transfer.days_at_home                           4      overlays.rapid_transfer.longest = 132
rapid_transfer.days_at_home_either_way                1.5    overlays.rapid_transfer.shortest = 60
rapid_transfer.paper_cover_hours                      71     overlays.rapid_transfer.paper
bereavement.visits_per_family                         1.7    overlays.bereavement.visits
bereavement.within_weeks                              9      overlays.bereavement.within
home_safety.p_living_alone_with_child                 0.23   overlays.home_safety.p_alone
home_safety.p_two_needed_when_alone                   0.93   overlays.home_safety.p_two_when_alone
home_safety.offered_when_alone_multiple               0.68   overlays.home_safety.offered_when_alone
home_safety.offered_when_unsafe_multiple              0.96   overlays.home_safety.offered_when_unsafe
access.home_most_deprived_multiple                    0.83   overlays.access.home_deprived
access.home_rural_multiple                            0.97   overlays.access.home_rural
access.hospice_most_deprived_multiple                 0.84   overlays.access.hospice_deprived
access.rings_team_most_deprived_multiple              0.98   overlays.access.rings_deprived
access.rings_team_rural_multiple                      0.99   overlays.access.rings_rural
peer_support.drain_multiple                           0.72   overlays.peer_support.drain
boundary.p_refuse_visit                               0.152  overlays.boundary.p_refuse_visit
boundary.p_refuse_phone                               0.053  overlays.boundary.p_refuse_phone
boundary.p_record_missing                             0.674  overlays.boundary.p_record_missing
boundary.minutes_without_record                       14     overlays.boundary.without_record = 0.2333333333
boundary.coordinator.wte                              1.2    overlays.boundary.coordinator_wte
boundary.coordinator.band                             8      overlays.boundary.coordinator_band
boundary.coordinator.refuse_multiple                  0.36   overlays.boundary.supports.0.refuse_factor
boundary.coordinator.record_missing_multiple          0.55   overlays.boundary.supports.0.record_factor
boundary.coordinator.from_week                        1      overlays.boundary.supports.0.begins = 168
boundary.coordinator.ramp_weeks                       77     overlays.boundary.supports.0.ramp
boundary.shared_record.refuse_multiple                0.85   overlays.boundary.supports.1.refuse_factor
boundary.shared_record.record_missing_multiple        0.56   overlays.boundary.supports.1.record_factor
boundary.shared_record.from_week                      3      overlays.boundary.supports.1.begins = 504
boundary.shared_record.ramp_weeks                     76     overlays.boundary.supports.1.ramp
leavers.leavers_per_year.community_nurse              0.113  overlays.leavers.rates.community_nurse.1
leavers.leavers_per_year.consultant                   0.064  overlays.leavers.rates.consultant.1
leavers.replacement.community_nurse.mean_days         123    overlays.leavers.rates.community_nurse.2.mean
leavers.replacement.consultant.mean_days              364    overlays.leavers.rates.consultant.2.mean
"""
LINES = [line.split(maxsplit=2) for line in TABLE.splitlines() if line]
SWITCHED_ON = (
    *(f"{overlay}=on" for overlay in ("access", "bereavement", "boundary", "embedded", "home_safety", "hospice_offer")),
    *(f"{overlay}=on" for overlay in ("leavers", "peer_support", "rapid_transfer", "training")),
    "goodwill.dynamics.on=true", "boundary.coordinator.on=true", "boundary.shared_record.on=true",
)  # fmt: skip


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    given = [f"{key}={value}" for key, value, _ in LINES]
    return plan("current_patchwork", ["areas=[QHG]", *SWITCHED_ON, *given]).scenario


@pytest.mark.parametrize(("key", "value", "where"), LINES, ids=[key for key, *_ in LINES])
def test_a_key_reaches_its_own_field(scenario: Scenario, key: str, value: str, where: str) -> None:
    path, _, told = where.partition(" = ")
    assert float(field(scenario, path)) == pytest.approx(float(told) if told else in_units(key, float(value)))


def test_no_two_keys_of_a_kind_are_given_one_value() -> None:
    """Would catch a line that cannot tell its field from a neighbour's."""
    seen: dict[tuple[str, float], str] = {}
    for key, value, _ in LINES:
        group = key.partition(".")[0]
        assert seen.setdefault((group, float(value)), key) == key


def in_units(key: str, value: float) -> float:
    """A value as the scenario holds it, by the unit in the key: hours for times, shares for percentages."""
    words = key.replace(".", "_").split("_")
    unit = next((word for word in reversed(words) if word in IN_HOURS or word in IN_SHARES), "")
    counted = {"per", "max"} & set(words)  # hours per week, nights in a row: no length of time
    return value if counted else value * {**IN_HOURS, **IN_SHARES}.get(unit, 1.0)


def field(at: Any, path: str) -> Any:
    """What stands at a path of names: attributes, places in a tuple, or what a pair or a thing of a tuple is called."""
    for name in path.split("."):
        if not isinstance(at, tuple):
            at = getattr(at, name)
        elif name.isdigit() and int(name) < len(at):
            at = at[int(name)]
        else:
            named = {str(getattr(one, "name", None) or one[0]): one for one in at}
            at = named[name] if not isinstance(named[name], tuple) or len(named[name]) != 2 else named[name][1]
    return at
