"""What the commands do: plan, simulate, estimate, draw, write, and print where."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim import results, screen
from sim.carry_out import carry_out
from sim.cli import Asked, jobs, listed
from sim.config import plan
from sim.config import scenarios as registered
from sim.errors import BadInput
from sim.experiment import study as studies
from sim.experiment.provenance import Stopwatch, manifest
from sim.experiment.study import Study
from sim.sweep import Job, gathered

if TYPE_CHECKING:
    from sim.config import Plan
    from sim.experiment.checked import Finding

CHECKED_TABLES = 40  # enough for every check of the shipped scenarios to be decided
EACH_PATCH = ("area_table=each", "areas=all")
GOODWILL_OFF = "pair=goodwill_off"
MACHINE_KEYS = ("workers", "out", "executor", "scheduler", "shard")  # where and how fast, never what: not in a study


def scenarios(asked: Asked) -> None:
    """Print the name and the question of every scenario."""
    if len(asked.words) > 1:
        raise BadInput(f"scenarios: it takes nothing after it, found {asked.words[1]!r}")
    known = registered(asked.flags.get("config_dir"))
    width = max((len(name) for name, _ in known), default=0)
    for name, question in known:
        print(f"{name:<{width}}  {question}")


def run(asked: Asked) -> None:
    """One scenario, or with -m all combinations of comma lists, gathered into one study."""
    chosen, overrides = _chosen(asked.words[1:], "scenario")
    words = [f"scenario={chosen}", *overrides]
    if not asked.multirun:
        _carry_out([(studies.design("run", _plans([chosen], overrides, asked)), _command("run", words, asked))], asked)
        return
    batches = gathered(jobs(words, asked.in_step))
    made = []
    for batch in batches:
        plans = [plan for job in batch.jobs for plan in _plans([job.scenario], _called(job), asked)]
        settled = {word.partition("=")[0]: word for word in batch.shared}
        said = [settled.get(word.partition("=")[0], word) for word in words]
        command = _command("run", ["--in-step" if asked.in_step else "-m", *said], asked)
        made.append((studies.design("sweep" if len(plans) > 1 else "run", plans), command))
    _carry_out(made, asked)


def _called(job: Job) -> list[str]:
    return [*job.words, f"name={job.name}"] if job.name else list(job.words)


def cover(asked: Asked) -> None:
    """Uncovered child-hours and child-nights of one scenario, from episodes and duties alone."""
    chosen, overrides = _chosen(asked.words[1:], "scenario")
    study = studies.design("cover", [_plan(chosen, overrides, asked)])
    _carry_out([(study, _command("cover", [f"scenario={chosen}", *overrides], asked))], asked)


def attribute(asked: Asked) -> None:
    """What each cause of unmet demand is worth in one scenario: one taken away at a time, on the same families."""
    from sim.experiment.attribute import VERB, plans

    chosen, overrides = _chosen(asked.words[1:], "scenario")
    study = studies.design(VERB, plans(_plan(chosen, overrides, asked)))
    _carry_out([(study, _command(VERB, [f"scenario={chosen}", *overrides], asked))], asked)


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


def pool(asked: Asked) -> None:
    """The pooling curve: every grouping of the same people on the same families, with goodwill and without."""
    from sim import pool_command
    from sim.experiment.pooled import pool_study, run_pooled

    own, words = pool_command.own_keys(asked.words[1:])
    pooling = pool_command.read(own, listed)
    chosen, overrides = _chosen(words, "scenario")
    made = pool_command.plans(pooling, lambda changes: _plan(chosen, [*overrides, *changes], asked))
    watch, study = Stopwatch(), pool_study(made, chosen.split("/")[-1].removesuffix(".yaml"), pooling.roles)
    if "cfg" in asked.flags:
        print("---\n".join(plan.resolved for plan in study.plans), end="")
        return
    folder = _folder(study, several=False)
    for line in pool_command.warnings(pooling, made):
        screen.say(line)
    title = f"{study.title}: {study.replications} x {len(study.plans)} runs, {study.workers} at a time"
    with screen.progress(title) as progress:
        seen = run_pooled(study.scenarios, study.seed, study.replications, study.workers, pooling.roles, progress)
    screen.say("estimating, and drawing charts and the page")
    tables, drawn = pool_command.tables_and_page(study, pooling, seen)
    said = [f"scenario={chosen}", *(f"{key}={value}" for key, value in own.items()), *overrides]
    files = {f"scenarios/{plan.scenario.name}.yaml": plan.resolved for plan in study.plans}
    results.write(folder, tables, {**files, **drawn}, manifest(study, _command("pool", said, asked), watch))
    print(pool_command.text(tables["pooling.csv"], tables["gains.csv"], pooling.roles))
    print(folder)


def check(asked: Asked) -> int:
    """A study against what it says of itself, or demand against the evidence; 1 when something differs, else 0."""
    from sim.experiment.checked import DIFFERS, text
    from sim.experiment.demand_checks import check_demand, check_each, died_outside_hospital

    runs = _whole_number("runs", asked.words[2:])
    if asked.words[1:2] and Path(asked.words[1]).is_dir():
        from sim.check_study import check_study

        return check_study(Path(asked.words[1]), runs or 1, asked.flags.get("config_dir"))
    if asked.words[1:2] == ["warmup"]:
        _check_warmup(asked)
        return 0
    if asked.words[1:2] != ["demand"]:
        found = asked.words[1:2] or "nothing"
        raise BadInput(f"check: what? oncall-sim check demand, check warmup or check results/STUDY; found {found}")
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


def verify(asked: Asked) -> int:
    """Cases with known answers, each against what is known of it; 1 unless everything agrees."""
    from sim import verify_command

    return verify_command.answer(asked.words[1:], asked.flags.get("config_dir"))


def _check_warmup(asked: Asked) -> None:
    """Whether a scenario's slow states settle within its warm-up; with out=DIR also the series and Welch's plot."""
    from sim import warmup_command

    chosen, overrides = _chosen_or_today(asked.words[2:])
    watch, study = Stopwatch(), studies.design("warmup", [_plan(chosen, overrides, asked)])
    if "cfg" in asked.flags:
        print(study.plans[0].resolved, end="")
        return
    folder = _folder(study, several=False) if study.settings.out else None
    found = warmup_command.settled(study)
    print(warmup_command.text(study, found))
    if folder:
        about = manifest(study, _command("check", ["warmup", f"scenario={chosen}", *overrides], asked), watch)
        results.write(folder, {"warmup.csv": warmup_command.table(found)}, warmup_command.pictures(study, found), about)
        print(folder)


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
    done = [carry_out(study, folder, command) for (study, command), folder in zip(made, folders, strict=True)]
    print("\n".join(str(folder) for folder, whole in zip(folders, done, strict=True) if whole))


def _folder(study: Study, several: bool) -> Path:
    out = study.plans[0].settings.out
    return results.folder_of(study.name, str(Path(out) / study.name) if out and several else out)
