"""The command ``oncall-sim``: what it says of itself, and the errors a person sees as one line.

Nothing heavy is imported here: ``--help`` and worker processes, which import this module first, stay fast.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

BAD_INPUT, FAILED, INTERRUPTED = 2, 1, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line; gives back the exit code: 0, 2 for bad input, 130 for Ctrl-C, 1 for a failure or a check
    that differs."""
    words = list(sys.argv[1:] if argv is None else argv)
    if not words or words[0] == "help" or "-h" in words or "--help" in words:
        from sim.help import help_text

        print(help_text(words), end="")
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
    from sim.request import read_request, take_apart

    line = take_apart(words)
    if "complete" in line.flags or "completion" in line.flags:
        from sim import completion

        print(completion.offered(line.flags))
        return 0
    from sim import commands

    return commands.perform(read_request(line))


def _fail(line: str, code: int) -> int:
    print(line, file=sys.stderr)
    return code
