"""The table of commands, and what follows from it: help, completion, refusals, and the commands of the documents."""

from __future__ import annotations

import re
import shlex
from importlib import import_module
from pathlib import Path

import pytest

from sim import cli, completion
from sim.completion import candidates
from sim.errors import BadInput
from sim.experiment.break_even import LEVERS
from sim.help import help_text, page
from sim.own_keys import CHOICES, checked
from sim.request import read_request, take_apart
from sim.verbs import (
    CASES,
    CONFIGURED,
    FIRST_WORDS,
    FLAGS,
    FOLDER,
    NAMES,
    NEW,
    NOTHING,
    OF_A_SCENARIO,
    SCENARIOS,
    TABLE,
    VERBS,
    Key,
    Verb,
)

GIVEN = {
    FOLDER: ["results/x"],
    NAMES: [],
    NEW: ["mine"],
    CASES: [],
    NOTHING: [],
    TABLE: [],
    SCENARIOS: ["scenarios=[a,b]"],
}  # else a scenario
WRONG = {"whole": "some", "number": "lots", "word": "nonsense", "list": "[]", "text": "", "scenario": "[a,b]"}
OWN = [(verb, key) for verb in VERBS.values() for key in verb.keys]
EACH_KEY = pytest.mark.parametrize(("verb", "key"), OWN, ids=[f"{verb.name} {key.name}" for verb, key in OWN])


def line(verb: Verb, *words: str) -> list[str]:
    """A command line that is right but for these words: whatever the command must be given is there."""
    said = {word.partition("=")[0] for word in words}
    needed = [key.shown for key in verb.keys if key.needed and key.name not in said]
    given = [] if "library" in said else GIVEN.get(verb.takes, ["scenario=a"])
    return [*verb.name.split(), *given, *needed, *words]


