"""``oncall-sim schema``: the JSON schema of a scenario file, with which an editor completes its keys."""

from __future__ import annotations

import json
from pathlib import Path

from sim import results
from sim.config.json_schema import TITLE, schema_of_scenarios
from sim.errors import BadInput
from sim.request import Request


def schema(request: Request) -> None:
    """Print the schema, or write it to the file of ``out=``, whose path is then the last line printed."""
    written = json.dumps(schema_of_scenarios(request.config_dir), indent=1, ensure_ascii=False) + "\n"
    if "out" not in request.own:
        print(written, end="")
        return
    place = Path(request.own["out"]).expanduser()
    _refuse_what_is_no_schema(place)
    results.whole(place, written.encode())
    print(place)


def _refuse_what_is_no_schema(place: Path) -> None:
    """Raises BadInput for a file that no `schema` wrote, and for a folder that is not there."""
    if not place.parent.is_dir():
        raise BadInput(f"out = {place}: there is no folder {place.parent}; make it first")
    try:
        found = json.loads(place.read_bytes()) if place.exists() else {"title": TITLE}
    except (OSError, ValueError):
        found = None
    if not isinstance(found, dict) or found.get("title") != TITLE:
        raise BadInput(f"out = {place}: it is there, and no schema of a scenario; give another name")
