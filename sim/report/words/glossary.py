"""Words of the pages that a reader may not know: each explained where it first stands, and once in a list."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

TERMS = {
    "as held": "by who is really on duty, after leave, sickness and posts that stand empty",
    "on paper": "by the rota as it is written, with nobody absent",
    "goodwill": "help of staff who are not on a rota and not paid for it",
    "standby": "hours in which somebody is ready to be rung; unpaid where it is goodwill",
    "potential call": "a call that a family who wants to be at home would make if help were there; as many in every "
    "scenario",
    "unmet demand": "potential calls without suitable help: unanswered, too late for a death, met in part, or never "
    "made because home was not offered or help had failed before",
    "child-night": "one night (22:00 to 07:00) of one child who wants to be at home",
    "levelling down": "a gap grows narrower while somebody is surely worse off",
    "seat": "one place on a rota, held by one person at a time or by nobody",
    "general services": "GP out of hours, 111, and open access to a ward",
    "open access": "leave to come to a children's ward without being sent",
    "prediction interval": "what one year like the measured one may bring in 9 of 10 cases",
    "simultaneous": "of intervals: all of one table hold together in 95 of 100 studies",
    "paired": "of a difference: the same families and absences in both scenarios",
    "deprived": "by the English Index of Multiple Deprivation of the family's home, in fifths",
    "safe limit": "the most nights, hours and missed rest that a person should bear",
    "daily rest": "unbroken hours of rest before a shift, as the Working Time rules ask",
    "posts to create": "posts that the rotas are written for beyond those that exist",
    "WTE": "whole-time equivalent: one post of full hours",
    "QS160": "the NICE quality standard on end of life care for children; statement 6 is on help at every hour",
    "ICB": "integrated care board: the body that pays for health care in one of 42 parts of England",
    "Fieller": "an interval of a ratio of two differences, which may have no end where the lower one may be nought",
}


class Glossary:
    """The words of one page, in the order in which they first stand there."""

    def __init__(self) -> None:
        self.told: dict[str, str] = {}
        alternatives = "|".join(re.escape(term) for term in sorted(TERMS, key=len, reverse=True))
        self._found = re.compile(rf"(?<![\w-])(?:{alternatives})(?=s?(?![\w-]))", re.IGNORECASE)
        self._written = {term.lower(): term for term in TERMS}

    def explained(self, text: object) -> Markup:
        """Words as HTML; each term that stands in them for the first time leads to its explanation."""
        said, end = Markup(), 0
        words = str(text)
        for found in self._found.finditer(words):
            term = self._written[found[0].lower()]
            if term in self.told:
                continue
            self.told[term] = TERMS[term]
            link = Markup('<a class="word" href="#{}" title="{}">{}</a>')
            said += escape(words[end : found.start()]) + link.format(anchor(term), TERMS[term], found[0])
            end = found.end()
        return said + escape(words[end:])

    def list(self) -> list[tuple[str, str, str]]:
        """Anchor, term and explanation of those that stood on the page, in the order of the alphabet."""
        return [(anchor(term), term, self.told[term]) for term in sorted(self.told, key=str.lower)]


def anchor(term: str) -> str:
    """Where the page explains a term."""
    return f"word-{term.lower().replace(' ', '-')}"
