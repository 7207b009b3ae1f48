"""Planners' files and the command line are read by one reader, and say what stands in them, once."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sim
from sim.config.command_line import changes
from sim.config.document import DEEPEST, MOST_BYTES, parse, write
from sim.config.layers import read_layer
from sim.config.rules import CODES, FLAG, FREE, NAMES, TEXT
from sim.config.schema import SCHEMA
from sim.config.shelf import configs_dir
from sim.config.written import core, meant
from sim.errors import BadInput

NAN = float("nan")
READ = [  # text, by itself, where words are wanted, where a switch is wanted
    ("26", 26, "26", 26),
    ("026", 26, "026", 26),
    ("+7", 7, "+7", 7),
    ("-3", -3, "-3", -3),
    ("0.5", 0.5, "0.5", 0.5),
    (".5", 0.5, ".5", 0.5),
    ("5.", 5.0, "5.", 5.0),
    ("1e3", 1000.0, "1e3", 1000.0),
    ("1E-3", 0.001, "1E-3", 0.001),
    ("0x10", "0x10", "0x10", "0x10"),
    ("0o17", "0o17", "0o17", "0o17"),
    ("0b11", "0b11", "0b11", "0b11"),
    ("1_0", "1_0", "1_0", "1_0"),
    ("1:30", "1:30", "1:30", "1:30"),
    ("21:30-07", "21:30-07", "21:30-07", "21:30-07"),
    ("1,000", "1,000", "1,000", "1,000"),
    ("2027-01-04", "2027-01-04", "2027-01-04", "2027-01-04"),
    ("inf", "inf", "inf", "inf"),
    (".inf", float("inf"), ".inf", float("inf")),
    ("-.INF", float("-inf"), "-.INF", float("-inf")),
    ("true", True, "true", True),
    ("True", True, "True", True),
    ("tRUE", "tRUE", "tRUE", True),
    ("yes", "yes", "yes", True),
    ("On", "On", "On", True),
    ("no", "no", "no", False),
    ("off", "off", "off", False),
    ("y", "y", "y", "y"),
    ("null", None, None, None),
    ("~", None, None, None),
    ("NULL", None, None, None),
    ("nULL", "nULL", "nULL", "nULL"),
    ("9" * 40, int("9" * 40), "9" * 40, int("9" * 40)),
    ("9" * 5000, float("inf"), "9" * 5000, float("inf")),
]
ON_A_COMMAND_LINE = [case for case in READ if case[0] not in ("~", "1,000", "9" * 5000)]  # not of its grammar


def exactly(value: Any) -> tuple[type, Any]:
    return type(value), value


@pytest.mark.parametrize(("text", "alone", "word", "switch"), READ, ids=[case[0][:20] for case in READ])
def test_a_value_in_a_file(text: str, alone: Any, word: Any, switch: Any) -> None:
    """Catches YAML 1.1 (``026`` as 22, ``1:30`` as 90, ``0x10`` as 16, ``1_0`` as 10) and codes read as numbers."""
    root = parse(f"a: {text} # b\nquoted: '{text}'\nlist: [{text}]\n" if "," not in text else f"a: {text}\n", "f").root
    for rule, expected in ((None, alone), (FREE, alone), (TEXT, word), (CODES, word), (NAMES, word), (FLAG, switch)):
        read = meant(root, {"a": rule, "list": rule, "quoted": rule})
        assert exactly(read["a"]) == exactly(expected)
        if "list" in read:
            assert exactly(read["list"][0]) == exactly(expected)
            assert exactly(read["quoted"]) == exactly(text)


KEYS = [  # of each sort; and where a number may stand with a word
    ("question", 2),
    ("areas", 2),
    ("goodwill.standby", 3),
    ("shard", 1),
    ("teams.nurses.grouping", 2),
    ("teams.nurses.people", 1),
]


@pytest.mark.parametrize("case", ON_A_COMMAND_LINE, ids=[case[0][:20] for case in ON_A_COMMAND_LINE])
def test_the_same_value_on_the_command_line(case: tuple[str, Any, Any, Any]) -> None:
    """Catches Hydra's own reading: ``1_0`` as 10, ``026`` as a word, ``inf`` as a number, a code ``1e3`` as 1000.0."""
    for key, sort in KEYS:
        ((said, value),) = changes([f"{key}={case[0]}"]).values
        assert (said, *exactly(value)) == (key, *exactly(case[sort]))


def test_tables_and_lists_on_the_command_line() -> None:
    asked = changes(
        [
            "teams.nurses.grouping={pair: [026, 1e3], 007: [QHG]}",
            "demand.calls_per_hour={026: 1.50, A: 2}",
            "area_table.places=[026,1e3]",
            "+demand.profile={days: [1, 1_0]}",
            "question='on'",
        ]
    )
    assert asked.values == [
        ("teams.nurses.grouping", {"pair": ["026", "1e3"], "007": ["QHG"]}),
        ("demand.calls_per_hour", {"026": 1.5, "A": 2}),
        ("area_table.places", ["026", "1e3"]),
        ("demand.profile", {"days": [1, "1_0"]}),
        ("question", "on"),
    ]


