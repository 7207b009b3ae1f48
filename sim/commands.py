"""What the commands do: plan, simulate, estimate, draw, write, and print where."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim import __version__, results, screen
from sim.cli import Asked, jobs, listed
from sim.config import plan
from sim.config import scenarios as registered
from sim.errors import BadInput
from sim.experiment import study as studies
from sim.experiment.provenance import Stopwatch, manifest
from sim.experiment.study import Study

if TYPE_CHECKING:
    import pandas as pd

    from sim.config import Plan
    from sim.experiment.checked import Finding
    from sim.experiment.observations import Observations

CHECKED_TABLES = 40  # enough for every check of the shipped scenarios to be decided
EACH_PATCH = ("area_table=each", "areas=all")
GOODWILL_OFF = "pair=goodwill_off"
MACHINE_KEYS = ("workers", "out")  # say where and how fast, never what: no part of a study's bytes


def scenarios(asked: Asked) -> None:
    """Print the name and the question of every scenario."""
    if len(asked.words) > 1:
        raise BadInput(f"scenarios: it takes nothing after it, found {asked.words[1]!r}")
    known = registered(asked.flags.get("config_dir"))
    width = max((len(name) for name, _ in known), default=0)
    for name, question in known:
        print(f"{name:<{width}}  {question}")


def run(asked: Asked) -> None:
    """One scenario, or with -m one study for every combination of comma lists."""
    chosen, overrides = _chosen(asked.words[1:], "scenario")
    words = [f"scenario={chosen}", *overrides]
    batch = jobs(words) if asked.multirun else [words]
    made = []
    for job in batch:
        name = next(word for word in job if word.startswith("scenario=")).removeprefix("scenario=")
        rest = [word for word in job if not word.startswith("scenario=")]
        made.append((studies.design("run", _plans([name], rest, asked)), _command("run", job, asked)))
    _carry_out(made, asked)


def cover(asked: Asked) -> None:
    """Uncovered child-hours and child-nights of one scenario, from episodes and duties alone."""
    chosen, overrides = _chosen(asked.words[1:], "scenario")
    study = studies.design("cover", [_plan(chosen, overrides, asked)])
    _carry_out([(study, _command("cover", [f"scenario={chosen}", *overrides], asked))], asked)


def solve(asked: Asked) -> None:
    """What p0 must be for a share of children to die outside hospital, and how sure that is."""
    from sim.experiment.solve import MEASURE, solve_p0

    if asked.words[1:2] != ["p0"]:
        raise BadInput(
            f"solve: it solves p0 only: oncall-sim solve p0 [target=0.23]; found {asked.words[1:2] or 'nothing'}"
        )
    words = [word for word in asked.words[2:] if not word.startswith("target=")]
    said = next((word.removeprefix("target=") for word in asked.words[2:] if word.startswith("target=")), "0.23")
    try:
        target = float(said)
    except ValueError:
        target = -1.0
    if not 0 < target < 1:
        raise BadInput(f"target = {said}: a share between 0 and 1, such as target=0.23")
    chosen, overrides = _chosen_or_today(words)
    study = studies.design("solve", [_plan(chosen, overrides, asked)])
    if "cfg" in asked.flags:
        print(study.plans[0].resolved, end="")
        return
    with screen.progress(f"{chosen}: {study.replications} replications for each p0 tried") as progress:
        found = solve_p0(study.scenarios[0], study.seed, study.replications, study.workers, target, progress)
    rows = [["p0", MEASURE, "95 % interval"]]
    for one in sorted(found.tried, key=lambda tried: tried.p0):
        rows.append([f"{one.p0:.4f}", f"{one.share:.4f}", f"{one.low:.4f} to {one.high:.4f}"])
    print("\n".join(screen.columns(rows)))
    print(f"p0 = {found.p0:.3f} ({found.low:.3f} to {found.high:.3f}) gives {target:g}", end="; ")
    print(f"{study.replications} replications, seed {study.seed}, configuration {study.fingerprint[:8]}")


def rota(asked: Asked) -> None:
    """Who is on when, the seat arithmetic and the audit on paper; with out=DIR also as tables and a chart."""
    from sim import rota_command

    own, words = rota_command.own_keys(asked.words[1:])
    chosen, overrides = _chosen(words, "scenario")
    watch, study = Stopwatch(), studies.design("rota", [_plan(chosen, overrides, asked)])
    if "cfg" in asked.flags:
        print(study.plans[0].resolved, end="")
        return
    folder = _folder(study, several=False) if study.plans[0].settings.out else None
    laid = rota_command.laid(study.scenarios[0], study.seed, own)
    print(rota_command.text(laid))
    if folder:
        said = [f"scenario={chosen}", *(f"{key}={value}" for key, value in own.items()), *overrides]
        about = manifest(study, _command("rota", said, asked), watch)
        results.write(folder, rota_command.tables(laid), rota_command.pictures(laid), about)
        print(folder)


def check(asked: Asked) -> int:
    """The demand table of many replications against the evidence; 1 when something differs, else 0."""
    from sim.experiment.checked import DIFFERS, text
    from sim.experiment.demand_checks import check_demand, check_each, died_outside_hospital

    if asked.words[1:2] != ["demand"]:
        raise BadInput(f"check: it checks demand only: oncall-sim check demand; found {asked.words[1:2] or 'nothing'}")
    runs = _whole_number("runs", asked.words[2:])
    words = [word for word in asked.words[2:] if not word.startswith("runs=")]
    if not any(word.startswith("replications=") for word in words):
        words.append(f"replications={CHECKED_TABLES}")
    chosen, overrides = _chosen_or_today(words)
    watch, study = Stopwatch(), studies.design("check", [_plan(chosen, overrides, asked)])
    if study.scenarios[0].demand.log is not None:
        raise BadInput("demand.kind = log: check demand is for families that are drawn; choose demand.kind=families")
    simulated = [f"runs={runs}"] if runs else []
    command = _command("check", ["demand", f"scenario={chosen}", *overrides, *simulated], asked)
    if "cfg" in asked.flags:
        print(study.plans[0].resolved, end="")
        return 0
    folder = _folder(study, several=False) if study.plans[0].settings.out else None
    with screen.progress(f"{chosen}: {study.replications} demand tables") as progress:
        findings = check_demand(study.scenarios[0], study.seed, study.replications, progress)
    findings += check_each(_plan(chosen, _in_each_patch(overrides), asked).scenario, study.seed, study.replications)
    if runs:
        with screen.progress(f"{chosen}: {runs} simulated, {study.workers} at a time") as progress:
            findings.append(died_outside_hospital(study.scenarios[0], study.seed, runs, study.workers, progress))
    print(text(findings))
    if folder:
        _write_findings(study, folder, findings, manifest(study, command, watch))
    return int(any(finding.verdict == DIFFERS for finding in findings))


def _in_each_patch(overrides: Sequence[str]) -> list[str]:
    """The same changes in the areas of the EACH symptom team, whatever areas were asked for."""
    return [*(word for word in overrides if word.split("=")[0] not in ("areas", "area_table")), *EACH_PATCH]


def _write_findings(study: Study, folder: Path, findings: Sequence[Finding], about: dict[str, Any]) -> None:
    """The checks as a table beside the configuration they were made with; prints the folder."""
    import pandas as pd

    from sim.experiment.checked import row

    table = pd.DataFrame([row(finding) for finding in findings])
    files = {f"scenarios/{plan.scenario.name}.yaml": plan.resolved for plan in study.plans}
    results.write(folder, {"checks.csv": table}, files, about)
    print(folder)


def _whole_number(key: str, words: Sequence[str]) -> int:
    """The number behind ``key=`` among words, 0 when it is not there."""
    said = next((word.removeprefix(f"{key}=") for word in words if word.startswith(f"{key}=")), "0")
    if not said.isdecimal():
        raise BadInput(f"{key} = {said}: a whole number, such as {key}=20")
    return int(said)


def compare(asked: Asked) -> None:
    """Several scenarios on the same families; the first is the baseline."""
    chosen, overrides = _chosen(asked.words[1:], "scenarios")
    names = listed(f"scenarios={chosen}")
    if len(names) < 2:
        raise BadInput(f"scenarios={chosen}: a comparison needs two or more: 'scenarios=[a,b]', the baseline first")
    study = studies.design("compare", _plans(names, overrides, asked))
    _carry_out([(study, _command("compare", [f"scenarios={chosen}", *overrides], asked))], asked)


def _chosen(words: Sequence[str], key: str) -> tuple[str, list[str]]:
    """The value of scenario= or scenarios= (or the one word without a key), and the other words."""
    keyed = [word.removeprefix(f"{key}=") for word in words if word.startswith(f"{key}=")]
    bare = [word for word in words if "=" not in word and not word.startswith("~")]
    found = keyed + bare
    if len(found) != 1 or not found[0]:
        said = "none was given" if not found else f"found {' and '.join(found)}"
        example = "scenario=NAME or a path to your own file" if key == "scenario" else "'scenarios=[a,b]'"
        raise BadInput(f"{key}: write it once, as {example}; {said}; `oncall-sim scenarios` lists the names")
    other = "scenarios" if key == "scenario" else "scenario"
    for word in words:
        if word.startswith(f"{other}="):
            raise BadInput(f"{word}: `run` takes scenario=NAME, `compare` takes 'scenarios=[a,b]'")
    return found[0], [word for word in words if word not in bare and not word.startswith(f"{key}=")]


def _chosen_or_today(words: Sequence[str]) -> tuple[str, list[str]]:
    """The same, of the patchwork of today when no scenario is named."""
    named = any(word.startswith("scenario=") or "=" not in word for word in words)
    return _chosen(words if named else [*words, "scenario=current_patchwork"], "scenario")


def _command(verb: str, words: Sequence[str], asked: Asked) -> list[str]:
    """The command that makes this study again, without what only says where and how fast."""
    folder = ["--config-dir", asked.flags["config_dir"]] if "config_dir" in asked.flags else []
    return ["oncall-sim", verb, *(word for word in words if word.split("=")[0] not in MACHINE_KEYS), *folder]


def _plans(names: Sequence[str], overrides: Sequence[str], asked: Asked) -> list[Plan]:
    """The plans of scenarios; with pair=goodwill_off each is followed by the same families without unpaid help.

    The twin keeps p0, so that the same children are at home: the difference is what goodwill masks.
    """
    asked_pairs = [word for word in overrides if word.startswith("pair=")]
    if any(word != GOODWILL_OFF for word in asked_pairs):
        raise BadInput(f"{asked_pairs[0]}: the only pair is {GOODWILL_OFF}")
    rest = [word for word in overrides if word not in asked_pairs]
    made = []
    for name in names:
        made.append(_plan(name, rest, asked))
        if asked_pairs:
            twin = f"name={made[-1].scenario.name}_goodwill_off"
            made.append(_plan(name, [*rest, "goodwill.on=false", twin], asked))
    return made


def _plan(name: str, overrides: Sequence[str], asked: Asked) -> Plan:
    if "," in name:
        raise BadInput(f"scenario={name}: several scenarios need `-m` (a study each) or `compare 'scenarios=[{name}]'`")
    return plan(name, list(overrides), asked.flags.get("config_dir"))


def _carry_out(made: Sequence[tuple[Study, list[str]]], asked: Asked) -> None:
    """Print the configurations, or do every study; the last lines of standard output are the folders."""
    if "cfg" in asked.flags:
        print("---\n".join(plan.resolved for study, _ in made for plan in study.plans), end="")
        return
    folders = [_folder(study, several=len(made) > 1) for study, _ in made]
    for (study, command), folder in zip(made, folders, strict=True):
        _one(study, folder, command)
    print("\n".join(map(str, folders)))


def _folder(study: Study, several: bool) -> Path:
    out = study.plans[0].settings.out
    return results.folder_of(study.name, str(Path(out) / study.name) if out and several else out)


def _one(study: Study, folder: Path, command: list[str]) -> None:
    """Simulate, estimate, draw and write one study; prints its headline figures."""
    watch = Stopwatch()
    names = ", ".join(scenario.name for scenario in study.scenarios)
    title = f"{names}: {study.replications} x {len(study.plans)} runs, {study.workers} at a time"
    with screen.progress(title) as progress:
        seen = studies.conduct(study, progress)
    screen.say("estimating")
    tables = _tables(study, seen)
    files = {f"scenarios/{plan.scenario.name}.yaml": plan.resolved for plan in study.plans}
    drawn: dict[str, bytes] = {}
    if study.verb != "cover":
        screen.say("drawing charts and the report")
        drawn = _draw(study, tables)
    csvs = {f"{name}.csv": table for name, table in tables.items() if name != "areas"}
    results.write(folder, csvs, {**files, **drawn}, manifest(study, command, watch))
    print(" ".join(command))
    print(screen.exposures(tables["summary"]) if study.verb == "cover" else screen.headlines(tables["summary"]))


def _tables(study: Study, seen: Observations) -> dict[str, pd.DataFrame]:
    """Every table of the study by name."""
    import pandas as pd

    from sim.experiment import tables

    assumed = [(plan.scenario.name, *row) for plan in study.plans for row in plan.assumptions]
    return {
        "summary": tables.summary(seen),
        "comparison": tables.comparison(seen, dict(study.scenarios[0].zones)),
        "replications": tables.replications(seen),
        "assumptions": pd.DataFrame(assumed, columns=["scenario", "key", "value", "unit", "kind", "text"]),
        "areas": pd.DataFrame(studies.areas(study), columns=studies.AREA_COLUMNS),
    }


def _draw(study: Study, tables: dict[str, pd.DataFrame]) -> dict[str, bytes]:
    """The report and its charts by relative path."""
    from sim import report

    asked = [{"name": scenario.name, "question": scenario.question} for scenario in study.scenarios]
    given = {name: tables[name] for name in ("summary", "comparison", "areas", "assumptions")}
    return report.build(report.Tables(**given, scenarios=asked, study=studies.facts(study, __version__)))
