import type { SourceRef } from "../../src/codes/lineage.ts";

/** The lineage of an invented file, for tests that need a table with a source. */
export function sampleLineage({
  minUnits = 11,
  unit = "ménage",
  published = false,
  synthetic = true,
  id = "essai",
}: {
  minUnits?: number;
  unit?: string;
  published?: boolean;
  synthetic?: boolean;
  id?: string;
} = {}): readonly SourceRef[] {
  return [
    {
      id,
      title: "Fichier d’essai",
      publisher: "Producteur d’essai",
      licence: "CC0",
      vintage: "2026",
      url: "",
      file: `${id}.csv`,
      sha256: "0".repeat(64),
      synthetic,
      published,
      secrecy: { unit, minUnits, statedBy: "l’essai" },
    },
  ];
}
