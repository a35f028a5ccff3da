import type { SourceRef } from "../../codes/lineage.ts";
import { numberColumn, numbers, reasonAt, type Table, table, textColumn, texts } from "../../codes/table.ts";
import { rankCorrelation } from "../../models/comparison/rank-correlation.ts";
import { loadTable } from "../../sources/load.ts";
import { isAvailable } from "../../sources/locate.ts";
import { minimaSociauxContract } from "../../sources/minima-sociaux.ts";
import type { Territory } from "../../sources/territory.ts";

/** Persons covered by the RSA (claimant, partner, dependants) on 31 December. */
export interface RsaCovered {
  readonly year: number;
  readonly byDepartement: ReadonlyMap<string, { readonly name: string; readonly persons: number }>;
  readonly lineage: readonly SourceRef[];
}

/** Persons covered by the RSA by département in the latest year of DREES's file, or null where it is not there. Corsica's 20A is 2A; a place on two lines is one. */
export async function rsaCovered(territory: Territory): Promise<RsaCovered | null> {
  if (!isAvailable(territory, minimaSociauxContract)) return null;
  const columns = ["code_drees", "territoire", "type_territoire", "annee", "RSAbenef"];
  const rows: Table = await loadTable(territory, minimaSociauxContract, { columns });
  const [codes, names, kinds] = columns.slice(0, 3).map((name) => texts(rows, name).values);
  const [years, persons] = [numbers(rows, "annee").values, numbers(rows, "RSAbenef")];
  const known = [...years.keys()].filter(
    (row) => kinds?.[row] === "Département" && (codes?.[row] ?? "") !== "" && reasonAt(persons, row) === null,
  );
  const year = known.reduce((latest, row) => Math.max(latest, years[row]), Number.NEGATIVE_INFINITY);
  const byDepartement = new Map<string, { readonly name: string; readonly persons: number }>();
  for (const row of known) {
    if (years[row] !== year) continue;
    const code = (codes?.[row] ?? "").replace(/^20([AB])$/, "2$1");
    const before = byDepartement.get(code);
    byDepartement.set(code, {
      name: before?.name ?? names?.[row] ?? "",
      persons: (before?.persons ?? 0) + persons.values[row],
    });
  }
  return { year, byDepartement, lineage: rows.lineage };
}

/** Département of a neighbourhood's code: QP009001 is in 09, QP971001 in 971. */
export const departementOfNeighbourhood = (code: string): string => code.slice(2, 5).replace(/^0/, "");

export interface RsaCheckInput {
  /** Of each area. */
  readonly departements: readonly string[];
  readonly simulated: Float64Array;
  /** Inhabitants of each area. */
  readonly persons?: Float64Array;
}

export interface RsaCheckRow {
  readonly departement: string;
  readonly name: string;
  /** Persons simulated as eligible to the RSA in the areas of the département. */
  readonly simulated: number;
  /** Inhabitants of these areas; NaN when not given. */
  readonly persons: number;
  /** Persons covered in the whole département; NaN when the file does not say. */
  readonly covered: number;
  readonly ratio: number;
}

export interface RsaCheck {
  readonly year: number;
  readonly rows: readonly RsaCheckRow[];
  /** Sum of the simulated over sum of the covered, where both are known. */
  readonly ratio: number;
  /** Spearman's, over the départements, of the two counts: large départements are first in both. */
  readonly rankCorrelation: number;
  /** The same of the two counts by inhabitant of the areas; NaN without `persons`, meaningful only when the areas make the whole département. */
  readonly rateCorrelation: number;
  readonly lineage: readonly SourceRef[];
}

/**
 * Simulated RSA-eligible persons against those that DREES counts, by département: a check from outside, on which nothing is fitted. Over areas that cover the whole département
 * the ratio should be near 1 / (1 - non-take-up): about 1.5 where a third does not claim (DREES, dossier 92); over neighbourhoods alone, it is their share of it.
 */
