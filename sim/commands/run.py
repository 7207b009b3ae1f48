"""``oncall-sim run``: one scenario, or every combination of a sweep."""

from __future__ import annotations

from sim.commands.pipeline import Planned, make_all
from sim.commands.plans import command_of, plans_of
from sim.commands.sweep import Batch, Job, gathered
from sim.config.lists import jobs
from sim.experiment import study as studies
from sim.request import Request


def run(request: Request) -> None:
    """One scenario, or with -m all combinations of comma lists, gathered into one study."""
    make_all(sweep(request) if request.multirun else [single(request)], request)


def single(request: Request) -> Planned:
    """The study of one scenario."""
    plans = plans_of([request.scenario], request.overrides, request, request.pair)
    return Planned(studies.design("run", plans), command_of(request))


def sweep(request: Request) -> list[Planned]:
    """The studies of a sweep, in the order of their first job."""
    batches = gathered(jobs([f"scenario={request.scenario}", *request.overrides], request.in_step))
    return [_of_batch(batch, request) for batch in batches]


def _of_batch(batch: Batch, request: Request) -> Planned:
    plans = [plan for job in batch.jobs for plan in plans_of([job.scenario], _named(job), request, request.pair)]
    settled = {word.partition("=")[0]: word for word in batch.shared}
    said = [settled.get(word.partition("=")[0], word) for word in request.words]
    command = command_of(request, ["--in-step" if request.in_step else "-m", *said])
    return Planned(studies.design("sweep" if len(plans) > 1 else "run", plans), command)


def _named(job: Job) -> list[str]:
    return [*job.words, f"name={job.name}"] if job.name else list(job.words)
