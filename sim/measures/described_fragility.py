"""The measures of fragility: hours that hang on nobody or on one person, and what losing one post does."""

from __future__ import annotations

from sim.measures.described import Measure

WHO = {"visit": "funded who may visit", "consultant": "funded of a consultant's level"}
HOW = {"on_paper": "on paper, nobody absent", "achieved": "as held after absence and cover"}
FEW = {"nobody": "nobody", "one_at_most": "nobody or one person"}
ZONE = "uncovered_child_night_share"

FRAGILITY = [
    *(
        Measure(
            f"fragility_hours_{few}_{who}_{word}_share",
            f"Hours with {many} {whom}, {how}",
            "share",
            "lower",
            "ratio",
            f"out-of-hours hours with {many} {whom} on duty, {how} / all of them, over areas",
            ZONE,
        )
        for who, whom in WHO.items()
        for few, many in FEW.items()
        for word, how in HOW.items()
    ),
    Measure(
        "fragility_child_hours_on_one_post",
        "Child-hours that hang on one post",
        "hours/year",
        "lower",
        "mean",
        "hours of children within reach who want to be at home with one person on duty, of the post with most",
    ),
    Measure(
        "fragility_child_nights_lost_with_one_post",
        "Child-nights lost with one post",
        "nights/year",
        "lower",
        "mean",
        "uncovered child-nights with that post vacant and its turns offered down the list, less those with it held",
    ),
]
