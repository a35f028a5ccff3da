"""Expected values of accessibility measures, by PySAL access.
  python test/reference/access.py [OUT.json [FOLDER]]
The same data as access.R, which must run first on the same OUT.json: the key "pysal" is added to it. Infinite values, where PySAL divides by no demand, are null."""
import json, math, os, sys
sys.path.pop(0)  # this file has the name of the package
from importlib.metadata import version
from pathlib import Path
import numpy as np, pandas as pd
from access import Access, fca, weights
from access.raam import iterate_raam

out = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("access.json")
if len(sys.argv) > 2:
    tm = pd.read_csv(os.path.join(sys.argv[2], "travel_matrix.csv.gz"))
    lu = pd.read_csv(os.path.join(sys.argv[2], "land_use_data.csv"))
else:
    n = 40
    tm = pd.DataFrame([(f"p{i:02d}", f"p{j:02d}", ((i * 37 + j * 101 + i * j * 7) % 121) / 2) for i in range(n) for j in range(n)
        if not (i == 39 or (i != j and (i + 2 * j) % 9 == 0))], columns=["from_id", "to_id", "travel_time"])
    lu = pd.DataFrame([(f"p{k:02d}", 0 if k % 11 == 0 else (k * 53) % 211 + 1, 0 if k % 7 == 0 else (k * 29) % 97, (k % 5 == 0) * (k % 3 + 1)) for k in range(n)],
        columns=["id", "population", "jobs", "schools"])

def model():
    return Access(demand_df=lu, demand_index="id", demand_value="population", supply_df=lu, supply_index="id", supply_value=["jobs", "schools"],
        cost_df=tm, cost_origin="from_id", cost_dest="to_id", cost_name="travel_time")

def column(values, fill=0.0):
    return [None if math.isinf(v) else float(v) for v in values.reindex(lu["id"]).fillna(fill)]

a = model()
measures = {
    "catchment 30": column(a.weighted_catchment(name="c", max_cost=30)["c_jobs"]),
    "gravity": column(a.weighted_catchment(name="g", weight_fn=weights.gravity(scale=60, alpha=-1, min_dist=1))["g_jobs"]),
    "gaussian": column(a.weighted_catchment(name="n", weight_fn=weights.gaussian(20))["n_jobs"]),
    "step": column(a.weighted_catchment(name="s", weight_fn=weights.step_fn({10: 1, 20: 0.68, 30: 0.22}))["s_jobs"]),
    "2sfca 45": column(a.two_stage_fca(name="t", max_cost=45)["t_jobs"]),
    "e2sfca": column(a.enhanced_two_stage_fca(name="e", weight_fn=weights.step_fn({10: 1, 20: 0.68, 60: 0.22}))["e_jobs"]),
    "3sfca": column(a.three_stage_fca(name="h", weight_fn=weights.step_fn({10: 0.962, 20: 0.704, 30: 0.377, 60: 0.042}))["h_jobs"]),
}
# The people around a place by the same table as its opportunities.
names = dict(demand_cost_origin="from_id", demand_cost_dest="to_id", demand_cost_name="travel_time", supply_cost_origin="from_id", supply_cost_dest="to_id", supply_cost_name="travel_time")
ratio = lambda supply, max_cost, weight_fn=None: column(fca.fca_ratio(lu.set_index("id"), lu.set_index("id"), tm, tm, max_cost, demand_index="id", demand_name="population",
    supply_index="id", supply_name=supply, weight_fn=weight_fn, **names))
measures["fca ratio 30"] = ratio("jobs", 30)
measures["fca ratio weighted"] = ratio("schools", 60, weights.gaussian(20))
for name in ["jobs", "schools"]:
    here, there = lu[(lu.population > 0) & lu.id.isin(tm.from_id)], lu[(lu[name] > 0) & lu.id.isin(tm.to_id)]
    # Origins that reach none of these places: PySAL would send their people to the first place of the list, and crowd it.
    here = here[here.id.isin(tm[tm.to_id.isin(there.id)].from_id)]
    travel = tm.pivot(index="from_id", columns="to_id", values="travel_time").loc[here.id, there.id].to_numpy() / 60
    rho = lu.population.sum() / lu[name].sum()
    cost = iterate_raam(here.population.to_numpy(), there[name].to_numpy() * rho, np.ma.masked_array(travel, np.isnan(travel)), max_cycles=150)
    # PySAL has no row where nobody lives or nothing is in reach.
    by_id = dict(zip(here.id, np.ma.filled(cost, np.nan)))
    measures[f"raam {name}"] = [None if math.isnan(by_id.get(i, math.nan)) else float(by_id[i]) for i in lu.id]

document = json.loads(out.read_text())
document["pysal"] = {"versions": {"access": version("access"), "pandas": version("pandas"), "numpy": version("numpy")}, "measures": measures}
draft = out.with_suffix(".tmp")
draft.write_text(json.dumps(document, separators=(",", ":")).replace('"measures"', '\n"measures"').replace("],", "],\n"))
draft.rename(out)
