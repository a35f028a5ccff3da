import { numberColumn, SECRET } from "../../codes/table.ts";
import { attack } from "../attacker.ts";
import type { GateFinding } from "../gate-finding.ts";
import type { Cell, Relation } from "../relations.ts";
import { at, type CrossedCounts, crossedCounts, dimensionsOf, keyOf, linesAlong } from "./crossed-counts.ts";
import type { DrawingContext } from "./drawing-context.ts";
import { drawingFinding } from "./drawing-finding.ts";
import { measuredData } from "./drawn-rows.ts";
import type { SpecParts } from "./read-spec.ts";

/**
 * Counts that a reader finds by subtraction, from all the views at once: a total less its parts, or two margins less a crossing. The rows of all the
 * datasets are put in one crossed table, where a row without a class counts all its classes; what no view shows, and what is hidden, is attacked.
 */
export function judgeCrossings(parts: SpecParts, context: DrawingContext): readonly GateFinding[] {
  if (context.released || context.rows === "units") return [];
  const data = measuredData(parts, context);
  return context.counts.flatMap((count) => {
    const table = crossedCounts(
      data.map(({ rows }) => rows),
      count,
      dimensionsOf(
        data.flatMap(({ rows }) => rows),
        context,
      ),
    );
    if (table === null) return [];
    const found = foundCells(table, context.minUnits);
    if (found === "contradiction") return [drawingFinding("totaux-contraires", `champ ${count}`, context)];
    if (!found) return [];
    const code = table.dimensions > 1 || table.datasets > 1 ? "vues-recoupees" : "total-et-parties";
    return [drawingFinding(code, `champ ${count}`, context)];
  });
}

/** Whether a cell that is hidden or not shown is found, and is under the threshold. */
function foundCells(table: CrossedCounts, minUnits: number): boolean | "contradiction" {
  const index = new Map<string, number>();
  const cellAt = (labels: readonly string[]): Cell => {
    const key = keyOf(labels);
    if (!index.has(key)) index.set(key, index.size);
    return { column: "n", row: index.get(key) ?? 0 };
  };
  const relations = table.classes.flatMap((labels, along) =>
    linesAlong(table, along).flatMap((line): readonly Relation[] => {
      const cells = [line, ...labels.map((label) => at(line, along, label))];
      if (!cells.some((cell) => typeof table.cells.get(keyOf(cell)) === "number")) return [];
      return [{ total: cellAt(line), parts: labels.map((label) => cellAt(at(line, along, label))) }];
    }),
  );
  const values = [...index.keys()].map((key) => table.cells.get(key));
  const run = (more: readonly Relation[], given: readonly (number | null | undefined)[]): ReturnType<typeof attack> =>
    attack({ n: countColumn(given) }, [...relations, ...more], () => ({
      kind: "inherited",
      least: 0,
      reach: minUnits,
    }));
  const found = run([], values);
  if (found === null) return "contradiction";
  return found.some(({ cell, verdict }) => {
    if (verdict === "safe" || verdict === "not proven") return false;
    if (values[cell.row] === null) return true;
    if (verdict === "known small") return true;
    // One value only: it is above zero and under the threshold when 0 contradicts the rest, and a room of t - 1 does not.
    const zero = values.map((value, row) => (row === cell.row ? 0 : value));
    const room = { total: { column: "n", row: values.length }, parts: [cell, { column: "n", row: values.length + 1 }] };
    return run([], zero) === null && run([room], [...values, minUnits - 1, undefined]) !== null;
  });
}

function countColumn(values: readonly (number | null | undefined)[]): ReturnType<typeof numberColumn> {
  return numberColumn(
    values.map((value) => value ?? Number.NaN),
    {
      label: "effectif",
      unit: "unités",
      missing: Uint8Array.from(values, (value) => (typeof value === "number" ? 0 : SECRET)),
    },
  );
}
