# Checks, with the Python package of Frictionless, that the sample territory described by our contracts is a valid Data Package:
# the descriptor, then every row of every table against its fields, keys and signs of absence.
# Run from the project folder, with Node 24 as `node`:
#   pip install "frictionless[json,excel,parquet]" && python test/reference/datapackage.py && biome check --write test/reference
import json
import shutil
import subprocess
import tempfile
from importlib import metadata
from pathlib import Path

from frictionless import system, validate

EXPORT = """
import { readFileSync } from "node:fs";
import { sources } from "./src/sources/catalogue.ts";
import { sha256 } from "./src/engine/hash.ts";
import { datapackage } from "./src/sources/contracts/datapackage.ts";
import { locateSource } from "./src/sources/locate.ts";
import { openTerritory } from "./src/sources/territory.ts";
const sample = openTerritory();
const found = sources().flatMap((source) => {
  const located = locateSource(sample, source);
  if (!located || located.contract.member !== undefined) return [];
  const bytes = readFileSync(located.path);
  return [{ contract: located.contract, file: { id: source.id, path: located.file, bytes: bytes.length, sha256: sha256(bytes) } }];
});
process.stdout.write(JSON.stringify(datapackage(found.map(({ contract }) => contract), found.map(({ file }) => file))));
"""

descriptor = json.loads(subprocess.run(["node", "--input-type=module", "-e", EXPORT], check=True, capture_output=True).stdout)
for resource in descriptor["resources"]:
    if resource["format"] == "json":  # this version does not count the bytes of a JSON table, then calls them wrong
        del resource["bytes"], resource["hash"]
with tempfile.TemporaryDirectory() as folder:
    data = Path(folder) / "data"
    shutil.copytree("data-samples", data)
    (data / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    with system.use_context(trusted=True):
        report = validate(str(data / "datapackage.json"))

for error in report.errors:
    print(error.type, error.note)
for task in report.tasks:
    for error in task.errors[:3]:
        print(task.name, error.type, error.note)
result = {
    "package": "frictionless",
    "version": metadata.version("frictionless"),
    "resources": len(descriptor["resources"]),
    "tables": sum(1 for resource in descriptor["resources"] if resource.get("type") == "table"),
    "rows": sum(task.stats.get("rows") or 0 for task in report.tasks),
    "valid": report.valid,
}
with open("test/reference/datapackage.json", "w", encoding="utf-8") as file:
    json.dump(result, file, indent=2)
    file.write("\n")
print(result)
