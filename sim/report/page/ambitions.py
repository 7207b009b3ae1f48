"""The six Ambitions as a self-assessment sheet: what this model can say about each, and plainly what it cannot.

Source: Ambitions for Palliative and End of Life Care, a national framework for local action 2021-2026
(england.nhs.uk/eolc/ambitions). No figure here is a score: what can be counted stands in for what matters.
"""

from __future__ import annotations

from typing import NamedTuple

from sim.measures.catalogue import EVERYTHING
from sim.measures.verdicts import NOT_COMPARABLE, printed
from sim.report.drawing import Grid
from sim.report.exhibits.exposure import NIGHTS
from sim.report.page.templates import filled
from sim.report.tables import ENGLAND, Tables
from sim.report.words import NO_FIGURE, amount, capitals, figure, listed, name, pounds, spread
from sim.report.words.answer import answer
from sim.report.words.captions import driven_by, period
from sim.report.words.findings import UNMET, place_words
from sim.report.words.headlines import hours_a_week
from sim.report.words.selection import in_panels, left_out

FILE = "ambitions.html"
OWN = "Your own evidence and judgement"


class Proxy(NamedTuple):
    """Something countable that stands in for an Ambition. words: ``{role}`` in them stands for the role, where it is
    told of each.

    gap: the group of ``equity.csv`` whose gap is meant, in place of the figure itself.
    """

    words: str
    measure: str
    unit: str = "share"
    level: tuple[str, str] = ENGLAND
    gap: str = ""

    @property
    def better(self) -> str:
        """Which side is better, as the catalogue has it; of what compares nothing, that; a gap is better narrow."""
        if self.gap:
            return "lower"
        measure = EVERYTHING[self.measure]
        return printed(NOT_COMPARABLE) if measure.not_comparable else measure.better or "–"


class Ambition(NamedTuple):
    """One Ambition with its proxies and what nothing here measures."""

    number: int
    words: str
    proxies: tuple[Proxy, ...]
    cannot: str


ROLE = ("role", "")  # of each role that has figures
AMBITIONS = (
    Ambition(
        1,
        "Each person is seen as an individual",
        (
            Proxy("Home offered, of families who want it", "home_offered_share"),
            Proxy("Died outside hospital, of all deaths", "died_outside_hospital_share"),
            Proxy("Answered or visited by someone who knows the family", "seen_by_someone_known_share"),
            Proxy("Different people a family meets for its calls", "people_met_per_family", "people"),
        ),
        "Whether anybody asked the child and the family what matters to them, listened, and planned with them; the "
        "quality of a conversation; whether the place of death was the one they wanted in the end.",
    ),
    Ambition(
        2,
        "Each person gets fair access to care",
        (
            Proxy("Unmet demand, of all potential calls", UNMET),
            Proxy("Child-nights with nobody funded to come", NIGHTS),
            Proxy("Gap in unmet demand, worst against best served areas, beyond chance", UNMET, gap="area"),
            Proxy("Gap, most against least deprived homes", UNMET, gap="deprivation"),
            Proxy("Gap, most against least rural areas", UNMET, gap="rural"),
            Proxy("Gap, far against near areas", UNMET, gap="distance"),
            Proxy("Hours at home with a visiting nurse (QS160, 6a)", "qs160_6a_nurse_achieved_hours_share"),
            Proxy("Hours at home with a consultant (QS160, 6b)", "qs160_6b_consultant_achieved_hours_share"),
        ),
        "Children who are never referred or recognised; language, culture and disability; what a named area "
        "commissions, unless it is pinned by supply.by_area.",
    ),
    Ambition(
        3,
        "Maximising comfort and wellbeing",
        (
            Proxy("Minutes to an answer", "minutes_to_answer", "minutes"),
            Proxy("Minutes to the door", "minutes_to_door", "minutes"),
            Proxy("Answered within the standard, of potential calls", "answered_in_standard_share"),
            Proxy("At the door within the standard, of potential calls that need a visit", "door_in_standard_share"),
            Proxy("Calls only partly met, of potential calls", "partly_met_share"),
            Proxy("A professional there at a death at home", "deaths_with_professional_share"),
            Proxy(
                "Visits that took two people and had one, per 100 families", "lone_visits_per_100_families", "visits"
            ),
            Proxy("Emergency visits per family", "emergency_visits_per_family", "visits/family"),
            Proxy("Admissions per family", "admissions_per_family", "admissions/family"),
        ),
        "Whether symptoms were relieved; pain, sleep and fear; spiritual care; grief. Time to help is not comfort.",
    ),
    Ambition(
        4,
        "Care is coordinated",
        (
            Proxy("Calls that came again, a year", "repeat_calls_per_year", "calls/year"),
            Proxy("Unmet because free staff were not asked", "unmet_because_not_asked_share"),
            Proxy("Unmet because of a gap in the rota", "unmet_because_rota_gap_share"),
            Proxy("Seat hours that nobody holds, {role}s", "seat_hours_gap_share", level=ROLE),
        ),
        "Whether teams know and trust each other; whether a record is read and right; what families have to repeat. "
        "No study gives the effect of a coordinator or of a shared record.",
    ),
    Ambition(
        5,
        "All staff are prepared to care",
        (
            Proxy("Unmet because nobody there was able", "unmet_because_not_able_share"),
            Proxy("People beyond safe limits", "people_beyond_safe_limits_share"),
            Proxy("Shifts without 11 hours of rest before them", "rest_missed_achieved_share"),
            Proxy(
                "Disturbed nights a month, worst-off {role}",
                "disturbed_nights_per_month_worst",
                "nights",
                ROLE,
            ),
            Proxy("Families met a year, a {role}", "families_met_per_year_mean", "families", ROLE),
            Proxy("Burnt out, {role}s (where goodwill is a stock)", "burnt_out_share", level=ROLE),
        ),
        "Confidence and competence; supervision and debriefing; how people bear what they see. Burnout, where it is "
        "told, follows rates that were chosen, not measured.",
    ),
    Ambition(
        6,
        "Each community is prepared to help",
        (
            Proxy("Calls that nobody met, left to 999 and the emergency department", "unmet_share"),
            Proxy("Calls met by general services: GP, 111, open access", "met_by_general_services_share"),
            Proxy("Calls met by unpaid help of staff", "met_by_goodwill_share"),
        ),
        "Nearly everything: neighbours, schools, faith groups, volunteers, and what a community can carry. The three "
        "figures say only where formal care ends. Unpaid help of staff is no help of the community.",
    ),
)