def test_keys_are_the_text_they_are() -> None:
    root = parse("on: 1\n026: 2\n1e3: 3\n'null': 4\ntrue: 5\n", "f").root
    assert meant(root, None) == {"on": 1, "026": 2, "1e3": 3, "null": 4, "true": 5}


def test_codes_of_areas_keep_their_text_wherever_they_stand() -> None:
    written = (
        "areas: [026, 1e3]\nteams: {n: {grouping: {a: [026, 1e3]}}}\nfiles: {x: 12e4}\n"
        "demand: {calls_per_hour: {026: 026}}\nhospice_offer: {p_by_area: {1e3: 0.5}}\ngoodwill: {not_in: [1]}\n"
    )
    assert meant(parse(written, "f").root, SCHEMA) == {
        "areas": ["026", "1e3"],
        "teams": {"n": {"grouping": {"a": ["026", "1e3"]}}},
        "files": {"x": "12e4"},
        "demand": {"calls_per_hour": {"026": 26}},
        "hospice_offer": {"p_by_area": {"1e3": 0.5}},
        "goodwill": {"not_in": ["1"]},
    }


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("goodwill: off", {"goodwill": {"on": False}}),
        ("training: yes", {"training": {"on": True}}),
        ("boundary: {coordinator: on, on: yes}", {"boundary": {"coordinator": {"on": True}, "on": True}}),
        ("goodwill: {on: no, standby: OFF}", {"goodwill": {"on": False, "standby": False}}),
        ("rota: {rest: off}", {"rota": {"rest": "off"}}),
        ("teams: {off: {role: on}}", {"teams": {"off": {"role": "on"}}}),
    ],
)
def test_switches(text: str, read: dict[str, Any]) -> None:
    assert meant(parse(text, "f").root, SCHEMA) == read


# what is refused, in one line with its line


REFUSED = [
    ("weeks: 4\nseed: 1\nweeks: 5\n", "f line 3: weeks: stands in line 1 already; write it once"),
    ('weeks: 4\n"weeks": 5\n', "f line 2: weeks: stands in line 1 already; write it once"),
    ("a: {b: 1, b: 1}\n", "f line 1: b: stands in line 1 already; write it once"),
    ("a:\n  - {b: 1}\n  - c: 1\n    c: 2\n", "f line 4: c: stands in line 3 already; write it once"),
    ("a: &x 1\n", "f line 1: &x: anchors and aliases are not read; write out what is meant"),
    ("a: *x\n", "f line 1: *x: anchors and aliases are not read; write out what is meant"),
    ("a: !!str 026\n", "f line 1: tag:yaml.org,2002:str: tags are not read; put a text in quotation marks"),
    (
        "a: !!python/name:os.getcwd ''\n",
        "f line 1: tag:yaml.org,2002:python/name:os.getcwd: tags are not read; put a text in quotation marks",
    ),
    ("a: 1\n---\nb: 2\n", "f line 2: a second document; give every scenario a file of its own"),
    ("%YAML 1.1\n---\na: 026\n", "f line 1: %YAML 1.1: files are read as YAML 1.2; take the line out"),
    ("? [a, b]\n: 1\n", "f line 1: a key must be a word; write key: value"),
    ("'': 1\n", "f line 1: a key must be a word; write key: value"),
    ("a: [1\nb: 2\n", "f: line 2: not YAML"),
    ("a: 1\n\tb: 2\n", "f: line 2: not YAML"),
    ("a: \x07\n", "f: not YAML"),
    ("a: " + "[" * 200_000, f"f line 1: more than {DEEPEST} tables or lists within each other; write it flatter"),
]


@pytest.mark.parametrize(("text", "complaint"), REFUSED, ids=[complaint for _, complaint in REFUSED])
def test_what_a_file_must_not_hold(text: str, complaint: str) -> None:
    with pytest.raises(BadInput) as error:
        parse(text, "f")
    assert str(error.value).startswith(complaint)
    assert "\n" not in str(error.value)


