"""``oncall-sim check``: a warm-up, a study against what it says of itself, demand or today against evidence."""

from __future__ import annotations

from pathlib import Path

from sim.asked import Asked
from sim.commands.planned import whole_number
from sim.errors import BadInput


def answer(asked: Asked) -> int:
    """Check what was named; 1 when something differs, else 0."""
    what = asked.words[1] if len(asked.words) > 1 else ""
    runs = whole_number("runs", asked.words[2:])
    if what and Path(what).is_dir():
        from sim.commands.check.study import check_study

        if others := [word for word in asked.words[2:] if not word.startswith("runs=")]:
            raise BadInput(f"check {what} {others[0]}: a study is checked as it was run; it takes runs=N, nothing else")
        return check_study(Path(what), runs or 1, asked.config_dir)
    if what == "warmup":
        from sim.commands.check.warmup import check_warmup

        check_warmup(asked)
        return 0
    if what == "demand":
        from sim.commands.check.demand import check_demand_of

        return check_demand_of(asked, runs)
    if what == "baseline":
        from sim.commands.check.baseline import check_baseline_of

        return check_baseline_of(asked)
    found = what or "nothing"
    raise BadInput(f"check: what? oncall-sim check demand, baseline, warmup or results/STUDY; found {found}")
