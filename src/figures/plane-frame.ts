import { frenchNumber } from "../codes/french.ts";
import { linearDomain, roundStep, tidy } from "./value-axis.ts";

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

/** Two ends on round numbers, counted in steps. */
type Ends = readonly [low: number, high: number];

/** Steps between two round ends: fine beside the plane, so that little room is lost. */
const stepsAcross = 40;

/**
 * The frame of some points and of the origin: as wide as told, as tall as the points ask between two bounds; where the height binds, the plane is seen wider. The ends of
 * both axes are round numbers, so that they do not give the extremes away.
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
  const range = (k: 0 | 1): Ends => {
    const own = [0, ...finite.map((point) => point[k])];
    return [Math.min(...own), Math.max(...own)];
  };
  const [across, up] = [range(0), range(1)];
  const rough = Math.min(
    (width - 2 * margin) / (across[1] - across[0] || 1),
    (tallest - 2 * margin) / (up[1] - up[0] || 1),
    // A lone point does not fill the page.
    (width - 2 * margin) / 1e-9,
  );
  const step = roundStep(width / rough / stepsAcross);
  const outward = ([low, high]: Ends): Ends => [
    Math.floor((low - margin / rough) / step + 1e-9),
    Math.ceil((high + margin / rough) / step - 1e-9),
  ];
  const upSteps = outward(up);
  const acrossSteps = atLeast(outward(across), ((upSteps[1] - upSteps[0]) * width) / tallest);
  const pixelsPerStep = width / (acrossSteps[1] - acrossSteps[0]);
  const tallSteps = atLeast(upSteps, shortest / pixelsPerStep);
  const height = tidy((tallSteps[1] - tallSteps[0]) * pixelsPerStep);
  const inUnits = ([low, high]: Ends): Ends => [tidy(low * step), tidy(high * step)];
  const [acrossEnds, upEnds] = [inUnits(acrossSteps), inUnits(tallSteps)];
  const pixelsPerUnit = width / (acrossEnds[1] - acrossEnds[0]);
  const [first, second] = linearDomain(acrossEnds, { count: 6 }).ticks;
  const tickStep = (second ?? 1) - (first ?? 0);
  const decimals = Math.max(0, Math.min(6, Math.ceil(-Math.log10(tickStep) - 1e-9)));
  const ticks = ([low, high]: Ends): readonly number[] => {
    const from = Math.ceil(low / tickStep - 1e-9);
    const count = Math.max(0, Math.floor(high / tickStep + 1e-9) - from + 1);
    return Array.from({ length: count }, (_, i) => tidy((from + i) * tickStep));
  };
  const axis = (domain: Ends): PlaneFrame["axes"]["x"] => ({
    scale: { type: "linear", domain: [...domain], nice: false, zero: false },
    values: ticks(domain),
  });
  return {
    width,
    height,
    pixelsPerUnit,
    toPage: (x, y) => [(x - acrossEnds[0]) * pixelsPerUnit, (upEnds[1] - y) * pixelsPerUnit],
    axes: { x: axis(acrossEnds), y: axis(upEnds) },
    decimals,
  };
}

/** Ends moved apart by whole steps, the upper one first, until they are so many steps apart. */
function atLeast([low, high]: Ends, steps: number): Ends {
  const more = Math.max(0, Math.ceil(steps - (high - low) - 1e-9));
  return [low - Math.floor(more / 2), high + Math.ceil(more / 2)];
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
