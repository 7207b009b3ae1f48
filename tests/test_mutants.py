"""The list of rules to break is no older than the code: every entry can be applied, and its test exists."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.mutants import Mutant, mutants

HOME = Path(__file__).parents[1]


@cache
def source(file: str) -> str:
    return (HOME / file).read_text(encoding="utf-8")


@cache
def names_in(file: str) -> frozenset[str]:
    tree = ast.parse(source(file))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("mutant", mutants(), ids=lambda mutant: mutant.rule)
def test_the_rule_can_be_broken_where_the_list_says_and_its_test_is_there(mutant: Mutant) -> None:
    """Would catch an entry that a rewritten line or a renamed test left behind: it would break nothing for ever."""
    broken = mutant.broken(source(mutant.file))
    assert ast.dump(ast.parse(broken)) != ast.dump(ast.parse(source(mutant.file)))
    file, _, name = mutant.test.partition("::")
    assert name.partition("[")[0] in names_in(file)


def test_no_rule_is_told_twice() -> None:
    rules = [mutant.rule for mutant in mutants()]
    assert len(set(rules)) == len(rules) > 30


@pytest.mark.parametrize("text", ["", "a + b and a + b"])
def test_words_that_do_not_stand_there_once_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not once"):
        Mutant("", "some.py", "a + b", "a - b", "").broken(text)
