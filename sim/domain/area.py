"""An area: one integrated care board (ICB), or any place a user's table describes."""

from __future__ import annotations

import math
from dataclasses import dataclass

KM_PER_DEGREE = 111.32
CENTRAL_LONGITUDE = -1.5  # of England; the sinusoidal map below is true along parallels and near this meridian
MEAN_TO_SD = 1.2533  # mean distance from the centre of a bivariate normal / its standard deviation: sqrt(pi / 2)


@dataclass(frozen=True, slots=True)
class Area:
    """Children, deaths and geography of one area.

    children: aged 0-17. deaths_per_year: of a life-limiting condition.
    deprivation: share of children in quintiles 1 (most deprived) to 5. rural_share: share of children.
    longitude, latitude: of the child-weighted centre, degrees. mean_km: mean straight-line distance of a child from it.
    posts: people by role, as the supply table lists them; establishment: whether it lists posts, some of them vacant,
    and not people. hold_1_in_6: community nurses to hold a 1-in-6 rota.
    hospice_km: mean straight-line distance of a child from the nearest hospice, None where it is not known.
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

    @property
    def centre_km(self) -> tuple[float, float]:
        """East and north of the centre, in km on a sinusoidal map of England."""
        north = self.latitude * KM_PER_DEGREE
        east = (self.longitude - CENTRAL_LONGITUDE) * KM_PER_DEGREE * math.cos(math.radians(self.latitude))
        return east, north

    @property
    def spread_km(self) -> float:
        """Standard deviation of a home about the centre on each axis."""
        return self.mean_km / MEAN_TO_SD
