import { numbers, type Table, texts } from "../../codes/table.ts";

/** Communes that the file also gives by arrondissement (Paris, Lyon, Marseille): to sum both would count them twice. */
export const isMunicipalArrondissement = (code: string): boolean =>
  /^(751\d\d|6938[1-9]|132(0[1-9]|1[0-6]))$/.test(code);

/** What a commune shows of its living standards (EUR a year and consumption unit), or what is supposed of it. */
export interface CommuneSpread {
  readonly code: string;
  readonly departement: string;
  readonly persons: number;
  readonly meanSize: number;
  readonly median: number;
  readonly d1: number;
  readonly d9: number;
  /** "shown": its own deciles. "imputed": the spread of communes of its département with the nearest medians. */
  readonly spread: "shown" | "imputed";
}

export interface CommuneSpreads {
  readonly communes: readonly CommuneSpread[];
  /** Communes without any published value. */
  readonly hidden: number;
}

/** Communes whose spread is lent to a commune that hides its own. */
const NEIGHBOURS = 5;

/**
 * The incomes of all communes, each once. A commune that hides its deciles (under 1 000 tax households) but shows its median is lent the mean ratios D1 / median and D9 / median
 * of the five communes of its département whose medians are nearest (of all communes where the département shows fewer): larger, hence more mixed, which widens it.
 * O(communes x communes of a département that show deciles).
 */
export function communeSpreads(rows: Table): CommuneSpreads {
  const column = (name: string): Float64Array => numbers(rows, name).values;
  const [persons, households, medians, d1, d9] = [
    column("NBPERSMENFISC"),
    column("NBMENFISC"),
    column("MED"),
    column("D1"),
    column("D9"),
  ];
  const codes = texts(rows, "code_commune").values;
  const kept = [...codes.keys()].filter((row) => !isMunicipalArrondissement(codes[row] ?? ""));
  const usable = kept.filter((row) => persons[row] > 0 && households[row] > 0 && medians[row] > 0);
  const shown = usable.filter((row) => d1[row] > 0 && d9[row] > 0);
  const departementOf = (row: number): string => {
    const code = codes[row] ?? "";
    return code.slice(0, code.startsWith("97") ? 3 : 2);
  };
  const byDepartement = new Map<string, number[]>();
  for (const row of shown)
    byDepartement.set(departementOf(row), [...(byDepartement.get(departementOf(row)) ?? []), row]);
  const isShown = new Set(shown);
  const ratios = (row: number): { readonly d1: number; readonly d9: number } => {
    const around = byDepartement.get(departementOf(row)) ?? [];
    const pool = around.length >= NEIGHBOURS ? around : shown;
    const nearest = pool
      .map((other) => ({ other, gap: Math.abs(medians[other] - medians[row]) }))
      .sort((a, b) => a.gap - b.gap || a.other - b.other)
      .slice(0, NEIGHBOURS);
    const mean = (column: Float64Array): number =>
      nearest.reduce((sum, { other }) => sum + column[other] / medians[other], 0) / nearest.length;
    return { d1: mean(d1), d9: mean(d9) };
  };
  const communes = usable.map((row): CommuneSpread => {
    const own = isShown.has(row);
    const lent = own ? { d1: d1[row] / medians[row], d9: d9[row] / medians[row] } : ratios(row);
    return {
      code: codes[row] ?? "",
      departement: departementOf(row),
      persons: persons[row],
      meanSize: persons[row] / households[row],
      median: medians[row],
      d1: lent.d1 * medians[row],
      d9: lent.d9 * medians[row],
      spread: own ? "shown" : "imputed",
    };
  });
  return { communes, hidden: kept.length - usable.length };
}
