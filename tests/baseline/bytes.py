"""SHA-256 of everything that a few commands write, so that a change that must change nothing can be seen to.

    python tests/baseline/bytes.py > before.txt        # on the commit before
    python tests/baseline/bytes.py | diff before.txt - # on the commit after: no line is no difference

Both in one environment: another machine or another version of a library may round otherwise. Words choose among the
commands (``bytes.py compare night``); left out are manifests, which hold times and the fingerprint of the code.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
OWN = "every_overlay.yaml"
FOUR = ("current_patchwork", "goodwill_withdrawn", "icb_rota", "regional_rota")
SIZE = ("areas=[QF7,QHM,QHG]", "weeks=8", "warmup_weeks=13", "replications=3", "seed=1")
COMMANDS = {
    "compare": (*SIZE, f"scenarios=[{','.join(FOUR)},./{OWN}]", "keep=ledger", "out=compare"),
    "cover": (*SIZE, "scenario=icb_rota", "out=cover"),
    "pool": (*SIZE, "scenario=regional_rota_existing_people", "role=[consultant,specialist_nurse]", "out=pool"),
    "rota": (SIZE[0], "scenario=icb_rota", "weeks=4", "out=rota"),
    "night": (SIZE[0], "scenario=current_patchwork", "against=icb_rota"),
}
EVERY_TIME_ANEW = "manifest.json"


def main(words: list[str]) -> int:
    """Runs the commands asked for, or all, and prints a line for every file, and one for what each printed."""
    unknown = set(words) - set(COMMANDS)
    if unknown:
        print(f"{', '.join(sorted(unknown))}: no such command; known: {', '.join(COMMANDS)}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as place:
        shutil.copy(HERE / OWN, place)
        for word in words or COMMANDS:
            asked = [sys.executable, "-m", "sim", word, *COMMANDS[word]]
            env = {**os.environ, "PYTHONPATH": str(HERE.parents[1])}
            done = subprocess.run(asked, cwd=place, env=env, stdout=subprocess.PIPE, check=True)
            tell(f"{word}: what it prints", done.stdout)
        for path in sorted(path for path in Path(place).glob("*/**/*") if path.is_file()):
            if path.name != EVERY_TIME_ANEW:
                tell(str(path.relative_to(place)), path.read_bytes())
    return 0


def tell(name: str, content: bytes) -> None:
    """One line: the sum and what it is of."""
    print(hashlib.sha256(content).hexdigest(), name)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
