"""What the tables of a comparison at draws of what nobody knows, and under other structures, hold.

Column -> unit and meaning.
"""

from __future__ import annotations

IN_UNIT = "see unit"
OF = {
    "of": ("", "figure of a scenario, or difference from the baseline on the same draws, families and chance"),
    "baseline": ("", "of a difference, the scenario that the other is compared with"),
    "scenario": ("", "name of the scenario"),
    "measure": ("", "name of the measure"),
    "unit": ("", "unit of the figures of the row"),
}
PLACE = {"group": ("", "england"), "level": ("", "England")}
STRUCTURE_TABLES: dict[str, dict[str, tuple[str, str]]] = {
    "structure.csv": {
        "alternative": ("", "as_shipped, or the rule that is another: a name of the register of structures"),
        "question": ("", "what the rule is of; empty as shipped"),
        "means": ("", "what the rule says; empty as shipped"),
        "of": ("", "figure of a scenario, or difference of two under the same rule, on the same families and chance"),
        "baseline": ("", "of a difference, the scenario that the other is compared with"),
        "scenario": ("", "name of the scenario"),
        "measure": ("", "name of the measure; under calls_made_alone its twin over calls made is what is told"),
        "unit": ("", "unit of the figures of the row"),
        **PLACE,
        "mean": (IN_UNIT, "the figure, or the difference; none of what is not comparable"),
        "chance_low": (IN_UNIT, "lower end of its 95 % interval by itself"),
        "chance_high": (IN_UNIT, "upper end of it"),
        "replications": ("count", "behind it"),
        "goodwill_makes_home": ("probability", "g of that run of the scenario: solved anew where it follows"),
        "sign": ("", "of a difference decided as shipped: same, turned (decided the other way) or open (not decided)"),
    },
}
DRAWN_TABLES: dict[str, dict[str, tuple[str, str]]] = {
    "uncertainty.csv": {
        **OF,
        **PLACE,
        "mean": (IN_UNIT, "the figure with all unknown numbers as shipped, or the difference"),
        "chance_low": (IN_UNIT, "lower end of its 95 % interval by itself"),
        "chance_high": (IN_UNIT, "upper end of it"),
        "draws": ("count", "joint draws of all that nobody knows"),
        "draws_mean": (IN_UNIT, "mean over them"),
        "assumptions_low": (IN_UNIT, "lower end of the middle 95 % of the draws, chance taken out"),
        "assumptions_high": (IN_UNIT, "upper end of it"),
        "chance_share": ("share", "of the variance that chance and assumptions make together; 1: it hides the rest"),
        "verdict": ("", "as in the comparison if it holds in 95 % of draws; else better_if or worse_if"),
        "same_sign": ("share", "draws in which the difference has its sign"),
        "same_sign_low": ("share", "lower end of its 95 % interval (Clopper and Pearson)"),
        "same_sign_high": ("share", "upper end of it"),
        "if_key": ("", "of better_if and worse_if, the number that decides most"),
        "if_side": ("", "above or below: the side of it on which the verdict is so; empty where it bends"),
        "if_value": ("", "the border, in the unit of that number; empty where no single one is"),
    },
    "decides.csv": {
        **OF,
        "place": ("count", "1: makes the most of the variance; at most 3"),
        "key": ("", "the number; of numbers that are one unknown the first"),
        "tied": ("count", "numbers that are one unknown, with it"),
        "default": ("", "as shipped, in the unit of the key, as low and high"),
        "low": ("", "lower end of the middle 95 % of what it could be"),
        "high": ("", "upper end of it"),
        "at_low": (IN_UNIT, "the figure at the lower end, all else as drawn"),
        "at_high": (IN_UNIT, "the figure at the upper end"),
        "shape": ("", "the figure rises with the number, falls, or bends"),
        "share": ("share", "of the variance over draws"),
        "grade": ("", "of the evidence: A to C, R recalled, or assumed"),
        "kind": ("", "source, assumed or planner"),
        "text": ("", "what stands behind the number"),
        "who_could_find_out": ("", "whose records or what study would settle it"),
    },
    "draws.csv": {
        "draw": ("count", "from 1"),
        "key": ("", "the number"),
        "value": ("", "what was drawn, in the unit of the key"),
        "part": ("share", "where in its law that lies; empty for a number that follows from others"),
    },
    "draw_figures.csv": {
        "draw": ("count", "from 1"),
        "replication": ("count", "1 or 2, with families of their own"),
        "scenario": ("", "name of the scenario"),
        "measure": ("", "name of the measure"),
        **PLACE,
        "numerator": ("", "of the figure"),
        "denominator": ("", "of the figure"),
    },
}
