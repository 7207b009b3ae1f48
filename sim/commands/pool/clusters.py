"""``oncall-sim pool clusters``: which neighbours should share a rota, by exposure and seat arithmetic alone."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from sim import screen
from sim.commands.destination import folder_of, put
from sim.commands.pipeline import configurations
from sim.commands.plans import command_of, plan_with, shows_configuration
from sim.commands.pool.variants import pooled_plans
from sim.commands.shown import show_rows
from sim.domain.groupings import Group, name_of
from sim.domain.merging import Merge, merged
from sim.errors import BadInput
from sim.experiment.clusters import Compared, Cover, compared, cover_of, margin_interval
from sim.experiment.pooled import pool_study
from sim.experiment.provenance import Stopwatch, manifest
from sim.request import Request

if TYPE_CHECKING:
    from sim.config import Plan

MERGES = [
    "step",
    "one",
    "other",
    "covered_nights_per_year",
    "next_best",
    "next_covered_nights_per_year",
    "margin",
    "km",
]
HEAD = (
    "",
    "groups",
    "rotas",
    "areas with nobody",
    "nights uncovered a year",
    "share",
    "too often",
    "GBP a year",
    "widest km",
)
NOTE = (
    "A proposal from exposure and seat arithmetic alone: one seat a group, nights of children who want to be at home\n"
    "with nobody of the role on duty, after leave, sickness, empty posts and their cover. Not counted: how often\n"
    "somebody is busy, what a journey costs, agreements between areas and what anybody wishes. Where people work\n"
    "decides it, known from your own table alone (workforce.file). See what the simulation makes of it:"
)


def clusters(request: Request) -> None:
    """A grouping made by greedy merging, its margins, and how it stands against another of as many groups."""
    role, against = request.text("role"), request.text("against")
    plans = pooled_plans((role,), plan_with(request).scenario)
    if len(plans) > 1:
        raise BadInput(f"role = {role}: {' and '.join(plans)} are rotas of that role; clusters looks at one")

    def made(name: str, grouping: str, *more: str) -> Plan:
        words = [f"grouping={grouping}", "pool.seats=1", *more]
        return plan_with(request, f"name={name}", *(f"teams.{plans[0]}.{word}" for word in words))

    watch, alone = Stopwatch(), made("none", "none")
    if shows_configuration([alone], request):
        return
    everywhere = made("everywhere", against, "people={per_area: 1}").scenario  # a team for groups with nobody, too
    today = [team.areas for team in everywhere.teams if team.plan == plans[0]]
    cover = cover_of(alone.scenario, role, plans[0])
    here = alone.scenario.areas
    groups, merges = merged(here, cover.uncovered, _groups(request, len(today), len(here)), _max_km(request))
    proposal = made("proposal", _table(groups))
    codes = [(area.code,) for area in here]
    shared = made(Path(against).stem, against)
    seed = alone.settings.seed
    lines = [
        compared(plan.scenario.name, cover, group, plan.scenario, seed)
        for plan, group in ((alone, codes), (shared, today), (proposal, groups))
    ]
    study = pool_study([alone, shared, proposal], request.base, (role,), "pool-clusters", request.own)
    folder = folder_of(study, request)
    show_rows(study.plans)
    tables = {"clusters.csv": _grouping(groups), "merges.csv": _merges(merges), "compared.csv": _compared(lines)}
    about = manifest(study, command_of(request), watch)
    folder = put(study, folder, request, tables, configurations(study.plans), about)
    print(text(lines, merges, margin_interval(cover, groups, today, seed), cover))
    groupings = f"'groupings=[none,{against},{folder}/clusters.csv]'"
    print(f"  oncall-sim pool scenario={request.scenario} role={role} seats=1 {groupings}")
    print(folder)


def _groups(request: Request, today: int, areas: int) -> int:
    """How many groups. Raises BadInput for more than there are areas."""
    groups = request.whole("groups") if "groups" in request.own else today
    if groups > areas:
        raise BadInput(f"groups = {groups}: a whole number from 1 to {areas}, the areas of the run")
    return groups


def _max_km(request: Request) -> float:
    return request.number("max_km") if "max_km" in request.own else math.inf


def _table(groups: Sequence[Group]) -> str:
    """A grouping as it is written on the command line."""
    return "{" + ", ".join(f"{group[0]}: [{', '.join(group)}]" for group in groups) + "}"


def _grouping(groups: Sequence[Group]) -> pd.DataFrame:
    rows = sorted((code, name_of(group)) for group in groups for code in group)
    return pd.DataFrame(rows, columns=["code", "group"])


def _merges(merges: Sequence[Merge]) -> pd.DataFrame:
    rows = [
        (step, name_of(m.one), name_of(m.other), m.gain, " with ".join(map(name_of, m.next_best or ())), m.next_gain,
         m.margin, m.km)
        for step, m in enumerate(merges, start=1)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=MERGES)


def _compared(lines: Sequence[Compared]) -> pd.DataFrame:
    table = pd.DataFrame([asdict(line) for line in lines])
    names = ["grouping", "groups", "rotas", "areas_with_nobody", "uncovered_nights_per_year", "uncovered_share"]
    names += ["people_too_often", "people", "cost_gbp_per_year", "widest_km"]
    return table.set_axis(names, axis="columns")


def text(lines: Sequence[Compared], merges: Sequence[Merge], margin: tuple[float, float], cover: Cover) -> str:
    """The groupings side by side, each merge with its margin over the next best, and what it does not say."""
    rows = [list(HEAD)]
    for one in lines:
        cells = (one.groups, one.rotas, one.nobody, f"{one.uncovered:,.0f}", f"{one.share * 100:.1f} %")
        rows.append(
            [one.name, *map(str, cells), f"{one.too_often} of {one.people}", f"{one.cost:,.0f}", f"{one.widest:.0f}"]
        )
    steps = [["Merged", "with", "nights covered a year", "next best", "margin"]]
    for merge in merges:
        numbers = (merge.gain, merge.next_gain, merge.margin)
        steps.append([name_of(merge.one), name_of(merge.other), *(f"{number:,.1f}" for number in numbers)])
    (_, today, proposal), (low, high) = lines, margin
    said = f"The proposal leaves {abs(today.uncovered - proposal.uncovered):,.0f} nights a year "
    said += "fewer" if proposal.uncovered <= today.uncovered else "more"
    said += f" uncovered than {today.name} ({low:,.0f} to {high:,.0f} over how many children die in each area)."
    ties = sum(merge.margin < 1 for merge in merges)
    said += f" {ties} of {len(merges)} merges are better than the next best by less than a night a year."
    return "\n".join([*screen.columns(rows), "", *screen.columns(steps), "", said, "", NOTE])
