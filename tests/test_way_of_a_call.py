"""The way of a call: through how many rooms, and how often back into one that it has been in before.

Counted in the code. Whatever ``follow`` calls, and what that calls in turn, is on the way. A *room* is a module of
``sim/model``, or a package of it. A *step* is an ordered pair of rooms of which the first calls a function of the
second; a *return* is a step into a room that another step has led into already. When each question about people was
asked wherever it came up, there were 72 steps between 21 rooms: 52 returns.

A call is followed to its function by the names that its module imports, and to a method by the method's name, where
only one class of ``sim/model`` has it, else by what it is called on (``world.clock.at``).
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import sim.model

MODEL = Path(sim.model.__file__).parent
PARTS = {"clock": "Clock", "diary": "Diary", "on_duty": "OnDuty", "desk": "Desk", "person": "Person", "world": "World"}
# 26 before the clock had its own ways to wait, a call's key what it decides, and a call how it is made, as steps
MOST_RETURNS = 33
Place = tuple[str, str]  # module, and function or class.method


class Code:
    """The functions of ``sim/model``, and what each calls."""

    def __init__(self, root: Path, package: str) -> None:
        self.functions: dict[Place, ast.FunctionDef] = {}
        self.imports: dict[str, dict[str, Place]] = defaultdict(dict)
        self.methods: dict[str, list[Place]] = defaultdict(list)
        for path in sorted(root.rglob("*.py")):
            module = ".".join(path.relative_to(root).with_suffix("").parts)
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                self._read(module, node, f"{package}.")

    def _read(self, module: str, node: ast.stmt, package: str) -> None:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(package):
            names = {alias.asname or alias.name: (node.module[len(package) :], alias.name) for alias in node.names}
            self.imports[module].update(names)
        elif isinstance(node, ast.FunctionDef):
            self.functions[module, node.name] = node
        elif isinstance(node, ast.ClassDef):
            for method in node.body:
                if isinstance(method, ast.FunctionDef):
                    made = method.name == "__init__"
                    place = module, node.name if made else f"{node.name}.{method.name}"
                    self.functions[place] = method
                    if not made:
                        self.methods[method.name].append(place)

    def called_by(self, place: Place) -> Iterator[Place]:
        """Every function of the model that one of them calls."""
        module, own = place[0], place[1].split(".")[0]
        for node in ast.walk(self.functions[place]):
            called = node.func if isinstance(node, ast.Call) else None
            if isinstance(called, ast.Name):
                found = self.imports[module].get(called.id, (module, called.id))
                if found in self.functions:
                    yield found
            elif isinstance(called, ast.Attribute):
                yield from self._method(called, own)

    def _method(self, called: ast.Attribute, own: str) -> Iterator[Place]:
        found = self.methods[called.attr]
        if len(found) > 1:
            of = called.value
            name = of.attr if isinstance(of, ast.Attribute) else of.id if isinstance(of, ast.Name) else ""
            found = [one for one in found if one[1].split(".")[0] == (own if name == "self" else PARTS.get(name))]
        yield from found

    def steps_from(self, start: Place) -> set[tuple[str, str]]:
        """The steps between rooms on the way from one function."""
        way, to_read, steps = {start}, [start], set()
        while to_read:
            place = to_read.pop()
            for called in self.called_by(place):
                rooms = room(place), room(called)
                if rooms[0] != rooms[1]:
                    steps.add(rooms)
                if called not in way:
                    way.add(called)
                    to_read.append(called)
        return steps


def room(place: Place) -> str:
    return place[0].split(".")[0]


def returns(steps: set[tuple[str, str]], start: str) -> int:
    """Steps into a room that is not new."""
    return len(steps) - len({into for _, into in steps} - {start})


def test_the_way_of_a_call_returns_to_few_rooms():
    steps = Code(MODEL, "sim.model").steps_from(("follow", "follow"))
    assert {"answer", "visit", "advice", "free", "causes", "world"} <= {into for _, into in steps}
    assert returns(steps, "follow") <= MOST_RETURNS, "\n".join(f"{one} -> {into}" for one, into in sorted(steps))


def test_the_story_asks_why_nobody_was_there_when_it_has_ended():
    """Only the end of a call steps into the causes; until then the story notes no more than moments."""
    steps = Code(MODEL, "sim.model").steps_from(("follow", "follow"))
    assert {one for one, into in steps if into == "causes"} == {"outcome"}


def test_steps_and_returns_are_counted(tmp_path):
    (tmp_path / "story.py").write_text(
        "from tiny.desk import take\nfrom tiny.road import go\n\ndef follow(world):\n    take()\n    go(world)\n"
    )
    (tmp_path / "desk.py").write_text("def take():\n    own()\n\ndef own():\n    pass\n\ndef unread():\n    go()\n")
    (tmp_path / "road.py").write_text(
        "from tiny.desk import take\n\nclass Road:\n    def drive(self):\n        pass\n\n"
        "def go(world):\n    world.road.drive()\n    take()\n"
    )
    steps = Code(tmp_path, "tiny").steps_from(("story", "follow"))
    assert steps == {("story", "desk"), ("story", "road"), ("road", "desk")}
    assert returns(steps, "story") == 1
