import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { AdditiveSystem } from "../../../src/protection/suppression/additive-system.ts";
import { crossedSystem, dimensionWithTotal, withSums } from "../../../src/protection/suppression/crossed-system.ts";

/** Records of the classic "adult" file, counted by two of its columns, with totals. */
export function crossedCounts(folder: string, columns: readonly [string, string]): AdditiveSystem {
  const [head = [], ...records] = readFileSync(join(folder, "reference/disclosure/adult_raw.csv"), "utf8")
    .trim()
    .split("\n")
    .map((line) => line.split(",").map((word) => word.trim()));
  const words = columns.map((column) => records.map((record) => record[head.indexOf(column)] ?? ""));
  const dimensions = words.map((list) => dimensionWithTotal([...new Set(list)].sort()));
  const [rows, others] = dimensions;
  const width = others?.labels.length ?? 0;
  const counts = new Float64Array((rows?.labels.length ?? 0) * width);
  for (let i = 0; i < records.length; i++) {
    const row = rows?.labels.indexOf(words[0]?.[i] ?? "") ?? 0;
    counts[row * width + (others?.labels.indexOf(words[1]?.[i] ?? "") ?? 0)]++;
  }
  return crossedSystem(dimensions, withSums(dimensions, counts));
}
