"""Disposable income of households by OpenFisca-France, an outside reference, on a grid of market incomes: its components, and where the rights to the C2S end.
Writes openfisca-disposable.json beside this file, versions inside. Made with OpenFisca-France 176.1.8, OpenFisca-Core 44.7.1, numpy 2.3.5: python openfisca-disposable.py
Amounts are those of a September (parameters have not moved for three months) times twelve; income is the same in every month of three years. Rent: the ceiling of zone 2."""
import json
import random
from importlib.metadata import version
from pathlib import Path

import numpy as np
from openfisca_core.simulations import SimulationBuilder
from openfisca_france import FranceTaxBenefitSystem

SEED, BY_DATE, STEPS = 20261124, 130, 70
DATES = ["2020-09", "2021-09"]
CEILING = {"2020-09": 9032, "2021-09": 9041}
TAXABLE = 1 + 0.029 * 0.9825 / (1 - 0.073 - 0.0315 - 0.0086 - 0.097 * 0.9825)
COMPONENTS = ["income", "familyBenefits", "schoolAllowance", "housingBenefit", "rsa", "activityBonus", "tax", "forfait"]


def household(rng):
    """No two children of one age: OpenFisca takes both of two for the eldest, who opens no increase of the allowances."""
    age = rng.choice([22, 30, 40, 50, 63, 70])
    couple = rng.random() < 0.45
    kids = [] if age > 60 else [rng.choice([1, rng.randint(3, 13), rng.randint(3, 13), rng.randint(14, 19), rng.randint(14, 19), 22]) for _ in range(rng.choices([0, 1, 2, 3, 4, 5], [25, 20, 25, 15, 10, 5])[0])]
    if age < 30:
        kids = [1 if k > 13 else min(k, 6) for k in kids]
    earners = 0 if age > 64 else rng.choice([0, 1, 2]) if couple else rng.choice([0, 1])
    return {"age": age, "couple": couple, "kids": sorted(set(kids), reverse=True), "earners": earners, "tenure": rng.choice(["owner", "social", "private"])}


def size(one):
    persons = 1 + one["couple"] + len(one["kids"])
    return persons, round(10 + 5 * (persons > 1) + 3 * min(max(persons - 2, 0), 2) + 4 * max(persons - 4, 0)) / 10


def run(system, date, households, incomes):
    year = int(date[:4])
    people, family, roles, who = [], [], [], []
    for h, one in enumerate(households):
        for role in ["claimant"] + ["spouse"] * one["couple"] + one["kids"]:
            people.append(role if isinstance(role, int) else one["age"])
            family.append(h)
            roles.append("child" if isinstance(role, int) else role)
    family, roles, people = np.array(family), np.array(roles), np.array(people)
    names = {"claimant": ("demandeur", "declarant_principal", "personne_de_reference"), "spouse": ("conjoint",) * 3, "child": ("enfant", "personne_a_charge", "enfant")}
    builder = SimulationBuilder()
    builder.create_entities(system)
    builder.declare_person_entity("individu", list(range(len(people))))
    for name, at in (("famille", 0), ("foyer_fiscal", 1), ("menage", 2)):
        entity = builder.declare_entity(name, list(range(len(households))))
        builder.join_with_persons(entity, list(family), [names[r][at] for r in roles])
    simulation = builder.build(system)
    simulation.max_spiral_loops = 4
    give = simulation.set_input
    give("date_naissance", "ETERNITY", np.array([f"{year - a}-01-01" for a in people], dtype="datetime64[D]"))
    get = lambda key: np.array([one[key] for one in households])
    earners, couple, age = get("earners"), get("couple"), get("age")
    kind = np.where(earners > 0, "wages", np.where(age >= 62, "pensions", "replacement"))
    heads = np.where(kind == "wages", earners, np.where(kind == "pensions", 1 + couple, 1))
    earns = (roles == "claimant") | ((roles == "spouse") & (heads[family] == 2))
    share = np.where(earns, (incomes / heads)[family], 0.0)
    for of, net, taxable, ratio in (("wages", "salaire_net", "salaire_imposable", TAXABLE), ("pensions", "retraite_nette", "retraite_imposable", 1), ("replacement", "chomage_net", "chomage_imposable", 1)):
        mine = np.where(kind[family] == of, share, 0.0)
        for y in range(year - 3, year + 1):
            for month in range(1, 13):
                give(net, f"{y}-{month:02d}", mine / 12)
                give(taxable, f"{y}-{month:02d}", mine / 12 * ratio)
    activity = system.get_variable("activite").possible_values
    status = {"wages": activity.actif.index, "pensions": activity.retraite.index, "replacement": activity.inactif.index}
    adult = roles != "child"
    doing = np.where(earns, np.vectorize(status.get)(kind)[family], activity.inactif.index)
    homes = system.get_variable("statut_occupation_logement").possible_values
    home = {"owner": homes.proprietaire.index, "social": homes.locataire_hlm.index, "private": homes.locataire_vide.index}
    status_of = system.get_variable("statut_marital").possible_values
    for y in range(year - 1, year + 1):
        for month in range(1, 13):
            at = f"{y}-{month:02d}"
            give("activite", at, doing)
            give("statut_occupation_logement", at, np.array([home[one["tenure"]] for one in households]))
            give("loyer", at, np.array([0.0 if one["tenure"] == "owner" else 200.0 + 100.0 * (1 + one["couple"] + len(one["kids"])) for one in households]))
            give("aspa", at, np.zeros(len(households)))
            give("statut_marital", at, np.where(adult & couple[family], status_of.marie.index, status_of.celibataire.index))
    lone = np.array([not one["couple"] and len(one["kids"]) > 0 for one in households])
    give("caseT", str(year), lone)
    give("caseT", str(year - 2), lone)
    owner = np.array([one["tenure"] == "owner" for one in households])
    value = lambda name, at=date: np.array(simulation.calculate(name, at), dtype=float)
    family_eur = value("af") + value("cf") + value("asf")
    birth = value("paje_base")
    rsa = value("rsa") * (age < 65)
    return {
        "income": incomes, "familyBenefits": 12 * 0.995 * (family_eur + birth), "schoolAllowance": 0.995 * value("ars", str(year)),
        "housingBenefit": 12 * value("aide_logement"), "rsa": 12 * rsa, "activityBonus": 12 * 0.995 * value("ppa"), "tax": value("ip_net", str(year)),
        "forfait": np.where(owner, value("css_cmu_forfait_logement_base"), value("css_cmu_forfait_logement_al")), "counted": 12 * 0.995 * family_eur,
    }


