"""The peer of test/bench/access.mjs: reads the data once, then one measure a line of standard input; answers its milliseconds and the sum of its rows."""
import os, sys, time
sys.path.pop(0)  # this file has the name of the package
import numpy as np, pandas as pd
from access import Access, weights
from access.raam import iterate_raam

folder = sys.argv[1]
read = lambda: (pd.read_csv(os.path.join(folder, "travel_matrix.csv.gz")), pd.read_csv(os.path.join(folder, "land_use_data.csv")))
def load():
    global tm, lu, model
    tm, lu = read()
    model = Access(demand_df=lu, demand_index="id", demand_value="population", supply_df=lu, supply_index="id", supply_value=["jobs"],
        cost_df=tm, cost_origin="from_id", cost_dest="to_id", cost_name="travel_time")
    model.log.setLevel("ERROR")
load()

def raam():
    here, there = lu[(lu.population > 0) & lu.id.isin(tm.from_id)], lu[(lu.jobs > 0) & lu.id.isin(tm.to_id)]
    here = here[here.id.isin(tm[tm.to_id.isin(there.id)].from_id)]
    travel = tm.pivot(index="from_id", columns="to_id", values="travel_time").loc[here.id, there.id].to_numpy() / 60
    rho = lu.population.sum() / lu.jobs.sum()
    return iterate_raam(here.population.to_numpy(), there.jobs.to_numpy() * rho, np.ma.masked_array(travel, np.isnan(travel)), max_cycles=150)

def availability():
    """PySAL has none: its 2SFCA with the same weights, times the people, which is equal to it (Soukhov et al. 2023)."""
    ratio = model.two_stage_fca(name="v", weight_fn=lambda c: np.exp(-0.1 * c))["v_jobs"]
    return ratio * lu.set_index("id").population.reindex(ratio.index)

step = weights.step_fn({10: 0.962, 20: 0.704, 30: 0.377, 60: 0.042})
measures = {
    "read": lambda: [len(read()[0])],
    "cumulative": lambda: model.weighted_catchment(name="c", max_cost=30)["c_jobs"],
    "gravity": lambda: model.weighted_catchment(name="g", weight_fn=lambda c: np.exp(-0.1 * c))["g_jobs"],
    "availability": availability,
    "twoStep": lambda: model.two_stage_fca(name="t", max_cost=45)["t_jobs"],
    "threeStep": lambda: model.three_stage_fca(name="h", weight_fn=step)["h_jobs"],
    "raam": raam,
}
print("prêt", flush=True)
for line in sys.stdin:
    # "file gravity": the same from the csv.gz.
    name = line.strip()
    measure = measures.get(name.removeprefix("file "))
    if measure is None:
        print("absent", flush=True)
        continue
    begin = time.perf_counter()
    if name.startswith("file "): load()
    values = measure()
    print((time.perf_counter() - begin) * 1000, float(np.nansum(np.asarray(values, dtype=float))), flush=True)
