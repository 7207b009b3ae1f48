"""An area: one integrated care board (ICB), or any place a user's table describes."""

from __future__ import annotations

import math
from dataclasses import dataclass

KM_PER_DEGREE = 111.32
CENTRAL_LONGITUDE = -1.5  # of England; the sinusoidal map below is true along parallels and near this meridian
MEAN_TO_SD = 1.2533  # mean distance from the centre of a bivariate normal / its standard deviation: sqrt(pi / 2)


@dataclass(frozen=True, slots=True)
class Locality:
    """A part of an area with a centre of its own, such as a district.

    children: aged 0-17. longitude, latitude: of their centre, degrees. mean_km: mean straight-line distance of a child
    from it. rural_share: of them.
    """

    code: str
    name: str
    children: float
    longitude: float
    latitude: float
    mean_km: float
    rural_share: float

    @property
    def centre_km(self) -> tuple[float, float]:
        """East and north of the centre, on the map of ``Area.centre_km``."""
        return on_the_map(self.longitude, self.latitude)


@dataclass(frozen=True, slots=True)
class Area:
    """Children, deaths and geography of one area.

    children: aged 0-17. deaths_per_year: of a life-limiting condition.
    deprivation: share of children in quintiles 1 (most deprived) to 5. rural_share: share of children.
    longitude, latitude: of the child-weighted centre, degrees. mean_km: mean straight-line distance of a child from it.
    posts: people by role, as the supply table lists them; establishment: whether it lists posts, some of them vacant,
    and not people. hold_1_in_6: community nurses to hold a 1-in-6 rota.
    hospice_km: mean straight-line distance of a child from the nearest hospice, None where it is not known.
    localities: its parts, in order of name; an area without any is one by itself (``pieces``).
    also: other codes it goes by. board: the name of the board that it is a part of; empty: it is one, or nobody says.
    service: kinds of service that the table says it has; empty: it says none.
    label: a short name, of at most 8 letters, for maps; empty: its code.
    on_a_map: False for a place without geography, to which nobody travels.
    """

    code: str
    name: str
    region: str
    cluster: str
    children: float
    deaths_per_year: float
    deprivation: tuple[float, float, float, float, float]
    rural_share: float
    longitude: float
    latitude: float
    mean_km: float
    posts: tuple[tuple[str, int], ...] = ()
    hold_1_in_6: int = 0
    hospice_km: float | None = None
    establishment: bool = False
    localities: tuple[Locality, ...] = ()
    also: tuple[str, ...] = ()
    board: str = ""
    service: tuple[str, ...] = ()
    label: str = ""
    on_a_map: bool = True

    @property
    def centre_km(self) -> tuple[float, float]:
        """East and north of the centre, in km on a sinusoidal map of England."""
        return on_the_map(self.longitude, self.latitude)

    @property
    def pieces(self) -> tuple[Locality, ...]:
        """Its localities, or the one that it is itself."""
        whole = (self.code, self.name, self.children, self.longitude, self.latitude, self.mean_km, self.rural_share)
        return self.localities or (Locality(*whole),)


def on_the_map(longitude: float, latitude: float) -> tuple[float, float]:
    """East and north of a point in degrees, in km on a sinusoidal map of England."""
    north = latitude * KM_PER_DEGREE
    east = (longitude - CENTRAL_LONGITUDE) * KM_PER_DEGREE * math.cos(math.radians(latitude))
    return east, north