def refusal(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """The one line that a command line is answered with."""
    assert cli.main(words) == cli.BAD_INPUT
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    return printed.err.strip()


@pytest.fixture
def few_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small configuration, in place of fifty files read for each word that is offered."""
    for name, found in (("keys", ["seed"]), ("groups", {"goodwill": ["off"]}), ("scenarios", [("icb_rota", "?")])):
        monkeypatch.setattr(completion, name, lambda found=found: found)


@pytest.mark.usefixtures("few_keys")
@EACH_KEY
def test_help_names_every_key_and_completion_offers_it(verb: Verb, key: Key) -> None:
    """Catches a key that is read and told of nowhere, as ``role=`` and ``target=`` were to completion."""
    assert f"\n  {key.shown}" in help_text(verb.name.split())
    assert key.meaning.split()[0] in help_text([*verb.name.split(), "--help"])
    before = f"oncall-sim {verb.name} "
    assert f"{key.name}=" in candidates(f"{before}{key.name[:2]}")
    assert f"{key.name}=" not in candidates(f"{before}{key.shown} {key.name[:2]}")
    offered = candidates(f"{before}{key.name}=")
    assert {f"{key.name}={word}" for word in key.words} <= set(offered)
    assert (f"{key.name}=icb_rota" in offered) == (key.kind == "scenario")


@EACH_KEY
def test_a_key_is_refused_twice_misspelt_and_of_the_wrong_kind(
    verb: Verb, key: Key, capsys: pytest.CaptureFixture[str]
) -> None:
    """Catches the first of two values taken without a word (``solve``), or the last (``night``), and a misspelt key
    that is passed on to a reader who cannot know what was meant."""
    twice = refusal(line(verb, key.shown, key.shown), capsys)
    rule = f"stands there twice, as {key.shown} and {key.shown}; write it once"
    assert twice == f"oncall-sim: command line: {key.name}: {rule}"
    misspelt = f"{key.name[:-1]}{key.name[-1] * 2}"
    said = refusal(line(verb, f"{misspelt}=1"), capsys)
    meant = re.fullmatch(rf"oncall-sim: command line: {misspelt} = 1: no such key; did you mean (.+)\?", said)
    assert meant is not None, said
    assert key.name in meant[1].split(" or ")
    wrong = WRONG[key.kind]
    assert refusal(line(verb, f"{key.name}={wrong}"), capsys).startswith(f"oncall-sim: {key.name} = {wrong}: ")


@EACH_KEY
def test_what_help_shows_may_be_written(verb: Verb, key: Key) -> None:
    """Catches an example or a default that the key's own rule refuses, and a value that does not come through."""
    for value in filter(None, (key.example, key.default, *key.words)):
        assert checked(key, value) == value
    request = read_request(take_apart(line(verb, key.shown)))
    assert request.verb == verb
    if key.name not in ("overwrite", "pair"):
        assert request.text(key.name) == key.shown.partition("=")[2]
    for needed in (one for one in verb.keys if one.needed):
        with pytest.raises(BadInput, match=f"^{needed.name}: none was given; "):
            read_request(take_apart([word for word in line(verb) if not word.startswith(f"{needed.name}=")]))


@pytest.mark.parametrize(
    ("key", "fits"),
    [
        (Key("n", "whole", "", "1", low=1, high=8), {"1": True, "8": True, "0": False, "9": False, "1.5": False}),
        (Key("x", "number", "", "1", low=0, high=1), {"0.5": True, "1e-3": True, "0": False, "1": False, "x": False}),
        (Key("t", "text", "", "a"), {"QHG": True, "a b, c": True, "": False, "[a]": False, "{a: 1}": False}),
        (Key("l", "list", "", "a"), {"a": True, "[a,b]": True, "[]": False, "": False}),
    ],
)  # fmt: skip
def test_kinds_of_values(key: Key, fits: dict[str, bool]) -> None:
    for said, right in fits.items():
        if right:
            assert checked(key, said) == said
        else:
            with pytest.raises(BadInput):
                checked(key, said)


@pytest.mark.usefixtures("few_keys")
@pytest.mark.parametrize("verb", VERBS.values(), ids=VERBS)
def test_every_row_is_a_command_that_help_and_completion_know(verb: Verb) -> None:
    """Catches a row without its module, and a module whose command has another name."""
    function = getattr(import_module(f"sim.commands.{verb.module}"), verb.module.rpartition(".")[2])
    assert function.__code__.co_varnames[: function.__code__.co_argcount] == ("request",)
    assert f"\n  {verb.name} {verb.takes}".rstrip() in help_text()
    assert help_text(verb.name.split()) == help_text(["help", *verb.name.split()])
    assert help_text(verb.name.split()).startswith(verb.usage.split(" [")[0].split("\n")[0][:60])
    first, *second = verb.name.split()
    assert first in candidates("oncall-sim ")
    assert set(second) <= set(candidates(f"oncall-sim {first} "))
    assert any(word.startswith("scenario") for word in candidates(f"oncall-sim {verb.name} ")) == (
        verb.takes in OF_A_SCENARIO
    )


def test_every_module_with_a_command_has_its_row() -> None:
    """Catches a command that nobody can give."""
    commands = Path(cli.__file__).parent / "commands"
    found = set()
    for module in commands.rglob("*.py"):
        inside = module.relative_to(commands).with_suffix("").parts
        name = ".".join(inside[:-1] if inside[-1] == "__init__" else inside)
        if re.search(rf"^def {name.rpartition('.')[2]}\(request: Request\)", module.read_text(encoding="utf-8"), re.M):
            found.add(name)
    assert found == {verb.module for verb in VERBS.values()}


def test_every_flag_is_in_help_and_a_misspelt_one_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    for flag in FLAGS:
        assert (", ".join(flag.names) in help_text()) != flag.hidden
        assert (flag.names[-1] in candidates("oncall-sim --")) != flag.hidden
        said = refusal(["run", "a", f"{flag.names[-1]}s"], capsys)
        if not flag.value:
            assert "takes no value; write it alone" in refusal(["run", "a", f"{flag.names[-1]}=x"], capsys)
        assert f"{flag.names[-1]}s: there is no such flag; did you mean {flag.names[-1]}?" in said


def test_a_misspelt_command_is_refused_with_the_right_one(capsys: pytest.CaptureFixture[str]) -> None:
    """Catches a second word that is taken for a scenario without a word of what it may have meant."""
    assert refusal(["pol", "a"], capsys).endswith("; did you mean pool?")
    assert "found a and brake-even; did you mean break-even?;" in refusal(
        ["pool", "brake-even", "scenario=a", "role=b"], capsys
    )
    assert "check warmpu: there is no such folder; write `oncall-sim check" in refusal(["check", "warmpu"], capsys)
    for usage in (VERBS["export events"].usage,):
        assert f": write `{usage}`" in refusal([usage.split()[1]], capsys)


def test_words_that_stand_in_two_tables_are_the_same() -> None:
    """``of=`` is checked before anything heavy is read, so that its words stand in the table of commands too."""
    assert VERBS["pool break-even"].key("of").words == tuple(LEVERS)


# -- the documents ----------------------------------------------------------------------------------------------------


def told(text: str) -> list[str]:
    """The command lines of a document: in its blocks, and in its sentences between backquotes."""
    blocks = "\n".join(re.findall(r"^```[a-z]*\n(.*?)^```$", text, flags=re.M | re.S))
    lines = re.findall(r"^(?:\$ )?(oncall-sim .*?)(?:  +.*| > .*)?$", blocks, flags=re.M)
    return lines + re.findall(r"`(oncall-sim [^`]+)`", re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S))


