"""What became of families in words, the worst first, and the colour of each wherever it is drawn."""

from __future__ import annotations

WORDS = {
    "not_offered_home": "not offered home",
    "hospital_after_failure": "in hospital after a call that failed",
    "hospital_otherwise": "died in hospital otherwise",
    "nobody_answered": "a call nobody answered",
    "incomplete_or_late": "help incomplete or late",
    "leaned_on_others": "leaned on goodwill or general services",
    "a_night_nobody_funded": "a night with nobody funded to come",
    "whole": "whole: met in time by funded staff, every night covered",
}
PURPLES, ORANGES = (
    ("#801650", "#A85A80", "#D3A4BC"),
    ("#F46A25", "#F9B08D"),
)  # not at home to the end; calls that failed
COLOURS = dict(zip(WORDS, (*PURPLES, *ORANGES, "#28A197", "#8FB3D9", "#12436D"), strict=True))
