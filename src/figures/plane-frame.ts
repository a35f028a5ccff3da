import { frenchNumber } from "../codes/french.ts";
import { linearDomain } from "./value-axis.ts";

/** A plane drawn at one scale in both directions, so that distances on the page are distances on the plane. */
export interface PlaneFrame {
  readonly width: number;
  readonly height: number;
  readonly pixelsPerUnit: number;
  /** Plane to page, y downwards. */
  readonly toPage: (x: number, y: number) => readonly [x: number, y: number];
  /** Scale and round ticks of each axis, for Vega-Lite. */
  readonly axes: Readonly<
    Record<"x" | "y", { readonly scale: Readonly<Record<string, unknown>>; readonly values: readonly number[] }>
  >;
  /** Decimals of the ticks. */
  readonly decimals: number;
}

export interface PlaneFrameOptions {
  readonly width?: number;
  readonly tallest?: number;
  readonly shortest?: number;
  /** Room for labels around the points, pixels. */
  readonly margin?: number;
}

/**
 * The frame of some points and of the origin: as wide as told, as tall as the points ask between two bounds; where the height binds, the plane is seen wider.
 * @example
 * ```ts
 * planeFrame([[-1, 0], [1, 0.5]], { width: 240, margin: 20 }).pixelsPerUnit // 100
 * ```
 */
export function planeFrame(
  points: readonly (readonly [x: number, y: number])[],
  { width = 600, tallest = 600, shortest = 380, margin = 46 }: PlaneFrameOptions = {},
): PlaneFrame {
  const finite = points.filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y));
  const range = (k: 0 | 1): readonly [number, number] => {
    const own = [0, ...finite.map((point) => point[k])];
    return [Math.min(...own), Math.max(...own)];
  };
  const [[west, east], [south, north]] = [range(0), range(1)];
  const pixelsPerUnit = Math.min(
    (width - 2 * margin) / (east - west || 1),
    (tallest - 2 * margin) / (north - south || 1),
    // A lone point does not fill the page.
    (width - 2 * margin) / 1e-9,
  );
  const height = Math.round(Math.min(tallest, Math.max(shortest, (north - south) * pixelsPerUnit + 2 * margin)));
  const [middleX, middleY] = [(west + east) / 2, (south + north) / 2];
  const ends = (middle: number, pixels: number): readonly [number, number] => [
    middle - pixels / 2 / pixelsPerUnit,
    middle + pixels / 2 / pixelsPerUnit,
  ];
  const [acrossEnds, upEnds] = [ends(middleX, width), ends(middleY, height)];
  const [first, second] = linearDomain(acrossEnds, { count: 6 }).ticks;
  const step = (second ?? 1) - (first ?? 0);
  const decimals = Math.max(0, Math.min(6, Math.ceil(-Math.log10(step) - 1e-9)));
  const ticks = ([low, high]: readonly [number, number]): readonly number[] => {
    const from = Math.ceil(low / step - 1e-9);
    const count = Math.max(0, Math.floor(high / step + 1e-9) - from + 1);
    return Array.from({ length: count }, (_, i) => Number(((from + i) * step).toPrecision(12)));
  };
  const axis = (domain: readonly [number, number]): PlaneFrame["axes"]["x"] => ({
    scale: { type: "linear", domain: [...domain], nice: false, zero: false },
    values: ticks(domain),
  });
  return {
    width,
    height,
    pixelsPerUnit,
    toPage: (x, y) => [width / 2 + (x - middleX) * pixelsPerUnit, height / 2 - (y - middleY) * pixelsPerUnit],
    axes: { x: axis(acrossEnds), y: axis(upEnds) },
    decimals,
  };
}

/** An axis of a factor plane: its number, the share of inertia it holds (0 to 1) and by which rate. */
export interface FactorAxis {
  readonly number: number;
  readonly share: number;
  /** "Benzécri", "Greenacre", "brut": they are different numbers, so that one is always named. */
  readonly rate: string;
}

/**
 * The title of an axis: which one, and how much it holds by which rate.
 * @example
 * ```ts
 * factorAxisTitle({ number: 1, share: 0.8213, rate: "Benzécri" }) // "Axe 1 : 82,1 % de l’inertie (taux de Benzécri)"
 * ```
 */
export function factorAxisTitle({ number, share, rate }: FactorAxis): string {
  const named = rate === "brut" ? "taux brut" : `taux de ${rate}`;
  return `Axe ${number}\u00a0: ${frenchNumber(share * 100, { decimals: 1, unit: "%" })} de l’inertie (${named})`;
}
