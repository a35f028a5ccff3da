import { describe, expect, test } from "vitest";
import { sources } from "../../../src/sources/catalogue.ts";
import { communesContract } from "../../../src/sources/communes.ts";
import type { Contract } from "../../../src/sources/contract.ts";
import { datapackage } from "../../../src/sources/contracts/datapackage.ts";
import { reference } from "../../reference/reference.ts";
import { fullContract } from "./examples.ts";

interface Field {
  readonly name: string;
  readonly type: string;
  readonly missingValues?: readonly { readonly value: string; readonly label: string }[];
  readonly [property: string]: unknown;
}

interface Resource {
  readonly name: string;
  readonly path: string;
  readonly schema?: {
    readonly fields: readonly Field[];
    readonly fieldsMatch: string;
    readonly primaryKey?: readonly string[];
    readonly foreignKeys?: readonly { readonly fields: readonly string[] }[];
  };
  readonly [property: string]: unknown;
}

const resourcesOf = (
  contracts: readonly Contract[],
  files: Parameters<typeof datapackage>[1] = [],
): readonly Resource[] => (datapackage(contracts, files) as { resources: readonly Resource[] }).resources;

const [full] = resourcesOf([fullContract]);

describe("contracts as a data package", () => {
  test("the package of Frictionless accepts the sample, descriptor and rows (test/reference/datapackage.py)", () => {
    const { valid, tables, rows } = reference<{ valid: boolean; tables: number; rows: number }>("datapackage");
    expect(valid).toBe(true);
    expect(tables).toBeGreaterThan(10);
    expect(rows).toBeGreaterThan(20_000);
  });

  test("every source: names, paths and titles that the profile asks for", () => {
    const resources = resourcesOf(sources());
    expect(resources).toHaveLength(sources().length);
    expect(new Set(resources.map(({ name }) => name)).size).toBe(resources.length);
    for (const { name, path, schema } of resources) {
      expect(name).toMatch(/^[a-z0-9._-]+$/);
      expect(path).toMatch(/^[^/.][^\\]*$/);
      const names = schema?.fields.map((field) => field.name) ?? [];
      expect(new Set(names).size, name).toBe(names.length);
      for (const key of [...(schema?.primaryKey ?? []), ...(schema?.foreignKeys ?? []).flatMap(({ fields }) => fields)])
        expect(names, name).toContain(key);
      for (const { missingValues = [] } of schema?.fields ?? []) {
        expect(new Set(missingValues.map(({ value }) => value)).size).toBe(missingValues.length);
        expect(new Set(missingValues.map(({ label }) => label)).size).toBe(missingValues.length);
      }
    }
  });

  test("names are those of the file, signs keep their reasons, an infinite bound is none", () => {
    expect(full?.schema?.fields.map(({ name }) => name)).toEqual(["QP", "jour", "commune", "texte", "a.b", "nombre"]);
    expect(full?.schema?.primaryKey).toEqual(["jour", "QP"]);
    expect(full?.schema?.fields.at(-1)).toMatchObject({
      type: "integer",
      constraints: { minimum: 0 },
      missingValues: [
        { value: "", label: "valeur non disponible" },
        { value: "s", label: "valeur couverte par le secret statistique" },
        { value: "~", label: "valeur non significative" },
        { value: "null", label: "valeur non disponible (« null »)" },
      ],
    });
    expect(JSON.stringify(full)).not.toContain("Infinity");
    expect(full).toMatchObject({ encoding: "iso-8859-1", dialect: { delimiter: "\t" } });
  });

  test("a value that is always due has no sign of absence, one that a sign may replace is not « required »", () => {
    const columns: Contract["columns"] = [
      { name: "a", type: "integer", label: "A", required: true },
      { name: "b", type: "integer", label: "B", required: true, missing: { s: "s" } },
    ];
    const [resource] = resourcesOf([{ ...fullContract, columns, key: [] }]);
    expect(resource?.schema?.fields).toMatchObject([
      { constraints: { required: true }, missingValues: [] },
      { missingValues: [{ value: "s" }] },
    ]);
    expect(resource?.schema?.fields[1]).not.toHaveProperty("constraints");
  });

  test("a commune points at the communes when they are in the package", () => {
    const [, linked] = resourcesOf([communesContract, fullContract]);
    expect(linked?.schema?.foreignKeys).toEqual([
      { fields: ["commune"], reference: { resource: "communes", fields: ["code"] } },
    ]);
    expect(full?.schema?.foreignKeys).toBeUndefined();
  });

  test("columns that we do not read are allowed only where the contract knows them", () => {
    const strict: Contract = { ...fullContract, csv: { separator: ";", encoding: "utf-8", decimal: "," } };
    expect(resourcesOf([strict])[0]?.schema?.fieldsMatch).toBe("equal");
    expect(full?.schema?.fieldsMatch).toBe("subset");
  });

  test("size and hash are those of the file given", () => {
    const [resource] = resourcesOf([fullContract], [{ id: fullContract.id, path: "x.csv", bytes: 12, sha256: "ab" }]);
    expect(resource).toMatchObject({ path: "x.csv", bytes: 12, hash: "sha256:ab" });
    expect(full).not.toHaveProperty("bytes");
  });
});
