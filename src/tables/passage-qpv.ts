import { codeQpv, qpvGeneration } from "../codes/code.ts";
import { QuartiersError } from "../codes/errors.ts";
import { frenchNumber } from "../codes/french.ts";
import { mergeLineages } from "../codes/lineage.ts";
import {
  type NumberColumn,
  numberColumn,
  numbers,
  reasonAt,
  type Table,
  table,
  textColumn,
  texts,
} from "../codes/table.ts";
import { type ApportionReport, apportion } from "./apportion.ts";
import { measuredPlaces, type Places, type Shares, wholeShare } from "./area-shares.ts";
import { overlapAreaOfAll, overlapsOf } from "./polygon-overlap.ts";
import type { CoordinateUnit } from "./shape-checks.ts";

export interface PassageOptions {
  readonly unit: CoordinateUnit;
  /** An overlap under this part of both neighbourhoods is a sliver of redrawn borders, and is left out: 0.01 is one percent. No default: it is a choice to state. */
  readonly sliver: number;
  /** Squares with their population, to know which part of the people is common, beside the part of the area. */
  readonly squares?: { readonly places: Places; readonly population: Float64Array };
}

/** What became of the neighbourhoods of 2015. */
export interface PassageReport {
  readonly pairs: number;
  readonly slivers: number;
  /** Neighbourhoods of 2015 that no neighbourhood of 2024 takes up. */
  readonly left: readonly string[];
  /** Neighbourhoods of 2024 where there was none. */
  readonly entered: readonly string[];
  readonly sentence: string;
}

/**
 * Passage table between the two generations of priority neighbourhoods, by the overlap of their perimeters: one row a pair that has a common part, with
 * `code_2015`, `code_2024`, `surface_commune` (m²), `part_2015` (of the area of the first that lies in the second) and `part_2024` (the reverse);
 * with squares, `population_commune`, `part_population_2015` and `part_population_2024` (`nd` where a neighbourhood has no population in
 * the squares). Refuses codes of another generation than their side's. O(n log n + pairs).
 */
export function passageQpv(
  qpv2015: Places,
  qpv2024: Places,
  { unit, sliver, squares }: PassageOptions,
): { readonly table: Table; readonly report: PassageReport } {
  if (!(sliver >= 0 && sliver < 1))
    throw new QuartiersError({
      what: "Seuil de recouvrement impossible",
      value: String(sliver),
      expected: "une part de 0 à 1 (exclu), comme 0,01",
    });
  refuseOtherGeneration(qpv2015.codes, 2015);
  refuseOtherGeneration(qpv2024.codes, 2024);
  const [old, recent] = [measuredPlaces(qpv2015, unit, "2015"), measuredPlaces(qpv2024, unit, "2024")];
  const overlaps = overlapsOf(old, recent);
  const rows: { from: number; to: number; area: number }[] = [];
  let slivers = 0;
  old.forEach(({ area: oldArea }, from) => {
    for (let i = overlaps.offsets[from]; i < overlaps.offsets[from + 1]; i++) {
      const [to, area] = [overlaps.target[i], overlaps.area[i]];
      if (area < sliver * oldArea && area < sliver * (recent[to]?.area ?? 0)) slivers++;
      else rows.push({ from, to, area });
    }
  });
  const part = (values: readonly number[], label: string, unitLabel = "part", summable = false): NumberColumn =>
    numberColumn(values, { label, unit: unitLabel, summable });
  const people = squares ? commonPopulation(rows, old, recent, squares, unit) : null;
  const left = qpv2015.codes.filter((_, row) => !rows.some(({ from }) => from === row));
  const entered = qpv2024.codes.filter((_, row) => !rows.some(({ to }) => to === row));
  return {
    table: table(
      {
        code_2015: textColumn(
          rows.map(({ from }) => qpv2015.codes[from] ?? ""),
          { label: "Quartier de la génération 2015", geography: { kind: "qpv", vintage: 2015 } },
        ),
        code_2024: textColumn(
          rows.map(({ to }) => qpv2024.codes[to] ?? ""),
          { label: "Quartier de la génération 2024", geography: { kind: "qpv", vintage: 2024 } },
        ),
        surface_commune: part(
          rows.map(({ area }) => area),
          "Surface commune",
          "m²",
          true,
        ),
        part_2015: part(
          rows.map(({ from, area }) => area / (old[from]?.area ?? Number.NaN)),
          "Part de la surface du quartier de 2015",
        ),
        part_2024: part(
          rows.map(({ to, area }) => area / (recent[to]?.area ?? Number.NaN)),
          "Part de la surface du quartier de 2024",
        ),
        ...(people
          ? {
              population_commune: part(people.common, "Population commune, d'après les carreaux", "personnes", true),
              part_population_2015: part(people.partOld, "Part de la population du quartier de 2015"),
              part_population_2024: part(people.partRecent, "Part de la population du quartier de 2024"),
            }
          : {}),
      },
      mergeLineages(qpv2015.lineage ?? [], qpv2024.lineage ?? [], squares?.places.lineage ?? []),
    ),
    report: {
      pairs: rows.length,
      slivers,
      left,
      entered,
      sentence: `${frenchNumber(rows.length)} recouvrements entre ${frenchNumber(old.length)} quartiers de 2015 et ${frenchNumber(recent.length)} de 2024\u00a0; ${frenchNumber(slivers)} recouvrements infimes écartés\u00a0; ${frenchNumber(left.length)} quartiers de 2015 sans suite, ${frenchNumber(entered.length)} quartiers de 2024 nouveaux.`,
    },
  };
}

