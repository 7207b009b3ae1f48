"""What is asked of a study again and again is worked out once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar, cast


class Answering(Protocol):
    """The tables of a study, with what was asked of them before."""

    @property
    def answers(self) -> dict[Any, Any]:
        """By question: the function and what else it was given."""


Study = TypeVar("Study", bound=Answering)
Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


def remembered(work: Callable[Concatenate[Study, Asked], Answer]) -> Callable[Concatenate[Study, Asked], Answer]:
    """The same function of a study, which remembers what it answered; nobody may change an answer."""

    @wraps(work)
    def found(tables: Study, /, *asked: Asked.args, **named: Asked.kwargs) -> Answer:
        question = (work, asked, *named.items())
        if question not in tables.answers:
            tables.answers[question] = work(tables, *asked, **named)
        return cast(Answer, tables.answers[question])

    return found
