"""What became of one call, sentence by sentence: who was rung, who took it, who advised, who came, and how it ended."""

from __future__ import annotations

from collections.abc import Iterator

from sim.demand.calls import DEATH_CALL
from sim.domain.scenario import Scenario
from sim.domain.words import UNMET_OUTCOMES
from sim.ledger import BEYOND, Ledger
from sim.night.names import clock, date, known, length, person, sentence
from sim.night.record import Fact, Record, Task

CAUSES = {
    "not_asked": "somebody on duty was free and near enough, but the call never came to them",
    "too_slow": "whoever was free could not be there in time",
    "all_busy": "everybody on duty was busy with another family",
    "resting": "whoever was on duty was resting after earlier work",
    "second_person": "it takes two people, and there was only one",
    "out_of_reach": "whoever was on duty was too far away",
    "not_able": "nobody on duty had the skill, the right to prescribe or the medicines",
    "rota_gap": "the seat on the rota was empty",
    "not_commissioned": "nobody is commissioned for this at this hour",
}
PARTS = {"answer": "an answer", "visit": "the visit", "prescription": "the prescription", "advice": "the advice"}
NOT_MADE = {
    "choice_not_offered": "No call: this family wants to be at home, and that was not offered.",
    "in_hospital": "No call: the child was in hospital.",
    "help_present": "No call: help was in the home already.",
}
OUTSIDE = {
    "no_visit": "is free, and cannot visit outside their own area",
    "no_phone": "is free, and cannot act by telephone outside their own area",
    "no_record": "has no record of the family, and needs {} more",
}
MOMENT = 1e-6  # hours

Timed = tuple[float, str]  # hour at which it begins, and the sentence


def story(scenario: Scenario, ledger: Ledger, record: Record, area: int) -> list[str]:
    """Everything that became of a potential call, its later attempts included."""
    sentences: list[str] = []
    for place, line in enumerate(record.attempts):
        if not line["made"]:
            return [NOT_MADE[line["outcome"]]]
        if line["joined"] >= 0:
            first = float(ledger.setting.demand.calls.time[line["joined"]])
            if line["at_door"] <= line["time"] and ledger.setting.demand.calls.number[line["call"]] == DEATH_CALL:
                who = person(scenario, ledger, line["visited_by"], area)
                return [sentence(f"{who}, who is in the home on the call of {clock(first)}, stays for it")]
            return [f"Becomes part of the call of {clock(first)}, which is still open."]
        later = record.attempts[place + 1]["time"] if place + 1 < len(record.attempts) else float("inf")
        tasks = [task for task in record.tasks if line["time"] - MOMENT <= task.start < later - MOMENT]
        if line["attempt"] > 1:
            sentences.append(f"At {clock(line['time'])} they ring again.")
        sentences += _Attempt(scenario, ledger, line, tasks, area).sentences()
    return sentences