/**
 * Counts of one generation carried to the other by a passage table: `apportion` with the parts of the table, so that only summable columns pass, missing
 * reasons follow, and the bounds say what the cut neighbourhoods allow. People of a new neighbourhood who were in none before are counted nowhere.
 */
export function convertQpv(
  t: Table,
  passage: Table,
  { key, column, by = "area" }: { readonly key: string; readonly column: string; readonly by?: "area" | "population" },
): { readonly table: Table; readonly report: ApportionReport } {
  const keys = texts(t, key);
  const known = keys.values.filter((_, row) => reasonAt(keys, row) === null);
  const from = known[0] === undefined ? 2015 : qpvGeneration(codeQpv(known[0]));
  const to = from === 2015 ? 2024 : 2015;
  refuseOtherGeneration(known, from);
  const codes = (year: number): readonly string[] => texts(passage, `code_${year}`).values;
  const [sources, targets] = [from, to].map((year) => [...new Set(codes(year))].sort()) as [string[], string[]];
  const place = new Map(targets.map((code, row) => [code, row]));
  const area = numbers(passage, `part_${from}`).values;
  const share = by === "area" ? area : numbers(passage, `part_population_${from}`).values;
  const covered = numbers(passage, `part_${to}`).values;
  const offsets = new Int32Array(sources.length + 1);
  const pairs = sources.flatMap((code, row) => {
    const own = codes(from).flatMap((other, pair) => (other === code ? [pair] : []));
    offsets[row + 1] = (offsets[row] ?? 0) + own.length;
    return own;
  });
  const coverage = new Float64Array(targets.length);
  codes(to).forEach((code, pair) => {
    const row = place.get(code) ?? -1;
    coverage[row] = Math.min(1, coverage[row] + covered[pair]);
  });
  const whole = (value: number): number => (value >= wholeShare ? 1 : value);
  // Without people in the squares, the area is all that is known.
  const shares = Float64Array.from(pairs, (pair) =>
    whole(Number.isNaN(share[pair]) ? (area[pair] ?? 0) : (share[pair] ?? 0)),
  );
  const passageShares: Shares = {
    sources: { codes: sources, shapes: [], geography: { kind: "qpv", vintage: from }, lineage: passage.lineage },
    targets: { codes: targets, shapes: [], geography: { kind: "qpv", vintage: to } },
    offsets,
    target: Int32Array.from(pairs, (pair) => place.get(codes(to)[pair] ?? "") ?? -1),
    share: shares,
    areaShare: Float64Array.from(pairs, (pair) => whole(area[pair] ?? 0)),
    variance: shares.map((s) => s * (1 - s)),
    imputed: new Float64Array(pairs.length),
    coverage,
    method: by === "area" ? "passage à la surface commune" : "passage à la population commune",
    assumption: "toute la population d'un quartier coupé peut se tenir en un seul lieu, n'importe où dans ce quartier",
    notes: ["les habitants d'un quartier nouveau qui n'étaient dans aucun ne sont comptés nulle part"],
  };
  return apportion(t, { key, column, shares: passageShares });
}

function refuseOtherGeneration(codes: readonly string[], generation: number): void {
  const other = codes.find((code) => qpvGeneration(codeQpv(code)) !== generation);
  if (other === undefined) return;
  throw new QuartiersError({
    what: `Quartier d'une autre génération que ${generation}`,
    value: other,
    expected: generation === 2015 ? "un code QP..." : "un code QN...",
  });
}

type Measured = ReturnType<typeof measuredPlaces>;

/** Population of the squares in both neighbourhoods of each pair, and its part of each: a square cut by a border gives in proportion to its area. */
function commonPopulation(
  rows: readonly { readonly from: number; readonly to: number }[],
  old: Measured,
  recent: Measured,
  { places, population }: NonNullable<PassageOptions["squares"]>,
  unit: CoordinateUnit,
): { readonly common: number[]; readonly partOld: number[]; readonly partRecent: number[] } {
  const squares = measuredPlaces(places, unit, "carreaux");
  const [inOld, inRecent] = [overlapsOf(old, squares), overlapsOf(recent, squares)];
  const density = squares.map(({ area }, row) => population[row] / area);
  const totals = ({ offsets, target, area }: typeof inOld): number[] =>
    Array.from({ length: offsets.length - 1 }, (_, row) => {
      let sum = 0;
      for (let i = offsets[row]; i < offsets[row + 1]; i++) sum += area[i] * (density[target[i]] ?? 0);
      return sum;
    });
  const [totalOld, totalRecent] = [totals(inOld), totals(inRecent)];
  const common = rows.map(({ from, to }) => {
    const others = new Set(inRecent.target.subarray(inRecent.offsets[to], inRecent.offsets[to + 1]));
    let sum = 0;
    for (let i = inOld.offsets[from]; i < inOld.offsets[from + 1]; i++) {
      const square = inOld.target[i];
      const three = [squares[square], old[from], recent[to]] as Measured;
      if (others.has(square)) sum += overlapAreaOfAll(three) * (density[square] ?? 0);
    }
    return sum;
  });
  const part = (row: number, total: number | undefined): number =>
    total ? Math.min(1, (common[row] ?? 0) / total) : Number.NaN;
  return {
    common,
    partOld: rows.map(({ from }, row) => part(row, totalOld[from])),
    partRecent: rows.map(({ to }, row) => part(row, totalRecent[to])),
  };
}