def documents(home: Path) -> dict[str, str]:
    files = [home / "README.md", *sorted((home / "docs").glob("*.md"))]
    return {file.name: file.read_text(encoding="utf-8") for file in files}


def test_every_command_of_the_documents_is_in_the_table(home: Path) -> None:
    """Catches a document that goes on telling of a command or key that was renamed."""
    from sim.config.schema import SCHEMA

    found = {name: told(text) for name, text in documents(home).items() if name != "commands.md"}
    assert sum(map(len, found.values())) > 60
    for name, lines in found.items():
        for command in lines:
            apart = take_apart(shlex.split(command)[1:])
            words = list(apart.words)
            if words:
                assert words[0] in FIRST_WORDS, (name, command)
                verb = VERBS.get(" ".join(words[:2])) or VERBS.get(words[0])
                assert verb is not None, (name, command)
                known = {*(key.name for key in verb.keys), *CHOICES, *(SCHEMA if verb.takes in CONFIGURED else ())}
                keys = {word.lstrip("+").split("=")[0].split(".")[0] for word in words if "=" in word}
                assert keys <= known, (name, command)


def test_the_documents_tell_of_every_command_and_key(home: Path) -> None:
    """Catches a command that stands in the table alone, and a page that is behind the table."""
    text = documents(home)
    for verb in VERBS.values():
        assert re.search(rf"(?:oncall-sim |`){verb.name}\b", text["README.md"]), verb.name
    assert text["commands.md"] == page(), "write it anew: python -m sim.help > docs/commands.md"


def test_help_and_completion_load_nothing_heavy() -> None:
    """Catches an import that makes ``--help`` or the Tab key slow; no time is measured."""
    import subprocess
    import sys

    heavy = {"pandas", "scipy", "matplotlib", "hydra", "omegaconf", "numpy", "simpy", "rich"}
    for words in (["--help"], ["pool", "--help"], ["--complete", "oncall-sim pool scenario=icb_rota s"]):
        code = f"import sim.cli, sys; sim.cli.main({words!r}); print(*sys.modules)"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert heavy.isdisjoint(done.stdout.splitlines()[-1].split())
