"""The reference workload in Ciw (extra ``bench``): a node for each area's nurses and for each pool's consultants.

Ciw sends a customer on and frees the server; here a nurse is held while a consultant advises, so that a second customer
stands at the consultants' node for her. Its own rule at the end of a shift replaces everybody; the workload counts
heads, so that a server who has finished leaves while there are more than the shift has.
"""

from __future__ import annotations

import random
from math import log
from typing import Any

import ciw
import workload
from workload import ADVICE, CONSULTANTS, DAY, NURSES, PATIENCE, POOL, WEEK, YEAR, Seen

LATER = 100.0  # hours after the year, in which the last calls end


class Talk(ciw.dists.Distribution):
    """Hours on the telephone, or of the whole call where nobody advises; what follows the advice is kept."""

    def sample(self, t: float | None = None, ind: Any = None) -> float:
        """Hours for which a call that has a nurse now needs nobody else."""
        talk = lognormal(workload.TALK, workload.SIGMA_TALK)
        visited = random.random() < workload.P_VISIT
        visit = lognormal_journey() + workload.VISIT + lognormal_journey() if visited else 0.0
        ind.after_advice = visit if random.random() < workload.P_ADVICE else None
        return talk if ind.after_advice is not None else talk + visit


class ByHeads(ciw.Node):
    """People who are a number: a start needs fewer busy than the shift has."""

    def change_shift(self) -> None:
        """Free people leave or come; whoever is busy stays until the end of the job."""
        self.schedule.get_next_shift()
        self.next_shift_change, self.c = self.schedule.next_shift_change_date, self.schedule.c
        for free in [server for server in self.servers if not server.busy][: max(0, len(self.servers) - self.c)]:
            free.shift_end = self.now
            self.kill_server(free)
        self.add_new_servers(max(0, self.c - len(self.servers)))
        self.begin_service_if_possible_change_shift()

    def detatch_server(self, server: Any, individual: Any) -> None:
        """Whoever has finished leaves if there are more people than the shift has."""
        server.offduty, server.shift_end = len(self.servers) > self.c, self.now
        super().detatch_server(server, individual)


class Nurses(ByHeads):
    """The nurses of an area."""

    def finish_service(self) -> None:
        """The call ends, or its nurse turns to the consultants and is held until they have advised."""
        call = self.decide_between_simultaneous_individuals()
        self.next_individual = [call]
        if call.after_advice is None:
            super().finish_service()
            return
        call.server.next_end_service_date = call.service_end_date = float("inf")
        asks = self.simulation.IndividualType(-call.id_number, "Customer", 0, simulation=self.simulation)
        asks.call, asks.nurses = call, self
        self.simulation.nodes[-2 - (self.id_number - 1) // POOL].accept(asks)


class Consultants(ByHeads):
    """The consultants of a pool; the first pool's node is the last."""

    def finish_service(self) -> None:
        """Advice is given, and the call goes on."""
        (asks,) = self.next_individual[:1]
        call = asks.call
        call.advised, call.after_advice, visit = True, None, call.after_advice
        call.service_end_date = call.server.next_end_service_date = self.now + visit
        self.next_individual = [asks]
        super().finish_service()


def lognormal(mean: float, sigma: float) -> float:
    """Hours of a mean and a sigma of the logarithm."""
    return random.lognormvariate(log(mean) - sigma**2 / 2, sigma)


def lognormal_journey() -> float:
    """Hours on the road, one way."""
    return lognormal(workload.JOURNEY, workload.SIGMA_JOURNEY)


def shifts(numbers: tuple[int, int]) -> ciw.Schedule:
    """The week of a team."""
    always, office = numbers
    edges = [DAY * day + hour for day in range(5) for hour in (workload.OPENS, workload.CLOSES)]
    return ciw.Schedule(numbers_of_servers=[always, office] * 5 + [always], shift_end_dates=[*edges, WEEK])


def by_heads(areas: int, seed: int) -> list[Seen]:
    """One year; what became of each call."""
    ciw.seed(seed)
    pools = len(workload.pools(areas))
    hours = [float(hour) for hour in range(1, int(WEEK) + 1)]
    rates = [workload.rate(hour - 1) for hour in hours]
    network = ciw.create_network(
        arrival_distributions=[
            *(ciw.dists.PoissonIntervals(rates, hours, YEAR) for _ in range(areas)),  # draws its calls when it is made
            *[None] * pools,
        ],
        service_distributions=[Talk()] * areas + [ciw.dists.Deterministic(ADVICE)] * pools,
        number_of_servers=[shifts(NURSES) for _ in range(areas)] + [shifts(CONSULTANTS) for _ in range(pools)],
        reneging_time_distributions=[ciw.dists.Deterministic(PATIENCE)] * areas + [None] * pools,
        routing=ciw.routing.NetworkRouting([ciw.routing.Leave() for _ in range(areas + pools)]),
    )
    simulation = ciw.Simulation(network, node_class=[Nurses] * areas + [Consultants] * pools)
    simulation.simulate_until_max_time(YEAR + LATER)
    return [seen(call) for call in simulation.nodes[-1].all_individuals if call.id_number > 0]


def seen(call: Any) -> Seen:
    """What became of a call, from its one record."""
    (record,) = call.data_records
    if record.record_type == "renege":
        return Seen(PATIENCE, False, 0.0)
    return Seen(record.waiting_time, hasattr(call, "advised"), record.exit_date - record.service_start_date)