class _Attempt:
    """One attempt of a call with what was done for it."""

    def __init__(self, scenario: Scenario, ledger: Ledger, line: Fact, tasks: list[Task], area: int) -> None:
        self.scenario, self.ledger, self.line, self.tasks, self.area = scenario, ledger, line, tasks, area
        self.family = int(ledger.setting.demand.calls.family[line["call"]])

    def sentences(self) -> list[str]:
        """What was done in the order in which it began, then what it came to."""
        taken = self.taken() if known(self.line["answered"]) else self.not_taken()
        done = sorted(
            [*self.beyond(), *self.rings(), *taken, *self.advice(), *self.visit(), *self.notes()],
            key=lambda one: one[0],
        )
        return [*(said for _, said in done), *self.end(), *self.follows()]

    def name(self, row: int) -> str:
        return person(self.scenario, self.ledger, row, self.area)

    def state(self, task: Task) -> str:
        """How somebody came to do it: on call, at work, or unpaid."""
        duties, standby = self.ledger.setting.duties, self.ledger.setting.standby
        if task.duty >= 0:
            return "on call" if duties.on_call[task.duty] else "at work"
        keeps = (standby.person == task.person) & (standby.start <= task.start) & (task.start < standby.end)
        return "on unpaid standby" if keeps.any() else "off duty and unpaid"

    def rings(self) -> Iterator[Timed]:
        """People at home who were rung, in order, and what they said; then whoever did not hear the telephone."""
        refusals = 0
        for ring in self.of("ring"):
            yes = any(
                task.person == ring.person and task.kind != "ring" and abs(task.start - ring.end) < MOMENT
                for task in self.tasks
            )
            in_time = ring.end - ring.start > self.scenario.goodwill.ring - MOMENT
            refusals += not yes and in_time
            said = "says yes" if yes else "cannot come" if in_time else "is too late"
            who = f"{self.name(ring.person)}, at home and off duty,"
            yield ring.start, sentence(f"{who} is rung at {clock(ring.start)} and {said}")
        if self.line["refused"] > refusals:
            yield self.line["time"], "The telephone of whoever is on unpaid standby is not heard."

    def taken(self) -> Iterator[Timed]:
        """Who took the call, when, and who had it afterwards."""
        phone = self.of("phone")
        after = self.line["answered"] - self.line["time"]
        when = "at once" if after < 0.5 / 60 else f"after {length(after)}"
        if not phone:
            who = self.name(self.line["answered_by"])
            if known(self.line["at_door"]) and not self.of("journey"):
                yield self.line["answered"], sentence(f"{who}, who is on the way already, hears of it and comes")
                return
            yield self.line["answered"], sentence(f"{who} speaks with them {when}")
            return
        first, *others = phone
        knows = ", who knows the family" if first.person in self.ledger.setting.known[self.family] else ""
        who = f"{self.name(first.person)}, {self.state(first)}{knows},"
        yield first.start, sentence(f"{who} speaks with them {when}, until {clock(first.end)}")
        for task in others:
            yield (
                task.start,
                sentence(f"{self.name(task.person)}, {self.state(task)}, goes on with it at {clock(task.start)}"),
            )

    def not_taken(self) -> Iterator[Timed]:
        """How long the family waited for nobody."""
        waited = self.line["ended"] - self.line["time"]
        if self.line["outcome"] == "overtaken_by_death":
            return
        nobody = "There is nobody to take the call;"
        if waited >= 0.5 / 60:
            nobody = f"Nobody takes the call; after {length(waited)}"
        yield self.line["ended"], f"{nobody} they are left with 111 and 999."

    def advice(self) -> Iterator[Timed]:
        """Who advised by telephone."""
        for task in self.of("advice"):
            who = f"{self.name(task.person)}, {self.state(task)},"
            hours = f"from {clock(task.start)} to {clock(task.end)}"
            yield task.start, sentence(f"{who} advises by telephone {hours}")

    def visit(self) -> Iterator[Timed]:
        """Who set out, when they were there, and when they left."""
        if known(self.line["at_door"]):
            row, came = self.line["visited_by"], self.line["at_door"]
            way = next((t for t in self.tasks if t.person == row and t.kind in ("mobilise", "journey")), None)
            left = max((t.end for t in self.of("visit") if t.person == row), default=came)
            again = any(task.person == row for task in self.of("phone"))
            who = self.name(row) if again or way is None else f"{self.name(row)}, {self.state(way)},"
            sets_out = f" sets out at {clock(way.start)}," if way else ""
            after = length(came - self.line["time"])
            stays = f"is at the door at {clock(came)}, {after} after the call, and stays until {clock(left)}"
            begun = way.start if way else came
            yield begun, sentence(f"{who}{sets_out} {stays}")
            for other in sorted({t.person for t in self.of("journey")} - {row}):
                yield begun, sentence(f"{self.name(other)} goes along")
            if self.line["alone"]:
                yield begun, "It takes two people, and one goes alone."
        elif self.line["outcome"] == "overtaken_by_death":
            if set_out := [*self.of("mobilise"), *self.of("journey")]:
                yield (
                    set_out[0].start,
                    sentence(f"{self.name(set_out[0].person)} sets out at {clock(set_out[0].start)}"),
                )
        elif known(self.line["answered"]) and self.ledger.setting.demand.calls.needs_visit[self.line["call"]]:
            yield self.line["ended"], "Nobody comes."

    def notes(self) -> Iterator[Timed]:
        """Who wrote up a talk after it, or after the visit."""
        for task in self.of("notes"):
            hours = f"from {clock(task.start)} to {clock(task.end)}"
            yield task.start, sentence(f"{self.name(task.person)} writes the notes and rings others {hours}")

    def beyond(self) -> Iterator[Timed]:
        """People outside their home area who could not act for the family, or had to find out what the record says."""
        talked = max((task.end for task in self.of("phone")), default=self.line["time"])
        for one in self.ledger.beyond.rows:
            if (one.call, one.attempt) == (self.line["call"], self.line["attempt"]):
                begun = min((task.start for task in self.tasks if task.person == one.person), default=one.time)
                when = {"no_visit": talked, "no_phone": one.time, "no_record": begun + MOMENT}[BEYOND[one.kind]]
                yield when, sentence(f"{self.name(one.person)} {OUTSIDE[BEYOND[one.kind]].format(length(one.hours))}")

    def end(self) -> Iterator[str]:
        """What it comes to, and why."""
        outcome, part = self.line["outcome"], PARTS.get(self.line["part"], "")
        why = CAUSES.get(self.line["cause"], "")
        if outcome == "met":
            yield "MET, in full and in time."
        elif outcome == "late":
            yield f"MET, BUT LATE ({part}): {why}."
        elif outcome == "met_by_goodwill":
            yield f"MET BY GOODWILL; {part} was not to be had from anybody funded: {why}."
        elif outcome == "partly_met":
            yield f"PARTLY MET; {part} is missing: {why}."
        elif outcome == "overtaken_by_death":
            reached = "come to" if known(self.line["answered"]) else "reached"
            yield f"The child dies at {clock(self.line['ended'])} before anybody has {reached} them. NOT MET: {why}."
        elif outcome in UNMET_OUTCOMES:
            yield f"NOT MET: {why}."

    def follows(self) -> Iterator[str]:
        """Emergency visit and admission."""
        if not self.line["emergency_visit"]:
            return
        stay = next(
            (
                row
                for row in self.ledger.stays.rows
                if row.family == self.family and abs(row.start - self.line["ended"]) < MOMENT
            ),
            None,
        )
        if not self.line["admitted"] or stay is None:
            yield "An ambulance or the emergency department sees the child, who stays at home."
        elif stay.returned:
            yield f"The child is taken to hospital, and is home again on {date(self.scenario, stay.end)}."
        else:
            yield "The child is taken to hospital, and does not come home again."

    def of(self, kind: str) -> list[Task]:
        return [task for task in self.tasks if task.kind == kind]
