"""What became of one call, sentence by sentence: who was rung, who took it, who advised, who came, and how it ended."""

from __future__ import annotations

from collections.abc import Iterator

from sim.demand.calls import DEATH_CALL
from sim.demand.ringing import rings_elsewhere
from sim.domain.scenario import Scenario
from sim.ledger import BEYOND, Ledger
from sim.night.ends import death_before, end, follows
from sim.night.names import clock, known, length, person, sentence
from sim.night.record import MOMENT, Fact, Record, Task, Timed
from sim.night.visits import visits

NOT_MADE = {
    "choice_not_offered": "No call: this family wants to be at home, and that was not offered.",
    "in_hospital_after_failure": "No call: the child was in hospital, after help that failed.",
    "in_hospital": "No call: the child was in hospital.",
    "help_present": "No call: help was in the home already.",
}
OUTSIDE = {
    "no_visit": "is free, and cannot visit outside their own area",
    "no_phone": "is free, and cannot act by telephone outside their own area",
    "no_record": "has no record of the family, and needs {} more",
}


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
        calls = ledger.setting.demand.calls
        self.family, self.needs_visit = int(calls.family[line["call"]]), bool(calls.needs_visit[line["call"]])

    def sentences(self) -> list[str]:
        """What was done in the order in which it began, then what it came to."""
        answered = known(self.line["answered"])
        taken = self.taken() if answered else self.not_taken()
        told = [*self.beyond(), *self.rings(), *taken, *self.advice(), *self.visit(), *self.notes()]
        done = sorted([*told, *self.general_services(), *self.death()], key=lambda one: one[0])
        ends = end(self.scenario, self.ledger, self.line, self.area)
        return [*(said for _, said in done), *ends, *follows(self.scenario, self.ledger, self.line, self.family)]

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
        if not phone:
            who = self.name(self.line["answered_by"])
            if self.came_on_the_way():
                yield self.line["answered"], sentence(f"{who}, who is on the way already, hears of it and comes")
                return
            yield self.line["answered"], sentence(f"{who} speaks with them at {clock(self.line['answered'])}")
            return
        first, *others = phone
        knows = ", who knows the family" if first.person in self.ledger.setting.known[self.family] else ""
        who = f"{self.name(first.person)}, {self.state(first)}{knows},"
        takes = f" takes the call at {clock(first.start)} and" if clock(first.start) != self.answered_at() else ""
        writes = "" if self.needs_visit else " and writes the notes"
        hours = f"from {self.answered_at()} to {clock(first.end)}"
        yield first.start, sentence(f"{who}{takes} speaks with them{writes} {hours}")
        for task in others:
            who = f"{self.name(task.person)}, {self.state(task)},"
            yield task.start, sentence(f"{who} goes on with it from {clock(task.start)} to {clock(task.end)}")

    def answered_at(self) -> str:
        return clock(self.line["answered"])

    def not_taken(self) -> Iterator[Timed]:
        """How long the family waited for nobody."""
        for task in self.of("phone"):  # the child has died before they were rung back
            who = f"{self.name(task.person)}, {self.state(task)},"
            hours = f"from {clock(task.start)} to {clock(task.end)}"
            yield task.start, sentence(f"{who} takes the call and is about to ring back {hours}")
        turned = known(self.line["turned_to"])
        left = self.line["turned_to"] if turned else self.line["ended"]
        waited = left - self.line["time"]
        if self.line["outcome"] == "overtaken_by_death" and not turned:
            return
        nobody = "There is nobody to take the call;"
        if self.rings_elsewhere():
            nobody = "This family rings none of these teams;"
        elif waited >= 0.5 / 60:
            nobody = f"Nobody takes the call; after {length(waited)}"
        beside = "general services and 999" if self.scenario.general_services.on else "999"
        yield left, f"{nobody} they turn to {beside}."

    def advice(self) -> Iterator[Timed]:
        """Who advised by telephone."""
        for task in self.of("advice"):
            who = f"{self.name(task.person)}, {self.state(task)},"
            hours = f"from {clock(task.start)} to {clock(task.end)}"
            yield task.start, sentence(f"{who} advises by telephone {hours}")

    def visit(self) -> Iterator[Timed]:
        """When a visit was found necessary, who set out, when they were there, and when they left."""
        yield from visits(self.line, self.tasks, self.found_necessary(), self.name, self.state)

    def found_necessary(self) -> float | None:
        """When the talk was over that found a visit necessary; None: it was not, or the child had died before."""
        line = self.line
        if not (self.needs_visit and known(line["answered"])) or self.came_on_the_way():
            return None
        found = max((task.end for task in self.of("phone")), default=line["answered"])
        died_before = line["outcome"] == "overtaken_by_death" and not known(line["turned_to"])
        return None if died_before and line["ended"] - found < MOMENT and not self.of("journey") else float(found)

    def came_on_the_way(self) -> bool:
        """Whether it is the child's death, and whoever came was already on the way on an earlier call."""
        is_death = self.ledger.setting.demand.calls.number[self.line["call"]] == DEATH_CALL
        return bool(is_death and known(self.line["at_door"]) and not self.of("phone") and not self.of("journey"))

    def general_services(self) -> Iterator[Timed]:
        """When general services were turned to, who would help; or that they were, and cannot."""
        line = self.line
        if known(line["turned_to"]):
            hour = line["turned_to"]
            yield hour + MOMENT, f"At {clock(hour)} general services take on what is missing."
        elif line["outcome"] in ("unmet", "partly_met") and self.scenario.general_services.on and self.lives():
            yield line["ended"] + MOMENT, "General services cannot give what is missing."

    def lives(self) -> bool:
        """Whether there was somebody left to help when the ladder was over; a death is a call for those who stay."""
        demand, family = self.ledger.setting.demand, self.family
        is_death = demand.calls.number[self.line["call"]] == DEATH_CALL
        lives = demand.families.background[family] or self.line["ended"] < demand.families.death[family]
        return bool(is_death or lives)

    def rings_elsewhere(self) -> bool:
        """Whether the family turned to 111 and 999 straight away, by where and how it lives."""
        demand = self.ledger.setting.demand
        elsewhere = rings_elsewhere(self.scenario, self.ledger.key, demand.families, demand.calls)
        return bool(elsewhere[self.line["call"]])

    def death(self) -> Iterator[Timed]:
        """That the child died while the family waited."""
        if self.line["outcome"] == "overtaken_by_death":
            yield self.line["ended"] + 2 * MOMENT, death_before(self.line)

    def notes(self) -> Iterator[Timed]:
        """Who wrote up a talk after it, or after the visit, and who was held by the telephone until advice came."""
        for task in self.of("notes"):
            hours = f"from {clock(task.start)} to {clock(task.end)}"
            yield task.start, sentence(f"{self.name(task.person)} writes the notes and rings others {hours}")
        for task in self.of("held"):
            hours = f"from {clock(task.start)} to {clock(task.end)}"
            yield task.start, sentence(f"{self.name(task.person)} waits by the telephone for advice {hours}")

    def beyond(self) -> Iterator[Timed]:
        """People outside their home area who could not act for the family, or had to find out what the record says."""
        talked = max((task.end for task in self.of("phone")), default=self.line["time"])
        for one in self.ledger.beyond.rows:
            if (one.call, one.attempt) == (self.line["call"], self.line["attempt"]):
                begun = min((task.start for task in self.tasks if task.person == one.person), default=one.time)
                when = {"no_visit": talked, "no_phone": one.time, "no_record": begun + MOMENT}[BEYOND[one.kind]]
                yield when, sentence(f"{self.name(one.person)} {OUTSIDE[BEYOND[one.kind]].format(length(one.hours))}")

    def of(self, kind: str) -> list[Task]:
        return [task for task in self.tasks if task.kind == kind]
