"""The work of read-csv.mjs by pandas: three columns, codes and bounds checked, sums by commune and mode. Run by read-csv.mjs."""
import json, re, resource, sys, time
import pandas as pd

start = time.perf_counter()
t = pd.read_csv(
    sys.argv[1], sep=";", usecols=["COMMUNE", "TRANS", "IPONDI"],
    dtype={"COMMUNE": "category", "TRANS": "category", "IPONDI": "float64"}, engine="c",
)
pattern = re.compile(r"\d{5}|2[AB]\d{3}")
assert all(pattern.fullmatch(code) for code in t["COMMUNE"].cat.categories)
assert set(t["TRANS"].cat.categories) <= {"1", "2", "3", "4", "5", "6"}
assert t["IPONDI"].between(0, 1000).all() and not t.isna().any().any()
found = t.groupby(["COMMUNE", "TRANS"], observed=True)["IPONDI"].agg(["sum", "count"])
seconds = time.perf_counter() - start
print(json.dumps({"seconds": seconds, "total": float(found["sum"].sum()),
                  "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))
