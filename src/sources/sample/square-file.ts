import { normal, type Random } from "../../codes/random.ts";
import { type SampleSquare, SIDE, squareId } from "./squares.ts";
import { stream } from "./stream.ts";
import { csv, rounded } from "./writing.ts";
import { zip } from "./zip.ts";

/** A square of fewer households has its values imputed from the square of 1 km around it. */
export const IMPUTED_UNDER = 11;

const header = (
  "idcar_200m idcar_1km idcar_nat i_est_200 i_est_1km lcog_geo ind men men_pauv men_1ind men_5ind men_prop men_fmp ind_snv men_surf men_coll men_mais " +
  "log_av45 log_45_70 log_70_90 log_ap90 log_inc log_soc ind_0_3 ind_4_5 ind_6_10 ind_11_17 ind_18_24 ind_25_39 ind_40_54 ind_55_64 ind_65_79 ind_80p ind_inc"
).split(" ");
/** Columns that imputation shares out: all but the inhabitants and the households. */
const imputedColumns = header.slice(8);

/** A whole count near a share of a total. */
const near = (total: number, share: number, random: Random): number =>
  Math.max(0, Math.min(total, Math.round(total * share * Math.exp(0.2 * normal(random)))));

/** Splits a total by shares: whole counts that add up to it. */
function split(total: number, shares: readonly number[], random: Random): number[] {
  let left = total;
  let weight = shares.reduce((a, b) => a + b, 0);
  return shares.map((share, i) => {
    const part = i === shares.length - 1 ? left : Math.min(left, near(left, Math.min(1, share / weight), random));
    left -= part;
    weight -= share;
    return part;
  });
}

/** The values of one square, before imputation. */
function valuesOf(
  { persons, households, poorHouseholds, inside }: SampleSquare,
  random: Random,
): Record<string, number> {
  const priority = inside.reduce((sum, part) => sum + part.persons, 0) / persons;
  const [coll, mais] = split(households, [0.35 + 0.6 * priority, 0.65 - 0.6 * priority], random);
  const periods = split(households, [0.2, 0.4, 0.22, 0.17, 0.01], random);
  const ages = split(persons, [0.05, 0.026, 0.066, 0.09, 0.085, 0.185, 0.19, 0.115, 0.135, 0.05, 0.008], random);
  const living = 22_500 - 9_800 * priority;
  return {
    men_pauv: poorHouseholds,
    men_1ind: near(households, 0.38, random),
    men_5ind: near(households, 0.05 + 0.05 * priority, random),
    men_prop: near(households, 0.58 - 0.45 * priority, random),
    men_fmp: near(households, 0.09 + 0.09 * priority, random),
    ind_snv: rounded(persons * living * Math.exp(0.12 * normal(random)), 1),
    men_surf: near(households * 80, 1, random),
    men_coll: coll,
    men_mais: mais,
    ...Object.fromEntries(
      ["log_av45", "log_45_70", "log_70_90", "log_ap90", "log_inc"].map((name, i) => [name, periods[i]]),
    ),
    log_soc: near(households, 0.08 + 0.7 * priority, random),
    ...Object.fromEntries(header.slice(header.indexOf("ind_0_3")).map((name, i) => [name, ages[i]])),
  };
}

/** `carreaux_200m_met.csv` in its archive: Filosofi 2019, `,`. Imputed squares share the total of the imputed squares of their kilometre, by inhabitants. */
export function writeSquares(squares: readonly SampleSquare[], seed: number): Uint8Array {
  const random = stream(seed, "valeurs des carreaux");
  const rows = squares.map((square) => ({
    square,
    values: valuesOf(square, random),
    imputed: square.households < IMPUTED_UNDER,
  }));
  const byKilometre = new Map<string, typeof rows>();
  for (const row of rows) {
    const id = squareId(1000, row.square);
    byKilometre.set(id, [...(byKilometre.get(id) ?? []), row]);
  }
  const smallKilometres = new Set<string>();
  for (const [id, group] of byKilometre) {
    if (group.reduce((sum, { square }) => sum + square.households, 0) < IMPUTED_UNDER) smallKilometres.add(id);
    const imputed = group.filter((row) => row.imputed);
    const persons = imputed.reduce((sum, { square }) => sum + square.persons, 0);
    for (const name of imputedColumns) {
      const total = imputed.reduce((sum, { values }) => sum + values[name], 0);
      for (const { square, values } of imputed) values[name] = rounded((total * square.persons) / persons, 4);
    }
  }
  const lines = rows.map(({ square, values, imputed }) => {
    const small = squareId(SIDE, square);
    const large = squareId(1000, square);
    return [
      small,
      large,
      imputed ? large : small,
      Number(imputed),
      Number(smallKilometres.has(large)),
      square.communes.join(""),
      square.persons,
      square.households,
      ...imputedColumns.map((name) => values[name]),
    ];
  });
  return zip([["carreaux_200m_met.csv", csv(header, lines, { separator: "," })]]);
}

/** How many inhabitants of each neighbourhood each square holds: what an apportionment must come near to. */
export function squareTruths(squares: readonly SampleSquare[]): string {
  const parts: Record<string, Record<string, number>> = {};
  for (const square of squares) {
    for (const { qpv, persons } of square.inside) {
      const own = parts[qpv.code] ?? {};
      own[squareId(SIDE, square)] = persons;
      parts[qpv.code] = own;
    }
  }
  const truth = {
    synthetique: true,
    definition: {
      quartiers:
        "habitants de chaque quartier dans chaque carreau de 200 m : partagés selon la surface du quartier dans le carreau",
      imputes: `i_est_200 = 1 : moins de ${IMPUTED_UNDER} ménages ; ind et men sont observés, le reste vient du kilomètre`,
    },
    quartiers: parts,
  };
  return `${JSON.stringify(truth)}\n`;
}
