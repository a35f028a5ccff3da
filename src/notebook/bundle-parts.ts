import type { SourceRef } from "../codes/lineage.ts";
import { reasonAt } from "../codes/table.ts";
import type { Released } from "../protection/released.ts";
import type { BundledColumn, BundledSource } from "./bundle.ts";

/** The gate's record as it is printed. How many cells were hidden as too small and how many to protect them is not said apart: it would help an attacker. */
export function recordOf({
  release: { primary, complementary, ...record },
}: Released): Readonly<Record<string, unknown>> {
  return { ...record, hidden: primary + complementary };
}

/** A column as it is written: values, or the reason of their absence. */
export function bundleColumn(data: Released, name: string): BundledColumn {
  const column = data.columns[name];
  if (!column) throw new Error(`Colonne ${name} absente.`);
  const values = Array.from({ length: data.numRows }, (_, row) => {
    const value = column.values[row] ?? "";
    return reasonAt(column, row) ?? (value === Number.POSITIVE_INFINITY ? "Infinity" : value);
  });
  return { type: column.type, label: column.label, unit: column.type === "number" ? column.unit : "", values };
}

/** The files behind a table, as they are printed. */
export const sourcesOf = (lineage: readonly SourceRef[]): readonly BundledSource[] =>
  lineage.map(({ id, title, publisher, licence, vintage, url, file, sha256, synthetic, secrecy }) => ({
    id,
    title,
    publisher,
    licence,
    vintage,
    url,
    file,
    sha256,
    synthetic,
    secrecy: { ...secrecy },
  }));
