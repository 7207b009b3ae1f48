"""``oncall-sim run``: one scenario, or every combination of a sweep."""

from __future__ import annotations

from sim.asked import Asked, jobs
from sim.commands.planned import chosen_scenario, command_of, do, plans_of
from sim.commands.sweep import Job, gathered
from sim.experiment import study as studies


def answer(asked: Asked) -> None:
    """One scenario, or with -m all combinations of comma lists, gathered into one study."""
    chosen, overrides = chosen_scenario(asked.words[1:], "scenario")
    words = [f"scenario={chosen}", *overrides]
    if not asked.multirun:
        do([(studies.design("run", plans_of([chosen], overrides, asked)), command_of("run", words, asked))], asked)
        return
    batches = gathered(jobs(words, asked.in_step))
    made = []
    for batch in batches:
        plans = [plan for job in batch.jobs for plan in plans_of([job.scenario], _called(job), asked)]
        settled = {word.partition("=")[0]: word for word in batch.shared}
        said = [settled.get(word.partition("=")[0], word) for word in words]
        command = command_of("run", ["--in-step" if asked.in_step else "-m", *said], asked)
        made.append((studies.design("sweep" if len(plans) > 1 else "run", plans), command))
    do(made, asked)


def _called(job: Job) -> list[str]:
    return [*job.words, f"name={job.name}"] if job.name else list(job.words)
