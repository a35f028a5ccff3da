import { frenchNumber } from "../codes/french.ts";
import { numbers } from "../codes/table.ts";
import type { Released } from "../protection/released.ts";
import { type AxisDomain, linearDomain } from "./value-axis.ts";

/** A column of gaps between shares, written in points of percentage whatever it holds: 0.05 in "part", or 5 in "points". */
export interface PointsWriter {
  /** What a value is multiplied by to be in points: 100 for a column in "part", 1 otherwise. */
  readonly scale: number;
  /** "+1,2 point", "−3,4 points". */
  readonly write: (value: number) => string;
  /** "+1,2": for the bounds of an interval. */
  readonly bare: (value: number) => string;
}

/** Writes the gaps of a column in points, with one decimal unless told. */
export function pointsWriter(data: Released, name: string, decimals = 1): PointsWriter {
  const scale = numbers(data, name).unit === "part" ? 100 : 1;
  const bare = (value: number): string => frenchNumber(value * scale, { decimals, signed: true });
  return {
    scale,
    bare,
    write: (value) =>
      frenchNumber(value * scale, {
        decimals,
        signed: true,
        unit: Math.abs(value * scale) < 2 ? "point" : "points",
      }),
  };
}

/** An axis of gaps that holds zero, with its signs written: its domain is in the unit of the column, its labels in points. */
export function pointsAxis(
  values: readonly number[],
  { scale }: PointsWriter,
  title: string | readonly string[],
): { readonly domain: AxisDomain; readonly axis: Readonly<Record<string, unknown>> } {
  const domain = linearDomain(values, { zero: true, count: 6 });
  return {
    domain,
    axis: {
      title,
      values: domain.ticks,
      labels: domain.measured,
      labelExpr: `datum.value === 0 ? '0' : format(datum.value * ${scale}, '+,.6~f')`,
    },
  };
}
