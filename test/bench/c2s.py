"""OpenFisca-France on households of one person, beside test/bench/c2s.mjs: python c2s.py [households]. Prints one line of JSON: from arrays to answers (ms), of which the rule once the inputs are set (rule_ms).
Made with OpenFisca-France 176.1.8, OpenFisca-Core 44.7.1."""
import json
import sys
import time
from importlib.metadata import version

import numpy as np
from openfisca_core.simulations import SimulationBuilder
from openfisca_france import FranceTaxBenefitSystem

households = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
NOW, MONTHS = "2024-06", [f"2023-{m:02d}" for m in range(6, 13)] + [f"2024-{m:02d}" for m in range(1, 7)]
GIVEN = ["salaire_net", "chomage_net", "indemnites_journalieres", "retraite_nette", "aah", "asi", "caah", "ass"]
ZERO = [
    "allocation_securisation_professionnelle", "bourse_recherche", "dedommagement_victime_amiante", "gains_exceptionnels", "indemnites_chomage_partiel",
    "indemnites_stage", "indemnites_compensatrices_conges_payes", "pensions_alimentaires_percues", "pensions_invalidite", "prestation_compensatoire",
    "prime_forfaitaire_mensuelle_reprise_activite", "retraite_combattant", "revenus_stage_formation_pro", "rsa_base_ressources_patrimoine_individu",
    "rente_accident_travail", "rpns_auto_entrepreneur_benefice", "pensions_alimentaires_versees_individu", "bourse_enseignement_sup",
]
system = FranceTaxBenefitSystem()
random = np.random.default_rng(7)
amounts = {name: np.round(random.uniform(0, 1500, households) * (random.uniform(size=households) < 0.3), 2) for name in GIVEN}
birth = (np.datetime64("1934-01-01") + random.integers(0, 25_000, households)).astype("datetime64[D]")


def run():
    first = time.perf_counter()
    builder = SimulationBuilder()
    builder.create_entities(system)
    people = list(range(households))
    builder.declare_person_entity("individu", people)
    for name, role in (("famille", "demandeur"), ("foyer_fiscal", "declarant_principal"), ("menage", "personne_de_reference")):
        builder.join_with_persons(builder.declare_entity(name, people), people, [role] * households)
    simulation = builder.build(system)
    give = simulation.set_input
    zero = np.zeros(households)
    give("date_naissance", "ETERNITY", birth)
    for at in MONTHS:
        for name in GIVEN:
            give(name, at, amounts[name])
        for name in ZERO + ["af", "asf", "cf", "paje_clca", "paje_prepare", "aspa"]:
            give(name, at, zero)
        give("aspa_couple", at, zero.astype(bool))
    for name in ("rpns_micro_entreprise_benefice", "rpns_benefice_exploitant_agricole", "rpns_autres_revenus"):
        give(name, "2023", zero)
    give("aide_logement", NOW, zero)
    give("rsa", NOW, zero)
    give("boursier", NOW, zero.astype(bool))
    start = time.perf_counter()
    simulation.calculate("cmu_c", NOW)
    simulation.calculate("css_participation_forfaitaire", NOW)
    last = time.perf_counter()
    return (last - first) * 1000, (last - start) * 1000


run()
times = sorted(run() for _ in range(3))
print(json.dumps({"version": version("openfisca-france"), "households": households, "ms": times[1][0], "rule_ms": times[1][1]}))