def ambitions(tables: Tables) -> str:
    """The HTML of the sheet."""
    drawn = in_panels(tables)
    return filled(
        "ambitions.html.j2",
        study={**tables.study, "title": capitals(tables.study["title"])},
        place=place_words(tables),
        period=period(tables),
        driven_by=driven_by(tables),
        more=left_out(tables, drawn)
        .replace("Drawn:", "Shown:")
        .replace("The table has", "summary.csv has")
        .replace("in the table", "in summary.csv"),
        answer=[*answer(tables)[:1], *_whole_cost(tables, drawn)],
        borrowed=_borrowed(tables, drawn),
        ambitions=[(one, grid(tables, one, drawn)) for one in AMBITIONS],
    )


def grid(tables: Tables, ambition: Ambition, drawn: list[str], to_fill: bool = True) -> Grid:
    """The proxies of an Ambition with figure and interval for each scenario. to_fill: with a column to write in."""
    own = ("",) if to_fill else ()
    rows = [
        (one.words, one.better, *(_cell(tables, scenario, one) for scenario in drawn), *own)
        for proxy in ambition.proxies
        for one in _of_roles(tables, proxy)
    ]
    head = ("What can be counted", "Better", *map(name, drawn), *((OWN,) if to_fill else ()))
    return Grid(f"Ambition {ambition.number}: figures with 95% interval", head, rows)


def _of_roles(tables: Tables, proxy: Proxy) -> list[Proxy]:
    """The proxy of each role that has it, told once without a figure where none has; any other proxy as it is."""
    if proxy.level != ROLE:
        return [proxy]
    known = tables.roles_with(proxy.measure)
    return [
        proxy._replace(words=proxy.words.format(role=role.replace("_", " ") or "clinician"), level=("role", role))
        for role in known or [""]
    ]


def _cell(tables: Tables, scenario: str, proxy: Proxy) -> str:
    if proxy.gap:
        return _gap(tables, scenario, proxy)
    return figure(tables.estimate(scenario, proxy.measure, *proxy.level), proxy.unit)


def _gap(tables: Tables, scenario: str, proxy: Proxy) -> str:
    if tables.equity is None:
        return NO_FIGURE
    found = tables.equity
    found = found[(found["scenario"] == scenario) & (found["measure"] == proxy.measure) & (found["group"] == proxy.gap)]
    if found.empty or found["gap"].isna().all():
        return NO_FIGURE
    row = found.iloc[0]
    points = amount(row["gap"]).replace("%", " points")
    return f"{points} ({spread(row['ci_low'], row['ci_high']).replace('%', '')})"


def _whole_cost(tables: Tables, drawn: list[str]) -> list[str]:
    """A sentence on what each scenario costs as a whole, with its interval; none where the study counts no pounds."""
    told = [
        f"{pounds(seen.mean)} ({pounds(seen.ci_low)} to {pounds(seen.ci_high)}) in {name(scenario)}"
        for scenario in drawn
        for seen in [tables.estimate(scenario, "total_cost")]
        if seen.known and seen.has_interval
    ]
    return [f"Whole cost a year, posts to create among it: {listed(told)}."] if told else []


def _borrowed(tables: Tables, drawn: list[str]) -> list[tuple[str, str]]:
    """Unpaid hours a week that stand behind the figures of each scenario."""
    told = []
    for scenario in drawn:
        hours = [hours_a_week(tables, scenario, f"{what}_hours_per_week_mean").mean for what in ("standby", "goodwill")]
        if all(one == one for one in hours):
            told.append((name(scenario), f"{sum(hours):,.0f}"))
    return told