export function rsaCheck(covered: RsaCovered, { departements, simulated, persons }: RsaCheckInput): RsaCheck {
  const sums = new Map<string, { simulated: number; persons: number }>();
  departements.forEach((code, area) => {
    if (Number.isNaN(simulated[area])) return;
    const before = sums.get(code) ?? { simulated: 0, persons: 0 };
    sums.set(code, {
      simulated: before.simulated + simulated[area],
      persons: before.persons + (persons?.[area] ?? Number.NaN),
    });
  });
  const rows = [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([departement, sum]): RsaCheckRow => {
      const found = covered.byDepartement.get(departement);
      const all = found?.persons ?? Number.NaN;
      return { departement, name: found?.name ?? departement, ...sum, covered: all, ratio: sum.simulated / all };
    });
  const both = rows.filter((row) => row.covered > 0);
  const sum = (column: "simulated" | "covered"): number => both.reduce((total, row) => total + row[column], 0);
  const ranks = (ofModel: (row: RsaCheckRow) => number, ofSource: (row: RsaCheckRow) => number): number =>
    rankCorrelation(Float64Array.from(both, ofModel), Float64Array.from(both, ofSource));
  return {
    year: covered.year,
    rows,
    ratio: sum("simulated") / sum("covered"),
    rankCorrelation: ranks(
      (row) => row.simulated,
      (row) => row.covered,
    ),
    rateCorrelation: ranks(
      (row) => row.simulated / row.persons,
      (row) => row.covered / row.persons,
    ),
    lineage: covered.lineage,
  };
}

/** The check as a table for the chapter. Persons rounded to 10: finer would claim what the simulation does not know. */
export function rsaTable({ rows, year, lineage }: RsaCheck): Table {
  const tens = (value: number): number => Math.round(value / 10) * 10;
  return table(
    {
      departement: textColumn(
        rows.map(({ departement }) => departement),
        { label: "Code" },
      ),
      nom: textColumn(
        rows.map(({ name }) => name),
        { label: "Département" },
      ),
      simules: numberColumn(
        rows.map(({ simulated }) => tens(simulated)),
        { label: "Personnes éligibles au RSA, simulées", unit: "personnes", summable: true },
      ),
      couverts: numberColumn(
        rows.map(({ covered }) => tens(covered)),
        { label: `Personnes couvertes par le RSA fin ${year} (Drees)`, unit: "personnes", summable: true },
      ),
      rapport: numberColumn(
        rows.map(({ ratio }) => Math.round(100 * ratio) / 100),
        { label: "Simulées sur couvertes", unit: "" },
      ),
    },
    lineage,
  );
}

export interface CafCheck {
  /** Neighbourhoods that publish how many persons a CAF benefit covers. */
  readonly areas: number;
  /** Of these, those where more persons are simulated with the RSA than are covered by any benefit: impossible, or paid by the MSA. */
  readonly above: readonly string[];
  /** Spearman's, of the share covered and the share simulated as eligible to the C2S. */
  readonly rankCorrelation: number;
}

/** Persons covered by the CAF, published by neighbourhood, against the simulated: another check from outside. */
export function cafCheck(
  places: Table,
  { rsa, participation }: { readonly rsa: Float64Array; readonly participation: Float64Array },
): CafCheck {
  const [codes, covered, persons] = [
    texts(places, "code_qp").values,
    numbers(places, "percou").values,
    numbers(places, "pop_mun").values,
  ];
  const known = [...codes.keys()].filter((row) => covered[row] > 0 && Number.isFinite(rsa[row]));
  return {
    areas: known.length,
    above: known.flatMap((row) => (rsa[row] > covered[row] ? [codes[row] ?? ""] : [])),
    rankCorrelation: rankCorrelation(
      Float64Array.from(known, (row) => covered[row] / persons[row]),
      Float64Array.from(known, (row) => participation[row] / persons[row]),
    ),
  };
}
