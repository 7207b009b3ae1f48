"""Overlays: parts of the model that are off unless a planner switches them on. Their defaults have no effect.

What each does, its numbers and what it cannot show: ``docs/model.md``, Overlays. Rest with delay is a word of
``RotaRules``, not an overlay of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim.domain.law import Law


@dataclass(frozen=True, slots=True)
class Leavers:
    """People leave and their posts are refilled. rates: by role, leavers a year and the law of hours until refilled."""

    rates: tuple[tuple[str, float, Law], ...] = ()


@dataclass(frozen=True, slots=True)
class Training:
    """Some named people of a role in each area reach a higher level, after some days away in each year of the run.

    people: of each area, in order of the list. unsure: share of needs above their old level for which they ask for
    advice all the same. cost_per_day: GBP a person and day away.
    """

    role: str = ""
    people: int = 0
    levels: int = 0
    days_away: int = 0
    unsure: float = 0.0
    cost_per_day: float = 0.0


@dataclass(frozen=True, slots=True)
class Embedded:
    """Children known and prepared before a crisis, by a team embedded in the hospital.

    p_prepared: at least this share of families is prepared. longer: hours by which they are known before the episode.
    conditions: only of these groups; empty: of all. consultant_sessions (of four hours a week), nurse_wte: people
    added in each area.
    """

    p_prepared: float = 0.0
    longer: float = 0.0
    conditions: frozenset[str] = frozenset()
    consultant_sessions: float = 0.0
    nurse_wte: float = 0.0


@dataclass(frozen=True, slots=True)
class HospiceOffer:
    """Who is offered a hospice. far: multiple of the offer beyond ``drive`` hours; by_area: shares instead of p."""

    far: float = 1.0
    drive: float = 0.0
    by_area: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class RapidTransfer:
    """Children of intensive care who go home to die. wants_home: by condition group, share of those in hospital else.

    shortest, longest: hours at home, uniform between. paper: hours ahead that need a visiting duty on paper.
    """

    wants_home: tuple[tuple[str, float], ...] = ()
    shortest: float = 0.0
    longest: float = 0.0
    paper: float = 0.0


@dataclass(frozen=True, slots=True)
class Bereavement:
    """Visits by the community team after a death, in working hours. visits: a family; within: hours after the death."""

    visits: float = 0.0
    within: float = 0.0


@dataclass(frozen=True, slots=True)
class HomeSafety:
    """A parent alone with the child, and homes unsafe for one. Multiples of the chance to be offered home.

    p_two_when_alone: probability that visits to a parent alone take two.
    """

    p_alone: float = 0.0
    p_two_when_alone: float = 0.0
    offered_when_alone: float = 1.0
    offered_when_unsafe: float = 1.0


@dataclass(frozen=True, slots=True)
class Access:
    """Deprivation and rurality: multiples of the chance to be offered home or a hospice, and to ring one's own team.

    deprived: in the most deprived quintile, along a straight line to 1 in the least deprived one.
    """

    home_deprived: float = 1.0
    home_rural: float = 1.0
    hospice_deprived: float = 1.0
    rings_deprived: float = 1.0
    rings_rural: float = 1.0


@dataclass(frozen=True, slots=True)
class PeerSupport:
    """Support among colleagues. drain: multiple of all that drains goodwill."""

    drain: float = 1.0


@dataclass(frozen=True, slots=True)
class Support:
    """What lets people act beyond their home area: a paid coordinator, or a record shared between areas.

    refuse_factor, record_factor: of the chance that somebody cannot act, and that the record is missing, once it works
    in full. begins: hour, counted from the first measured one; ramp: hours until it does, evenly.
    """

    refuse_factor: float = 1.0
    record_factor: float = 1.0
    begins: float = 0.0
    ramp: float = 0.0

    def works(self, time: float) -> float:
        """Share of its whole effect that it has at an hour of the measured ones."""
        if time < self.begins:
            return 0.0
        return 1.0 if time >= self.begins + self.ramp else (time - self.begins) / self.ramp


@dataclass(frozen=True, slots=True)
class Boundary:
    """Clinicians who act for a family outside their home area: they may be unable to, or lack the record.

    p_refuse_visit, p_refuse_phone: of being unable to visit, or to answer and advise by telephone. without_record:
    hours it takes somebody to find out what the record says. coordinator_wte: for each network of areas (0: none).
    networks: codes of the areas of each.
    """

    on: bool = False
    p_refuse_visit: float = 0.0
    p_refuse_phone: float = 0.0
    p_record_missing: float = 0.0
    without_record: float = 0.0
    supports: tuple[Support, ...] = ()
    coordinator_wte: float = 0.0
    coordinator_band: int = 0
    networks: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Overlays:
    """Every overlay of a scenario, each without effect as it stands here."""

    leavers: Leavers = Leavers()
    training: Training = Training()
    embedded: Embedded = Embedded()
    hospice_offer: HospiceOffer = HospiceOffer()
    rapid_transfer: RapidTransfer = RapidTransfer()
    bereavement: Bereavement = Bereavement()
    home_safety: HomeSafety = HomeSafety()
    access: Access = Access()
    peer_support: PeerSupport = PeerSupport()
    boundary: Boundary = Boundary()


NO_OVERLAYS = Overlays()
