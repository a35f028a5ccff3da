import { numberColumn, type Table, table } from "../../../src/codes/table.ts";
import type { ReleaseOptions } from "../../../src/protection/release-options.ts";
import type { Solver } from "../../../src/protection/solver/program.ts";
import { source } from "../support.ts";
import { Outsider } from "./outsider.ts";
import { type Draw, shown } from "./random-tables.ts";

/** Rates by zone and for all zones together, the last row, beside the counts that they divide. */
export interface RandomRates {
  readonly table: Table;
  readonly options: ReleaseOptions;
  readonly minUnits: number;
  readonly bases: readonly number[];
  readonly parts: readonly number[];
  readonly decimals: number;
}

/** Rates whose numerators are not in the table. */
export function ratesTable(draw: Draw): RandomRates {
  const minUnits = [3, 5, 11][draw(3)] ?? 11;
  const zones = 2 + draw(4);
  const decimals = draw(3);
  const bases = Array.from({ length: zones }, () => 1 + draw(draw(2) === 0 ? 60 : 400));
  const parts = bases.map((base) => (draw(3) === 0 ? Math.min(base, draw(minUnits + 1)) : draw(base + 1)));
  const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
  const n = [...bases, total(bases)];
  const k = [...parts, total(parts)];
  const count = { label: "Effectif", unit: "personnes", summable: true };
  const rows = bases.map((_, row) => row);
  return {
    table: table(
      {
        n: numberColumn(n, count),
        taux: numberColumn(
          n.map((base, row) => (100 * (k[row] ?? 0)) / base),
          { label: "Part", unit: "%", summable: false },
        ),
      },
      [source(minUnits)],
    ),
    options: {
      name: "essai",
      counts: "n",
      margins: [{ column: "n", total: zones, parts: rows }],
      rates: [{ rate: "taux", base: "n", decimals }],
    },
    minUnits,
    bases: n,
    parts: k,
    decimals,
  };
}

/**
 * Numerators that a reader knows to be small without being nothing: every count is tried against the visible rates, then the zones are
 * subtracted from the whole. Rows are told by number: the tables are invented.
 */
export function knownSmall(
  { bases, parts, decimals, minUnits, table: { numRows } }: RandomRates,
  released: Table,
): readonly string[] {
  const scale = 10 ** decimals;
  const visible = bases.map((_, row) => shown(released, "n", row) !== null);
  if (visible.includes(false)) return [];
  const ends = bases.map((base, row) => {
    const rate = shown(released, "taux", row);
    if (rate === null) return { low: 0, high: base };
    const fits: number[] = [];
    for (let k = 0; k <= base; k++) {
      // An exact half may go either way.
      if (Math.abs((100 * k * scale) / base - rate * scale) <= 0.5 + 1e-9) fits.push(k);
    }
    return { low: fits[0] ?? 0, high: fits.at(-1) ?? base };
  });
  const last = numRows - 1;
  const all = ends[last] ?? { low: 0, high: 0 };
  const zones = ends.slice(0, last);
  const low = zones.reduce((sum, end) => sum + end.low, 0);
  const high = zones.reduce((sum, end) => sum + end.high, 0);
  const joint = zones.map((end) => ({
    low: Math.max(end.low, all.low - (high - end.high)),
    high: Math.min(end.high, all.high - (low - end.low)),
  }));
  return [...joint, { low: Math.max(all.low, low), high: Math.min(all.high, high) }].flatMap((end, row) => {
    const base = bases[row] ?? 0;
    const truth = parts[row] ?? 0;
    if (truth < end.low || truth > end.high) return [`ligne ${row} : l'attaquant de l'essai se trompe`];
    const small = (greatest: number): boolean => greatest > 0 && greatest < minUnits;
    return small(end.high) || small(base - end.low) ? [`ligne ${row} : effectif du taux connu sous le seuil`] : [];
  });
}

/** The same with the counts of the numerators beside their bases, which the author may have forgotten to give as counts. */
export function ratesWithParts(draw: Draw): RandomRates {
  const forgotten = draw(2) === 0;
  const { options, parts, ...rest } = ratesTable(draw);
  const [margin] = options.margins ?? [];
  return {
    ...rest,
    parts,
    table: table(
      { ...rest.table.columns, part: numberColumn(parts, { label: "Part", unit: "personnes", summable: true }) },
      rest.table.lineage,
    ),
    options: {
      ...options,
      counts: forgotten ? "n" : ["n", "part"],
      margins: margin === undefined ? [] : [margin, { ...margin, column: "part" }],
      rates: (options.rates ?? []).map((rate) => ({ ...rate, part: "part" })),
    },
  };
}

/** Numerators, and the others of their bases, that a reader knows to be small: bases, parts and others are unknowns tied row by row and by their totals. */
export function knownParts(
  { bases, parts, minUnits }: RandomRates,
  released: Table,
  solver: Solver,
): readonly string[] {
  const rows = bases.length;
  const n = bases.map((_, row) => shown(released, "n", row));
  const part = parts.map((_, row) => shown(released, "part", row));
  const others = n.map((base, row) => {
    const own = part[row];
    return base === null || own === null || own === undefined ? null : base - own;
  });
  const truth = [...bases, ...parts, ...bases.map((base, row) => base - (parts[row] ?? 0))];
  const seen = [...n, ...part, ...others];
  const zones = Array.from({ length: rows - 1 }, (_, row) => row);
  const sums = [
    ...[0, 1, 2].map((column) => [column * rows + rows - 1, ...zones.map((row) => column * rows + row)]),
    ...bases.map((_, row) => [row, rows + row, 2 * rows + row]),
  ];
  const outsider = new Outsider(seen, sums, () => 0, true, solver);
  const names = ["base", "part", "autres"];
  return seen.flatMap((value, cell): string[] => {
    const own = truth[cell] ?? 0;
    const at = `${names[Math.floor(cell / rows)]}, ligne ${cell % rows}`;
    const small = own > 0 && own < minUnits;
    if (value !== null) return small ? [`${at} : visible sous le seuil`] : [];
    if (!outsider.mayDiffer(cell, own, 1)) return [`${at} : retrouvée`];
    if (small && !outsider.mayReach(cell, "max", minUnits)) return [`${at} : connue sous le seuil`];
    return small && !outsider.mayReach(cell, "min", 0) ? [`${at} : zéro exclu`] : [];
  });
}