def test_a_billion_laughs_are_refused_at_the_first() -> None:
    """Catches a reader that unfolds aliases: these would be ten thousand million words."""
    lines = ["a0: &a0 [lol]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 11))]
    with pytest.raises(BadInput, match=r"^f line 1: &a0: anchors and aliases are not read"):
        parse("\n".join(lines), "f")


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"a: 1 # " + b"x" * MOST_BYTES, r"f: 1,000,007 bytes, more than the 1,000,000 that are read; "),
        ("question: für wen?".encode("latin-1"), r"f: not text in UTF-8; save it as UTF-8"),
        ("question: x".encode("utf-16"), r"f: not text in UTF-8; save it as UTF-8"),
    ],
)
def test_files_that_are_too_large_or_no_text(content: bytes, complaint: str, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_bytes(content)
    with pytest.raises(BadInput, match=complaint):
        read_layer(tmp_path / "mine.yaml", label="f")


def test_a_file_saved_by_a_windows_editor_is_read(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_bytes("\ufeffquestion: Wie?\r\nweeks: 026\r\n".encode())
    assert read_layer(tmp_path / "mine.yaml").content == {"question": "Wie?", "weeks": 26}


FILLED_IN = [
    "${oc.env:HOME}",
    "${now:%Y}",
    "${place.home_anyway}",
    "a ${x} b",
    "'${x}'",
    "{b: [1, '${x}']}",
    "{'${x}': 1}",
    "'\\${x}'",
]


@pytest.mark.parametrize("text", FILLED_IN)
@pytest.mark.parametrize("prefix", ["", "goodwill"])
def test_nothing_is_filled_in_from_elsewhere(text: str, prefix: str, tmp_path: Path) -> None:
    """Catches an environment variable, the clock or another key put into a plan, in a scenario or a part."""
    (tmp_path / "mine.yaml").write_text(f"a: 1\nquestion: {text}\n", encoding="utf-8")
    with pytest.raises(BadInput, match=r"^f: (goodwill\.)?question.*: \$\{\.\.\.\} is not filled in; write the value"):
        read_layer(tmp_path / "mine.yaml", prefix, "f")


@pytest.mark.parametrize(
    "word",
    [
        "question=${oc.env:HOME}",
        "question='${now:%Y}'",
        "weeks=${seed}",
        "areas=[QHG,${seed}]",
        "teams.n.grouping={${seed}: [QHG]}",
        "demand.profile={days: ${seed}}",
    ],
)
def test_nor_on_the_command_line(word: str) -> None:
    with pytest.raises(BadInput, match=r"^command line: .*(is not filled in|not understood); write "):
        changes([word])


# remarks


REMARKS = """\
a: 026 # assumed: one
b: {c: 1e3, d: "2 # source: no"} # source: two
e: "x # assumed: no"
f: '# assumed: no'
g: [1, "# assumed: no", 2] # setting: three
h: |
  # assumed: no
  5
i: 7 #assumed: four
j: [8]
k: 0x10 # assumed: no number
l: 9 # a note # assumed: five
"""


def test_a_remark_belongs_to_the_numbers_that_the_values_are(tmp_path: Path) -> None:
    """Catches comments read by other rules than values: ``1e3`` is a number, what is quoted is no remark."""
    (tmp_path / "f.yaml").write_text(REMARKS, encoding="utf-8")
    layer = read_layer(tmp_path / "f.yaml")
    assert {key: remark[:2] for key, remark in layer.remarks.items()} == {
        "a": ("assumed", "one"),
        "b.c": ("source", "two"),
        "g[0]": ("setting", "three"),
        "g[2]": ("setting", "three"),
        "i": ("assumed", "four"),
        "l": ("assumed", "five"),
    }
    assert layer.numbers == {"a", "b.c", "g[0]", "g[2]", "i", "j[0]", "l"}
    assert (layer.content["a"], layer.content["b"]["c"], layer.values["a"]) == (26, 1000.0, "026")


# writing


TEXTS = st.text(max_size=12).filter(lambda text: "${" not in text)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.floats(allow_nan=False) | TEXTS
    | st.sampled_from([case[0] for case in READ if len(case[0]) < 50]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS.filter(bool), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(VALUES)
def test_what_is_written_is_read_back(value: Any) -> None:
    """Catches a word written bare that is read as a number, and one table written as an alias of another."""
    text = write({"a": value, "again": [value, value]})
    read = meant(parse(text, "f").root, None)
    assert read == {"a": value, "again": [value, value]}
    assert repr(read["a"]) == repr(value)


@given(st.text(max_size=8))
def test_a_bare_text_is_a_number_only_in_decimals(text: str) -> None:
    if isinstance(core(text), int | float) and not isinstance(core(text), bool):
        assert re.fullmatch(r"[-+]?([0-9]*\.?[0-9]*([eE][-+]?[0-9]+)?|\.(inf|Inf|INF|nan|NaN|NAN))", text)


def test_yaml_is_read_and_written_in_one_place() -> None:
    """Catches a second reader, which would have rules of its own."""
    found = {
        path.name
        for path in Path(sim.__file__).parent.rglob("*.py")
        if re.search(r"^\s*(import yaml|from yaml)|OmegaConf\.(load|save|to_yaml)|initialize_config_dir|file://",
                     path.read_text(encoding="utf-8"), re.MULTILINE)
    }  # fmt: skip
    assert found == {"document.py"}


def test_every_folder_of_parts_is_a_group_of_the_schema() -> None:
    """Catches a shipped group that nobody could choose from."""
    assert {file.parent.name for file in configs_dir().glob("*/*.yaml")} <= set(SCHEMA)
