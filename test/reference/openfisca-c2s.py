"""The C2S of random households by OpenFisca-France, an outside reference: resources, ceilings, decision, participation.
Writes openfisca-c2s.json beside this file, versions inside. Made with OpenFisca-France 176.1.8, OpenFisca-Core 44.7.1, numpy 2.3.5: python openfisca-c2s.py
Claims are on the first of a month, at dates whose ceilings OpenFisca holds. Amounts are given on 14 months, from the 13th before the claim (0) to its own (13)."""
import json
import random
from importlib.metadata import version
from pathlib import Path

import numpy as np
from openfisca_core.simulations import SimulationBuilder
from openfisca_france import FranceTaxBenefitSystem

SEED, BY_DATE = 20260505, 200
DATES = ["2019-12", "2021-06", "2022-05", "2022-10", "2023-06", "2024-06", "2025-02"]
CEILING = {"2019-12": 8951, "2021-06": 9041, "2022-05": 9203, "2022-10": 9571, "2023-06": 9719, "2024-06": 10166, "2025-02": 10166}
# Our item: the variable of OpenFisca for one person, each month.
PERSON = {
    "wages": "salaire_net", "unemployment": "chomage_net", "partialUnemployment": "indemnites_chomage_partiel", "ass": "ass",
    "retirement": "retraite_nette", "invalidity": "pensions_invalidite", "sickPay": "indemnites_journalieres", "workAccidentAnnuity": "rente_accident_travail",
    "aah": "aah", "aahSupplement": "caah", "asi": "asi", "internship": "indemnites_stage", "training": "revenus_stage_formation_pro",
    "exceptionalGains": "gains_exceptionnels", "compensatoryBenefit": "prestation_compensatoire", "maintenanceReceived": "pensions_alimentaires_percues",
    "maintenancePaid": "pensions_alimentaires_versees_individu", "assetIncome": "rsa_base_ressources_patrimoine_individu", "studyGrant": "bourse_enseignement_sup",
}
FAMILY = {"familyAllowances": "af", "familySupport": "asf", "familySupplement": "cf", "parentalLeave": "paje_prepare", "aspa": "aspa"}
UNUSED_PERSON = [
    "allocation_securisation_professionnelle", "bourse_recherche", "dedommagement_victime_amiante", "indemnites_compensatrices_conges_payes",
    "prime_forfaitaire_mensuelle_reprise_activite", "retraite_combattant", "rpns_auto_entrepreneur_benefice",
]
UNUSED_YEAR = ["rpns_micro_entreprise_benefice", "rpns_benefice_exploitant_agricole"]


def month(claim, index):
    """Month of an index from 0 (13 before the claim) to 13 (the claim)."""
    year, number = map(int, claim.split("-"))
    at = year * 12 + number - 1 - 13 + index
    return f"{at // 12}-{at % 12 + 1:02d}"


def money(value):
    return round(max(value, 0), 2)


