"""k, distinct l and t of pyCANON on the classic files, and the exact risk of scipy's hypergeometric function.

python individual-files.py FOLDER_OF_FILES > individual-files.json
"""
import json, sys
from importlib.metadata import version
import pandas as pd
from pycanon import anonymity
from scipy.integrate import quad

folder = sys.argv[1]
files = {
    "adult_raw": (["age", "education", "occupation", "relationship", "sex", "native-country"], "salary-class"),
    "adult_k20": (["age", "education", "occupation", "relationship", "sex", "native-country"], "salary-class"),
    "drug_k5": (["Age", "Sex"], "Drug"),
    "math_k5": (["Teacher", "Gender", "Ethnic", "Freeredu"], "Score"),
}
out = {"versions": {"pycanon": version("pycanon"), "scipy": version("scipy")}, "files": {}, "risks": []}
for name, (quasi, sensitive) in files.items():
    data = pd.read_csv(f"{folder}/{name}.csv", dtype=str, keep_default_na=False)
    if sensitive == "Score":
        data["Score"] = data["Score"].astype(float)
    missing = [column for column in quasi + [sensitive] if column not in data]
    if missing:
        sys.exit(f"{name}: {missing} not in {list(data)}")
    out["files"][name] = {
        "quasi": quasi, "sensitive": sensitive,
        "k": int(anonymity.k_anonymity(data, quasi)),
        "l": int(anonymity.l_diversity(data, quasi, [sensitive])),
        "t": float(anonymity.t_closeness(data, quasi, [sensitive])),
    }
# The risk as an integral, summed by an adaptive rule: no closed form, no recurrence.
for f in (1, 2, 3, 4, 7, 20, 39, 40, 200):
    for p in (0.0005, 0.02, 0.3, 0.499, 0.501, 0.9, 0.9999):
        z = (1 - p) / p
        value, _ = quad(lambda u: u ** (f - 1) / (1 + z * u), 0, 1, epsabs=0, epsrel=1e-13, limit=500, points=[min(0.5, 1 / z), 0.9])
        out["risks"].append([f, p, value])
print(json.dumps(out, indent=1))