def thresholds(date, one, rows):
    """Disposable income (school allowance left out) where resources meet each ceiling, linear between two steps of the grid; for the RSA, where it falls to 6 EUR a month (or at no income)."""
    spendable = rows["income"] + rows["familyBenefits"] + rows["housingBenefit"] + rows["rsa"] + rows["activityBonus"] - rows["tax"]
    resources = rows["income"] + rows["counted"] + rows["forfait"]
    _, coefficient = size(one)
    on_rsa = np.nonzero(rows["rsa"] > 0)[0]
    found = [0.0]
    if len(on_rsa) > 1:
        last, before = on_rsa[-1], on_rsa[-2]
        slope = (spendable[last] - spendable[before]) / (rows["income"][last] - rows["income"][before])
        found = [float(max(spendable[0], spendable[last] + slope * max(rows["rsa"][last] - 72, 0)))]
    for factor in (1, 1.35):
        ceiling = CEILING[date] * coefficient * factor
        under = int(np.nonzero(resources < ceiling)[0].max())
        part = (ceiling - resources[under]) / (resources[under + 1] - resources[under])
        found.append(float(spendable[under] + part * (spendable[under + 1] - spendable[under])))
    return [round(x, 1) for x in found]


system = FranceTaxBenefitSystem()
rng = random.Random(SEED)
cases = []
for date in DATES:
    group = [household(rng) for _ in range(BY_DATE)]
    most = np.array([CEILING[date] * 1.35 * 1.05 * size(one)[1] for one in group])
    incomes = np.concatenate([most * k / STEPS for k in range(STEPS + 1)])
    rows = run(system, date, group * (STEPS + 1), incomes)
    grid = {name: column.reshape(STEPS + 1, BY_DATE) for name, column in rows.items()}
    for h, one in enumerate(group):
        mine = {name: column[:, h] for name, column in grid.items()}
        levels = [[round(float(mine[name][k]), 1) for name in COMPONENTS] for k in range(0, STEPS + 1, 10)]
        cases.append({"date": date, **one, "levels": levels, "thresholds": thresholds(date, one, mine)})
head = {"versions": {name: version(name) for name in ("openfisca-france", "openfisca-core", "numpy")}, "seed": SEED, "components": COMPONENTS, "thresholds": ["rsa", "free", "participation"]}
lines = ",\n".join(json.dumps(one, separators=(",", ":")) for one in cases)
target = Path(__file__).with_name("openfisca-disposable.json")
target.write_text(json.dumps(head, ensure_ascii=False)[:-1] + ',"cases":[\n' + lines + "\n]}\n")
print(len(cases), "households", target.stat().st_size // 1024, "kB")
