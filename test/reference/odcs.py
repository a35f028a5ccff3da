# Checks that every contract of the catalogue, exported, is a valid document of the Open Data Contract Standard 3.1.0:
# by the JSON schema and by the model of the official Python package, which is not part of the project.
# Run from the project folder, with Node 24 as `node`:
#   pip install open-data-contract-standard==3.1.2 jsonschema && python test/reference/odcs.py && biome check --write test/reference
import json
import subprocess
from importlib import metadata, resources

import jsonschema
import yaml
from open_data_contract_standard.model import OpenDataContractStandard

EXPORT = """
import { sources } from "./src/sources/catalogue.ts";
import { odcsYaml, toOdcs } from "./src/sources/contracts/odcs.ts";
import { fullContract } from "./test/sources/contracts/examples.ts";
const contracts = [...sources(), fullContract];
process.stdout.write(JSON.stringify(contracts.map((c) => ({ id: c.id, yaml: odcsYaml(c), document: toOdcs(c) }))));
"""

exported = json.loads(subprocess.run(["node", "--input-type=module", "-e", EXPORT], check=True, capture_output=True).stdout)
schema = json.loads(resources.files("open_data_contract_standard").joinpath("schema.json").read_text("utf-8"))
validator = jsonschema.Draft201909Validator(schema, format_checker=jsonschema.FormatChecker())

faults = []
for one in exported:
    document = yaml.safe_load(one["yaml"])  # a YAML 1.1 reader, which takes unquoted days and "no" for something else
    if document != one["document"]:
        faults.append(f"{one['id']}: YAML 1.1 reads another document")
    faults += [f"{one['id']}: {error.json_path}: {error.message}" for error in validator.iter_errors(document)]
    OpenDataContractStandard.from_string(one["yaml"])

for fault in faults:
    print(fault)
result = {
    "package": "open-data-contract-standard",
    "version": metadata.version("open-data-contract-standard"),
    "jsonschema": metadata.version("jsonschema"),
    "apiVersion": "v3.1.0",
    "documents": len(exported),
    "errors": len(faults),
}
with open("test/reference/odcs.json", "w", encoding="utf-8") as file:
    json.dump(result, file, indent=2)
    file.write("\n")
print(result)
