"""How a complaint about one key is worded."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any

PEOPLE = ("existing", "to_hold_1_in_6")  # of a team, by the table of posts
NEIGHBOURS = {"pairs": 2, "threes": 3}  # areas that stand nearest to each other, by how many
GROUPINGS = ("none", "nearest_team", *NEIGHBOURS, "boards", "clusters_2026", "regions", "super_regions", "national")


class BadKey(Exception):
    """A key whose value breaks a rule; the file is added where the layers are known."""

    def __init__(self, key: str, value: Any, rule: str, remedy: str) -> None:
        super().__init__(key)
        self.key, self.value, self.rule, self.remedy = key, value, rule, remedy

    def line(self, file: str) -> str:
        """The whole complaint on one line."""
        value = "" if self.value is None else f" = {shown(self.value)}"
        return one_line(f"{file}: {self.key}{value}: {self.rule}; {self.remedy}")


def shown(value: Any) -> str:
    """A value as a planner would have written it, cut after 60 characters."""
    if isinstance(value, bool):
        return str(value).lower()
    if value is None:
        return "null"
    if isinstance(value, list | tuple):
        text = f"[{', '.join(shown(v) for v in value)}]"
    elif isinstance(value, dict):
        text = f"{{{', '.join(f'{k}: {shown(v)}' for k, v in value.items())}}}"
    else:
        text = str(value)
    return text if len(text) <= 60 else text[:57] + "..."


def one_line(text: str) -> str:
    """The text without line breaks and runs of blanks."""
    return " ".join(text.split())


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """The nearest known words as a question, else ``otherwise``, else the known words."""
    words = list(dict.fromkeys(str(k) for k in known))
    lower = {w.lower(): w for w in reversed(words)}
    asked = str(word).lower()
    near = [lower[w] for w in difflib.get_close_matches(asked, list(lower), n=2, cutoff=0.6)]
    if not near and len(asked) > 2:  # the beginning of a long word
        near = [lower[w] for w in lower if difflib.get_close_matches(asked, [w[: len(asked) + 1]], cutoff=0.8)][:2]
    if near:
        return f"did you mean {' or '.join(near)}?"
    if otherwise:
        return otherwise
    return f"known: {', '.join(words[:12])}{' ...' if len(words) > 12 else ''}"
