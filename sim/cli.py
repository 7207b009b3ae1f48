"""The command ``oncall-sim``: what it says of itself, and the errors a person sees as one line.

Nothing heavy is imported here: ``--help`` and worker processes, which import this module first, stay fast.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

HELP = """\
oncall-sim: what rotas, goodwill and pooling mean for families at night and for the people on call

  oncall-sim scenarios [NAME]                   name and question of each scenario; of one, what one should see
  oncall-sim run scenario=NAME [key=value ...]  one scenario; the last line printed is the folder of results
  oncall-sim run ./mine.yaml                    the same for a scenario file of your own
  oncall-sim compare 'scenarios=[a,b,./c.yaml]' several scenarios on the same families; the first is the baseline
  oncall-sim compare library=all                every scenario of the library; or a set of it, or 'library=[a,b]'
  oncall-sim cover scenario=NAME                hours and nights without anybody funded to come; simulates no call
  oncall-sim rota scenario=NAME [area=CODE] [weeks=8]
                                                who is on when, seat arithmetic, audit on paper; simulates no call
  oncall-sim night scenario=NAME [area=CODE] [date=2027-05-31] [replication=1] [against=NAME]
                                                one night in plain English: the worst, unless told; against: the same
                                                families under a second scenario beside it
  oncall-sim pool scenario=NAME role=ROLE [groupings=[none,pairs,...]] [seats=largest] [people=everyone]
                                                the same people in rotas of their own, in pairs ... and as one
  oncall-sim pool break-even scenario=NAME role=ROLE grouping=regions of=travel
                                                how much further, slower or less welcome until the gain is gone
  oncall-sim pool fewest scenario=NAME role=ROLE target=0.05
                                                the fewest seats of each pool that hold a target
  oncall-sim pool clusters scenario=NAME role=ROLE
                                                which neighbours should share; by seat arithmetic, simulates no call
  oncall-sim solve p0 [target=0.23]             the p0 at which that share of children die outside hospital
  oncall-sim attribute scenario=NAME            what each cause of unmet demand is worth: one taken away at a time
  oncall-sim check warmup [scenario=NAME]       do the slow states settle within warmup_weeks? out=DIR: Welch's plot
  oncall-sim check results/STUDY [runs=N]       is it what was written, and does it come out the same again?
  oncall-sim check baseline [out=DIR]           today's national figures against the evidence; 1 if something differs
  oncall-sim check demand [scenario=NAME]       children, episodes and calls against what is published; simulates no
                                                call unless runs=N is given; exit code 1 if something differs
  oncall-sim export events scenario=NAME [replication=1] [format=csv]
                                                who did what for which call, as a log that process-mining tools read
  oncall-sim report results/STUDY               its page, workbook and charts again, from its tables alone
  oncall-sim explore results/STUDY              a page with a slider for each lever of a sweep: explorer.html
  oncall-sim slides results/STUDY               six slides from a comparison: slides.pptx (needs the extra office)
  oncall-sim verify [CASES ...] [plan=full]     the engine against known answers; exit code 1 if something differs

Keys (any key of the configuration may follow, such as goodwill.asks_people=3; see --cfg job):
  replications=N   independent repetitions of the measured weeks       seed=N      another set of families
  weeks=N          measured weeks, after warmup_weeks=N                workers=N   processes (default: every core)
  areas=[QHG,...]  by code, name or region                             out=DIR     folder of results
  precision=0.05   until each headline is that well known, at most max_replications=N or max_minutes=N
  draw=false       tables only; `report results/STUDY` draws the page, workbook and charts later
  keep=ledger      every event of every replication beside the results (also units, parquet)
  executor=dask    on a dask cluster, its own or scheduler=tcp://host:8786; shard=2/10: a part, for job arrays
  overwrite=true   replace the files of a study that is at out=DIR; nothing else there is ever touched
  pair=goodwill_off  each scenario beside itself without unpaid help, the same children at home

Flags:
  -m, --multirun        run every combination of the comma lists of `run`, such as goodwill.asks_people=1,2,3, as one
                        study with the first as baseline; other seeds are studies of their own
  --in-step             the same, but the lists of `run` go together: first with first, second with second
  --cfg job             print the whole configuration of the scenario and stop
  --config-dir DIR      a folder of your own groups and scenarios, looked at first
  --completion SHELL    print a completion script for bash, zsh or fish
  --version, -h, --help
"""

BAD_INPUT, FAILED, INTERRUPTED = 2, 1, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line; gives back the exit code: 0, 2 for bad input, 130 for Ctrl-C, 1 for a failure or a check
    that differs."""
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or "-h" in words or "--help" in words:
        print(HELP, end="")
        return 0
    if "--version" in words:
        from sim import __version__

        print(f"oncall-sim {__version__}")
        return 0
    return _guarded(words)


def _guarded(words: list[str]) -> int:
    """Turn what a person can cause or cure into one line; anything else is a defect and keeps its traceback."""
    from sim.errors import BadInput

    try:
        code = _dispatch(words)
        sys.stdout.flush()
    except BadInput as error:
        return _fail(f"oncall-sim: {error}", BAD_INPUT)
    except KeyboardInterrupt:
        return _fail(
            "oncall-sim: stopped; runs that were finished are kept, and the same command goes on from there",
            INTERRUPTED,
        )
    except BrokenPipeError:
        sys.stderr.close()  # the reader has gone; Python must not complain about it at exit
        return FAILED
    except OSError as error:
        return _fail(f"oncall-sim: {error}", FAILED)
    except RuntimeError as error:
        from sim.experiment.code import OtherCode
        from sim.experiment.execute import WorkerDied
        from sim.experiment.units import Damaged

        if not isinstance(error, (WorkerDied, OtherCode, Damaged)):
            raise
        return _fail(f"oncall-sim: {error}", FAILED)
    return code


def _dispatch(words: list[str]) -> int:
    """Do what was asked and give back the exit code; raises BadInput for a command that does not exist."""
    from sim.asked import VERBS, WITHOUT_A_STUDY, did_you_mean, refuse_twice, take_apart
    from sim.errors import BadInput

    asked = take_apart(words)
    if "completion" in asked.flags or "complete" in asked.flags:
        from sim import completion

        print(completion.answer(asked.flags))
        return 0
    from sim import commands

    verb = asked.words[0] if asked.words else ""
    if verb not in VERBS:
        raise BadInput(f"{verb or 'no command'}: the commands are {', '.join(VERBS)}{did_you_mean(verb, VERBS)}")
    if asked.flags.get("cfg", "job") != "job":
        raise BadInput(f"--cfg {asked.flags['cfg']}: only --cfg job exists; it prints the whole configuration")
    if asked.multirun and verb != "run":
        raise BadInput(f"-m: only `run` takes it and --in-step, not `{verb}`; run each comparison by itself")
    if asked.overwrite and verb in WITHOUT_A_STUDY:
        raise BadInput(f"overwrite=true: `{verb}` prints and writes nothing; take it out")
    refuse_twice(asked.words)
    return commands.answer(verb, asked)


def _fail(line: str, code: int) -> int:
    print(line, file=sys.stderr)
    return code
