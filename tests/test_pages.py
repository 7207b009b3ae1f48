"""Pages for whoever changes the code: the picture is drawn from the imports, what is named exists, links lead there."""

from __future__ import annotations

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest

from tests.test_architecture import SIM, imported, modules, part_of

HOME = SIM.parent
PAGE = HOME / "docs" / "architecture.md"
PAGES = [*sorted(HOME.glob("*.md")), *sorted((HOME / "docs").glob("*.md")), HOME / "tests" / "baseline" / "README.md"]
BEGIN, END = "<!-- picture -->\n\n", "\n\n<!-- /picture -->"
DOOR = "oncall_sim"
DRAWN = (
    *sorted(place.name for place in SIM.iterdir() if (place / "__init__.py").is_file()),
    "exposure",
    "ledger",
    DOOR,
)
Graph = dict[str, set[str]]


def imports() -> Graph:
    """What each part of the house imports, those that are not drawn among them."""
    found: Graph = {part_of(module): set() for module in modules()} | {DOOR: set()}
    read = [(part_of(module), name) for module in modules() for _, name in imported(module)]
    door = sorted((HOME / DOOR).glob("*.py"))
    read += [(DOOR, name) for module in door for _, name in imported(module, HOME)]
    for part, name in read:
        root, *rest = name.split(".")
        if root == "sim" and rest and rest[0] in found and rest[0] != part:
            found[part].add(rest[0])
    return found


def beneath(graph: Graph, part: str) -> set[str]:
    """Everything that a part imports, also by way of others."""
    return graph[part].union(*(beneath(graph, below) for below in graph[part]))


def arrows(graph: Graph) -> Graph:
    """From each drawn part to those drawn beneath it, without arrows that another way makes known."""
    below = {part: beneath(graph, part) & {*DRAWN} for part in DRAWN}
    return {
        part: {one for one in ones if not any(one in below[other] for other in ones)} for part, ones in below.items()
    }


def height(graph: Graph, part: str) -> int:
    return 1 + max((height(graph, below) for below in graph[part]), default=0)


def words_of(part: str) -> str:
    """The first words of what a part says of itself, up to a colon or full stop."""
    home = HOME / DOOR if part == DOOR else SIM / part
    file = home / "__init__.py" if home.is_dir() else home.with_suffix(".py")
    said = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    first = re.split(r"[:.;]", said.splitlines()[0].removeprefix(f"{part.capitalize()}: "))[0].replace("``", "")
    return first[:1].upper() + first[1:]


def picture() -> str:
    drawn = arrows(imports())
    order = sorted(DRAWN, key=lambda part: (-height(drawn, part), part))
    boxes = [f'    {part}["<b>{part}</b><br>{words_of(part)}"]' for part in order]
    lines = [f"    {part} --> {' & '.join(sorted(drawn[part]))}" for part in order if drawn[part]]
    return "\n".join(["```mermaid", "flowchart TD", *boxes, *lines, "```"])


def test_the_picture_is_that_of_the_imports(request: pytest.FixtureRequest) -> None:
    """Catches a part of the house, or a way between two, that the page does not show, and one that is gone."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    there, end, after = rest.partition(END)
    assert end, "the two marks round the picture are gone"
    if request.config.getoption("--renew-docs"):
        PAGE.write_text(f"{before}{BEGIN}{picture()}{END}{after}", encoding="utf-8")
        return
    assert there == picture(), "meant? python -m pytest tests/test_pages.py --renew-docs"


def test_an_arrow_is_left_out_where_another_way_leads() -> None:
    graph: Graph = {part: set() for part in DRAWN}
    graph |= {"model": {"ledger", "domain", "keyed"}, "ledger": {"domain"}, "keyed": {"demand"}}
    drawn = arrows(graph)
    assert (drawn["model"], drawn["ledger"]) == ({"ledger", "demand"}, {"domain"})
    assert height(drawn, "model") == 3


def test_what_the_page_names_exists() -> None:
    """Catches a function, file or folder that was renamed; new files of recipes are theirs alone."""
    said = re.sub(r"^Files: .*$", "", prose(PAGE), flags=re.M)
    named = re.findall(r"`(sim(?:\.\w+)+)`", said)
    assert len(named) > 5
    for name in named:
        module, _, thing = name.rpartition(".")
        assert hasattr(import_module(module), thing) or import_module(name), name
    assert [part for part in imports() if part not in DRAWN and "__" not in part and f"`{part}`" not in said] == []
    for path in re.findall(r"`((?:sim|tests|configs|scenarios|docs)/[\w/.*]*)`", said):
        assert [*HOME.glob(path.rstrip("/"))], path


# -- links ------------------------------------------------------------------------------------------------------------


def prose(page: Path) -> str:
    """A page without its blocks of code."""
    return re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)


def anchors(page: Path) -> list[str]:
    """The headings of a page as links write them."""
    headings = re.findall(r"^#+ (.+)$", prose(page), flags=re.M)
    return [re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_within_the_project_leads_somewhere(page: Path) -> None:
    """Catches a page or heading that was renamed."""
    for link in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        path, _, heading = link.partition("#")
        if "://" not in link:
            to = page.parent / path if path else page
            assert to.exists(), link
            assert not heading or heading in anchors(to), link


def test_a_recipe_is_two_clicks_from_the_front_page() -> None:
    front, page = prose(HOME / "README.md"), anchors(PAGE)
    assert "](docs/architecture.md)" in front
    assert "](CONTRIBUTING.md)" in front
    assert re.findall(r"\]\(#([\w-]+)\)", prose(PAGE))[1:] == page[page.index("recipes") + 1 :]
