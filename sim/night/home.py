"""What was in a family's home, and who else may help than the people of the rotas."""

from __future__ import annotations

from sim.demand.medicines import in_the_home
from sim.domain.scenario import Scenario
from sim.ledger import Ledger
from sim.night.names import listed

BESIDE = (
    "999, and general services: GP out of hours, 111's clinical desk and open access to a ward, told as one. They may "
    "give what is missing, after a while."
)
ONLY_999 = "999. General services (GP out of hours, 111's clinical desk, open access to a ward) are left out here."
LEFT_OUT = (
    "Left out: a hospice's own line where it is none of these teams, and whether a syringe driver is among the "
    "equipment in a home."
)


def who_else(scenario: Scenario) -> list[str]:
    """The services that are no people of the model, and what is left out of every night."""
    return [BESIDE if scenario.general_services.on else ONLY_999, LEFT_OUT]


def at_home(scenario: Scenario, ledger: Ledger, family: int) -> str:
    """``Family 12 of the ledger. In the home: a plan for symptoms with medicines and equipment ready.``

    A family that is not prepared may have medicines all the same, by its own draw.
    """
    families = ledger.setting.demand.families
    number = f"Family {family} of the ledger. "
    if families.background[family]:
        return f"{number}What is in the home is not drawn for a child who is not at the end of life."
    code = int(families.area_number[family]), int(families.number[family])
    medicines = in_the_home(ledger.key, code, scenario.demand.p_medicines_in_home)
    if families.prepared[family]:
        found = ["a plan for symptoms with medicines and equipment"]
    else:
        found = ["no plan for symptoms", "medicines" if medicines else "no medicines"]
    found.append(f"{'an' if families.advance_care_plan[family] else 'no'} advance care plan")
    alone = "" if families.safe_for_one[family] else " Nobody is to visit it alone."
    return f"{number}In the home: {listed(found)}.{alone}"
