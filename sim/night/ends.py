"""What a call comes to, and why; and what follows for the child."""

from __future__ import annotations

from collections.abc import Iterator

from sim.domain.scenario import Scenario
from sim.domain.words import UNMET_OUTCOMES
from sim.ledger import Ledger
from sim.night.names import clock, date, known, person
from sim.night.record import MOMENT, Fact

CAUSES = {
    "not_asked": "somebody on duty was free and near enough, but the call never came to them",
    "too_slow": "whoever was free could not be there in time",
    "all_busy": "everybody on duty was busy with another family",
    "resting": "whoever was on duty was resting after earlier work",
    "second_person": "it takes two people, and there was only one",
    "out_of_reach": "whoever was on duty was too far away",
    "rota_gap": "the seat on the rota was empty",
    "not_commissioned": "nobody is commissioned for this at this hour",
}
NOBODY_TO_PRESCRIBE = {
    "rota_gap": "the seat of whoever has the right to prescribe was empty",
    "not_commissioned": "nobody with the right to prescribe is commissioned at this hour",
}
LACKED = {
    "own_area": "whoever was on duty could not act outside their own area",
    "right_to_prescribe": "whoever had the skill had no right to prescribe",
    "skill": "nobody on duty had the skill that it takes",
    "medicines": "it was written, but there were no medicines in the home",
}
PARTS = {"answer": "an answer", "visit": "the visit", "prescription": "the prescription", "advice": "the advice"}
ALONE = ", by one person where two were needed"


def end(scenario: Scenario, ledger: Ledger, line: Fact, area: int) -> Iterator[str]:
    """What an attempt comes to, and why; a lone visit where two were needed is part of it."""
    outcome, part = line["outcome"], PARTS.get(line["part"], "")
    why, alone = why_not(scenario, ledger, line, area), ALONE if line["alone"] else ""
    if outcome == "met":
        yield f"MET in time{alone}." if alone else "MET, in full and in time."
    elif outcome == "late":
        yield f"MET, BUT LATE ({part}){alone}: {why}."
    elif outcome == "met_by_general_services":
        when = clock(line["ended"])
        yield f"MET BY GENERAL SERVICES at {when}{alone}; {part} was not to be had from anybody funded: {why}."
    elif outcome == "met_by_goodwill":
        yield f"MET BY GOODWILL{alone}; {part} was not to be had from anybody funded: {why}."
    elif outcome == "partly_met":
        yield f"PARTLY MET{alone}; {part} is missing: {why}."
    elif outcome == "overtaken_by_death":
        yield f"NOT MET, overtaken by death{alone}: {why}."
    elif outcome in UNMET_OUTCOMES:
        yield f"NOT MET: {why}."


def death_before(line: Fact) -> str:
    """``At 20:30 the child dies, before anybody is at the door.``: of a call that the death has overtaken."""
    what = "anybody is at the door" if known(line["answered"]) else "anybody has answered"
    what = "general services help" if known(line["turned_to"]) else what
    return f"At {clock(line['ended'])} the child dies, before {what}."


def why_not(scenario: Scenario, ledger: Ledger, line: Fact, area: int) -> str:
    """The cause in words; where nobody was able, what they lacked."""
    if line["cause"] != "not_able":
        causes = CAUSES | NOBODY_TO_PRESCRIBE if line["part"] == "prescription" else CAUSES
        return causes.get(line["cause"], "")
    of_it = (row.lacks for row in ledger.lacks.rows if (row.call, row.attempt) == (line["call"], line["attempt"]))
    lacked = next(of_it)
    carried = ""
    if lacked == "medicines" and line["visited_by"] >= 0:
        carried = f", and {person(scenario, ledger, line['visited_by'], area)} carried none"
    return LACKED[lacked] + carried


def follows(scenario: Scenario, ledger: Ledger, line: Fact, family: int) -> Iterator[str]:
    """Emergency visit and admission."""
    if not line["emergency_visit"]:
        return
    begun = (row for row in ledger.stays.rows if row.family == family and abs(row.start - line["ended"]) < MOMENT)
    stay = next(begun, None)
    if not line["admitted"] or stay is None:
        yield "An ambulance or the emergency department sees the child, who stays at home."
    elif stay.returned:
        yield f"The child is taken to hospital, and is home again on {date(scenario, stay.end)}."
    else:
        yield "The child is taken to hospital, and does not come home again."
