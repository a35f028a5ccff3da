# Verdicts of ACRO (PyPI, MIT) on its own synthetic tables: crosstab of sums, one verdict a cell.
# python primary-rules.py <folder of acro_*.csv> > primary-rules.json
import json, logging, os, sys, importlib.metadata, contextlib, io
import pandas as pd
with contextlib.redirect_stdout(sys.stderr):
    from acro import ACRO
    logging.disable(logging.CRITICAL)
    folder = sys.argv[1]
    out = {"acro": importlib.metadata.version("acro"), "files": {}}
    a = ACRO(suppress=False)
    for name in ["all", "dom", "holes", "safe_1d", "safe_2d", "safe_3d", "unsafe_1d", "unsafe_2d", "unsafe_3d"]:
        data = pd.read_csv(os.path.join(folder, f"acro_{name}.csv"))
        used = ["indvar1", "indvar2", "indvar3", "indvar4"]
        index = [data[c] for c in used[:3]]
        a.crosstab(index, data[used[3]], values=data["depvar"], aggfunc="sum")
        record = a.results.get_index(-1)
        outcome = record.outcome
        found = {}
        for check, cells in record.sdc["cells"].items():
            for row, column in cells:
                key = [str(part) for part in outcome.index[row]] + [str(outcome.columns[column])]
                found.setdefault("".join(key), []).append(check)
        out["files"][name] = found
print(json.dumps(out, indent=1))
