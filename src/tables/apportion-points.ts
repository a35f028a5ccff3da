import { mergeLineages } from "../codes/lineage.ts";
import { type NumberColumn, numberColumn, numbers, PRESENT, type Table, table, textColumn } from "../codes/table.ts";
import { summable } from "./apportion.ts";
import type { Places } from "./area-shares.ts";
import { checkJoinRights } from "./join-rights.ts";
import { locatePoints } from "./point-in-polygon.ts";
import { pointIndex } from "./point-index.ts";
import type { CoordinateUnit } from "./shape-checks.ts";
import { dominantReason } from "./sums.ts";

export interface ApportionPointsOptions {
  /** Number columns of the coordinates, in the unit of the targets. */
  readonly x: string;
  readonly y: string;
  readonly unit: CoordinateUnit;
  /** Summable column to add up; points are counted when absent. */
  readonly column?: string;
}

/** total = located + outside + withoutPlace, in points or in the unit of the column. */
export interface PointsReport {
  readonly total: number;
  readonly located: number;
  readonly outside: number;
  /** Points without coordinates: they may be in any target. */
  readonly withoutPlace: number;
  /** Points whose value is missing. */
  readonly missingValues: number;
}

/**
 * Adds points up by target: exact, a point on a border shared by two targets counting in one of them. A point without value makes its target miss its own
 * for the same reason. The upper bound (`_max`) has all the points without coordinates in each target, the lower bound (`_min`) none. O(points).
 */
export function apportionPoints(
  t: Table,
  targets: Places,
  { x, y, unit, column }: ApportionPointsOptions,
): { readonly table: Table; readonly report: PointsReport } {
  checkJoinRights(t.lineage, targets.lineage ?? []);
  const counts: NumberColumn = column
    ? summable(t, column)
    : numberColumn(new Float64Array(t.numRows).fill(1), { label: "Nombre de points", unit: "points", summable: true });
  const name = column ?? "points";
  const [east, north] = [numbers(t, x).values, numbers(t, y).values];
  const found = locatePoints(pointIndex(targets.shapes, { unit, border: "once" }), east, north);
  const sums = new Float64Array(targets.codes.length);
  const reasons = new Uint8Array(targets.codes.length);
  let [total, outside, withoutPlace, missingValues, lostReason] = [0, 0, 0, 0, PRESENT];
  for (let i = 0; i < found.length; i++) {
    const target = found[i];
    const missing = counts.missing?.[i] ?? PRESENT;
    if (missing !== PRESENT) {
      missingValues++;
      if (Number.isNaN(east[i]) || Number.isNaN(north[i])) lostReason = dominantReason(lostReason, missing);
      if (target < 0) continue;
      reasons[target] = dominantReason(reasons[target], missing);
      continue;
    }
    const value = counts.values[i];
    total += value;
    if (Number.isNaN(east[i]) || Number.isNaN(north[i])) withoutPlace += value;
    else if (target < 0) outside += value;
    else sums[target] += value;
  }
  const options = { unit: counts.unit, missing: reasons };
  return {
    table: table(
      {
        code: textColumn(targets.codes, {
          label: "Code de la zone d'arrivée",
          ...(targets.geography ? { geography: targets.geography } : {}),
        }),
        [name]: numberColumn(sums, { ...options, label: counts.label, summable: true }),
        [`${name}_min`]: numberColumn(sums, { ...options, label: `${counts.label}, au moins` }),
        [`${name}_max`]: numberColumn(
          sums.map((sum) => sum + withoutPlace),
          {
            unit: counts.unit,
            label: `${counts.label}, au plus`,
            missing: reasons.map((reason) => dominantReason(reason, lostReason)),
          },
        ),
      },
      mergeLineages(t.lineage, targets.lineage ?? []),
    ),
    report: { total, located: total - outside - withoutPlace, outside, withoutPlace, missingValues },
  };
}