def household(rng, claim):
    year, number = map(int, claim.split("-"))
    couple = rng.random() < 0.45
    children = rng.choices([0, 1, 2, 3, 4, 5], [45, 20, 18, 10, 4, 3])[0]
    young = rng.random() < 0.12
    persons = []
    for role in ["claimant"] + (["spouse" if rng.random() < 0.7 else "concubin"] if couple else []):
        age = rng.randint(18, 24) if young else rng.choice([rng.randint(25, 64), rng.randint(25, 90)])
        persons.append({"role": role, "birthDate": f"{year - age - 1}-{rng.randint(1, 12):02d}-{rng.randint(2, 28):02d}"})
        if young:
            persons[-1]["dependsOnParents"] = rng.random() < 0.4
    births = set()
    for _ in range(children):
        oldest = 5 if young else 27
        birth = f"{year - rng.randint(0, oldest) - 1}-{rng.randint(1, 12):02d}"
        if birth in births:
            continue  # the rank of two children of one month is a matter of implementation
        births.add(birth)
        child = {"role": "child", "birthDate": f"{birth}-{rng.randint(2, 28):02d}"}
        if int(birth[:4]) > year - 17 and rng.random() < 0.15:
            child["alternating"] = True
        persons.append(child)
    inside = [p for p in persons if p["role"] != "child" or int(p["birthDate"][:4]) > year - 26]
    size = len(inside)
    coefficient = 1 + 0.5 * (size > 1) + 0.3 * min(max(size - 2, 0), 2) + 0.4 * max(size - 4, 0)
    target = CEILING[claim] * coefficient * rng.uniform(0.5, 3.2)
    earners = [p for p in persons if p["role"] != "child"]
    for p in persons:
        p["items"] = {}
    for p in earners:
        part = target / len(earners) / 12
        kinds = rng.sample(list(PERSON), rng.choice([1, 1, 2, 2, 3])) + (["wages"] if rng.random() < 0.6 else [])
        if p.get("dependsOnParents") is not None:
            kinds = [k for k in kinds if k != "maintenanceReceived"]
        if claim < "2020-04":
            kinds = [k for k in kinds if k != "asi"]
        for kind in dict.fromkeys(kinds):
            if kind == "studyGrant":
                continue
            first = rng.choice([0, 0, 0, rng.randint(0, 11)])
            last = rng.choice([13, 13, 13, rng.randint(first, 13)])
            if kind in ("maintenanceReceived", "maintenancePaid", "assetIncome"):
                first, last = 0, 13  # read on a tax notice by us, on the months by OpenFisca: the same when nothing changes
            share = 0.1 if kind == "maintenancePaid" else rng.uniform(0.2, 1.2) * (2 if kind == "wages" else 1) / (1 + len(kinds) / 2)
            p["items"][kind] = [money(part * share), first, last]
        if rng.random() < 0.1:
            p["selfEmployment"] = money(part * 12 * rng.uniform(0.1, 0.8))
        now = lambda kind: kind in p["items"] and p["items"][kind][2] == 13
        situation = rng.random()
        if now("ass"):
            p["situation"] = "ass"
        elif now("training"):
            p["situation"] = "paid-training"
        elif now("unemployment") or now("partialUnemployment"):
            p["situation"] = "unemployment-benefit" if situation < 0.8 else "none"  # the rest work part of the time: not "chomeur" in OpenFisca
        elif now("sickPay"):
            p["situation"] = "off-sick-over-six-months" if situation < 0.5 else "none"
    if claim >= "2020-04":
        for p in earners:
            if int(p["birthDate"][:4]) < year - 65 and rng.random() < 0.5:
                p["items"]["aspa"] = [money(rng.uniform(20, 900)), rng.choice([0, 0, rng.randint(0, 9)]), 13]
                p["receives"], p["worked"] = ["aspa"], rng.random() < 0.2
            elif rng.random() < 0.3:
                p["worked"] = rng.random() < 0.5
            for kind in ("asi", "aah"):
                if kind in p["items"] and p["items"][kind][2] == 13:
                    p.setdefault("receives", []).append(kind)
    for p in persons:
        if p["role"] == "child" and year - 25 < int(p["birthDate"][:4]) < year - 18:
            if rng.random() < 0.3:
                p["items"]["wages"] = [money(rng.uniform(100, 700)), rng.randint(0, 8), 13]
            if rng.random() < 0.2:
                p["items"]["studyGrant"] = [money(rng.uniform(100, 500)), 0, 13]
    for kind, share in (("familyAllowances", 0.5 * (children > 1)), ("familySupplement", 0.3 * (children > 2)), ("familySupport", 0.3 * (not couple and children > 0)), ("parentalLeave", 0.1 * (children > 0))):
        if rng.random() < share:
            earners[0]["items"][kind] = [money(rng.uniform(30, 400)), rng.choice([0, 0, rng.randint(0, 9)]), 13]
    return {
        "claim": claim, "persons": persons, "occupancy": rng.choices(["owner", "free", "tenant"], [3, 2, 5])[0],
        "benefit": money(rng.choice([0, 0, rng.uniform(20, 400)])), "rsa": rng.random() < 0.06,
        "area": rng.choices(["metropole", "drom", "mayotte"], [85, 12, 3 if claim >= "2024" else 0])[0], "alsaceMoselle": rng.random() < 0.1,
    }


def expected(system, claim, households):
    people = [(h, p) for h, one in enumerate(households) for p in one["persons"]]
    family_of = [h for h, _ in people]
    roles = {"claimant": ("demandeur", "declarant_principal", "personne_de_reference"), "spouse": ("conjoint", "conjoint", "conjoint"),
             "concubin": ("conjoint", "conjoint", "conjoint"), "child": ("enfant", "personne_a_charge", "enfant")}
    builder = SimulationBuilder()
    builder.create_entities(system)
    builder.declare_person_entity("individu", list(range(len(people))))
    for name, at in (("famille", 0), ("foyer_fiscal", 1), ("menage", 2)):
        entity = builder.declare_entity(name, list(range(len(households))))
        builder.join_with_persons(entity, family_of, [roles[p["role"]][at] for _, p in people])
    simulation = builder.build(system)
    give = simulation.set_input
    months = [month(claim, i) for i in range(14)]
    last_year = str(int(claim[:4]) - 1)
    level = lambda p, kind, i: p["items"][kind][0] if kind in p["items"] and p["items"][kind][1] <= i <= p["items"][kind][2] else 0.0
    give("date_naissance", "ETERNITY", np.array([p["birthDate"] for _, p in people], dtype="datetime64[D]"))
    for i, at in enumerate(months):
        for kind, variable in PERSON.items():
            give(variable, at, np.array([level(p, kind, i) for _, p in people]))
        for kind, variable in FAMILY.items():
            give(variable, at, np.array([sum(level(p, kind, i) for p in one["persons"]) for one in households]))
        for variable in UNUSED_PERSON:
            give(variable, at, np.zeros(len(people)))
        give("paje_clca", at, np.zeros(len(households)))
        give("aspa_couple", at, np.array([sum(level(p, "aspa", i) > 0 for p in one["persons"]) == 2 for one in households]))
    for variable in UNUSED_YEAR:
        give(variable, last_year, np.zeros(len(people)))
    give("rpns_autres_revenus", last_year, np.array([p.get("selfEmployment", 0.0) for _, p in people]))
    now = months[13]
    jobless = ("unemployment-benefit",)
    activity = system.get_variable("activite").possible_values
    give("activite", now, np.array([(activity.chomeur if p.get("situation") in jobless else activity.actif).index for _, p in people]))
    give("indemnites_journalieres_maladie", now, np.array([level(p, "sickPay", 13) for _, p in people]))
    give("boursier", now, np.zeros(len(people), dtype=bool))
    give("habite_chez_parents", now, np.array([bool(p.get("dependsOnParents", False)) for _, p in people]))
    give("garde_alternee", now, np.array([bool(p.get("alternating", False)) for _, p in people]))
    give("salarie_regime_alsace_moselle", now, np.array([households[h]["alsaceMoselle"] for h, _ in people]))
    homes = system.get_variable("statut_occupation_logement").possible_values
    home = {"owner": homes.proprietaire, "free": homes.loge_gratuitement, "tenant": homes.locataire_hlm}
    give("statut_occupation_logement", now, np.array([home[one["occupancy"]].index for one in households]))
    give("aide_logement", now, np.array([one["benefit"] for one in households]))
    give("rsa", now, np.array([100.0 if one["rsa"] else 0.0 for one in households]))
    for place, area in (("residence_guadeloupe", "drom"), ("residence_mayotte", "mayotte")):
        give(place, now, np.array([one["area"] == area for one in households]))
    for place in ("residence_martinique", "residence_guyane", "residence_reunion"):
        give(place, now, np.zeros(len(households), dtype=bool))
    get = lambda name: simulation.calculate(name, now)
    free, pays = get("cmu_c"), get("css_participation_forfaitaire")
    rows = zip(get("css_cmu_base_ressources"), get("cmu_c_plafond"), get("acs_plafond"), free, pays, get("css_participation_forfaitaire_montant"))
    return [[round(float(r), 2), round(float(c), 2), round(float(a), 2), 1 if f else 2 if p > 0 else 0, round(float(d), 2)] for r, c, a, f, p, d in rows]


system = FranceTaxBenefitSystem()
rng = random.Random(SEED)
cases = []
for claim in DATES:
    group = [household(rng, claim) for _ in range(BY_DATE)]
    for one, row in zip(group, expected(system, claim, group)):
        cases.append({**one, "expected": row})
head = {"versions": {name: version(name) for name in ("openfisca-france", "openfisca-core", "numpy")}, "seed": SEED,
        "columns": ["resourcesEurYear", "freeEurYear", "participationEurYear", "right (0 none, 1 free, 2 participation)", "participationEurMonth"]}
lines = ",\n".join(json.dumps(one, separators=(",", ":")) for one in cases)
target = Path(__file__).with_name("openfisca-c2s.json")
target.write_text(json.dumps(head, ensure_ascii=False)[:-1] + ',"cases":[\n' + lines + "\n]}\n")
rights = [one["expected"][3] for one in cases]
print(len(cases), "households;", [rights.count(k) for k in (0, 1, 2)], target.stat().st_size // 1024, "kB")
