import { normal, type Random } from "../../codes/random.ts";
import type { Land, SampleCommune } from "./communes.ts";
import type { SampleQpv } from "./neighbourhoods.ts";
import { poisson } from "./poisson.ts";
import { stream } from "./stream.ts";
import { csv, rounded } from "./writing.ts";

/** Municipal populations by commune code: more than its neighbourhoods hold, and in the order metropolis, coast, small town, village. */
export function communePopulations(
  { communes }: Land,
  qpvs: readonly SampleQpv[],
  seed: number,
): ReadonlyMap<string, number> {
  const random = stream(seed, "populations");
  return new Map(
    communes.map((commune) => {
      const inside = qpvs.reduce(
        (sum, { communes: hosts, population }) => (hosts.includes(commune) ? sum + population / hosts.length : sum),
        0,
      );
      return [commune.code, Math.round(populationOf(commune, inside, random))];
    }),
  );
}

function populationOf({ type, isCentre, isIsland }: SampleCommune, inside: number, random: Random): number {
  const draw = random();
  if (isCentre) return Math.max(205_000 + 20_000 * draw, 2.2 * inside);
  if (isIsland) return 3.1 * inside;
  if (type === "métropole") return Math.max(15_000 + 20_000 * draw, 2.4 * inside);
  if (type === "ville littorale") return Math.min(105_000, Math.max(9_000, (3.4 + 2.6 * draw) * inside));
  if (type === "petite ville") return Math.max(4_200, (2.4 + 2.2 * draw) * inside);
  return Math.min(6_500, Math.max(170, 1_350 * Math.exp(0.85 * normal(random))));
}

/** The 44 columns of the Hackaviz file, in its order. */
export const indicatorNames = [
  "code_qp",
  "nom_qp",
  "nom_commune",
  "pop_mun",
  "pop_com_qp",
  "pop_com",
  "ind_jeune",
  "tx_tot_et",
  "tx_f",
  "tx_f_et",
  "percou",
  "pmimp",
  "part_chomprinc",
  "decuc_q2",
  "decuc_d1",
  "decuc_d9",
  "disp_q2",
  "disp_d1",
  "disp_d9",
  "tp60",
  "brev",
  "a",
  "tx_tot_empl",
  "tx_f_empl",
  "tx_et_empl",
  "tx_tot_eprec",
  "tx_f_eprec",
  "tx_et_eprec",
  "abcde",
  "abcde_f",
  "abcde_h",
  "abc_capbep",
  "abc_bac",
  "abc_supbac",
  "ec_mat",
  "ec_elem",
  "ec_elem_pri",
  "coll",
  "coll_pri",
  "nbetab",
  "ens_sante",
  "serv_par",
  "serv_tot",
  "auto_ent",
] as const;
export type IndicatorName = (typeof indicatorNames)[number];

/** How many of the 78 lines lack each indicator: the real rates of Occitanie (data of 105 neighbourhoods). */
const missingCounts: readonly (readonly [IndicatorName, number])[] = [
  ["ind_jeune", 8],
  ["tx_tot_et", 13],
  ["tx_f", 1],
  ["tx_f_et", 17],
  ["pmimp", 15],
  ["part_chomprinc", 41],
  ["brev", 1],
  ["tx_tot_empl", 1],
  ["tx_f_empl", 2],
  ["tx_et_empl", 11],
  ["tx_tot_eprec", 4],
  ["tx_f_eprec", 15],
  ["tx_et_eprec", 33],
];

export interface SampleIndicators {
  readonly qpv: SampleQpv;
  /** As written in the file; null for a blank. */
  readonly written: Readonly<Record<IndicatorName, string | number | null>>;
  /** The number of job seekers that the file should hold; the file writes 0 for four of them. */
  readonly trueSeekers: number;
  /** The neighbourhood's household income quantiles, EUR a year and consumption unit. */
  readonly income: { readonly d1: number; readonly q2: number; readonly d9: number };
  /** Youth and poverty as deviations, which the households follow. */
  readonly poverty: number;
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** The indicators of one neighbourhood: means, spreads and correlations of the real file, none of its values. */
function drawIndicators(qpv: SampleQpv, random: Random): Omit<SampleIndicators, "qpv"> {
  const e = (): number => normal(random);
  const { population } = qpv;
  const size = (Math.log(population) - 7.75) / 0.7;
  const typeShift = qpv.type === "métropole" ? 0.35 : qpv.type === "petite ville" ? -0.2 : 0;
  const tp60 = clamp(31 + Math.exp(2.6 + 0.6 * clamp(0.97 * e() + 0.1 * size + typeShift, -2.6, 1.75)), 31.4, 69.4);
  const z = (tp60 - 46.8) / 8.7;
  const wide = e();
  const q2 = 12_790 + 1_060 * (-0.97 * z + 0.2 * e());
  const d1 = clamp(7_514 + 665 * (-0.62 * z - 0.22 * size + 0.7 * e()), 5_700, 9_000);
  const d9 = Math.max(1.3 * q2, 22_250 + 2_950 * (-0.77 * z + 0.62 * wide));
  const declaredQ2 = Math.max(2_300, 8_850 + 2_200 * (-0.9 * z + 0.42 * e()));
  const declaredD1 = Math.max(0, -40 + 760 * (-0.36 * z + 0.93 * e()));
  const declaredD9 = Math.max(13_000, d9 + 140 + 900 * e());
  const employment = clamp(40.2 + 9.2 * (-0.72 * z + 0.69 * e()), 15, 64);
  const women = clamp(employment - 4.2 + 3 * e(), 5, 62);
  const foreigners = clamp(18.5 + 7.2 * (0.47 * z + 0.86 * e()), 2.3, 41);
  const precarious = clamp(25.8 + 6 * (0.33 * z + 0.94 * e()), 14, 48);
  const seekers = Math.round(population * clamp(0.19 + 0.03 * (0.35 * z + 0.9 * e()), 0.11, 0.29));
  const femaleSeekers = Math.round(seekers * clamp(0.452 + 0.03 * e(), 0.36, 0.54));
  const foyers = Math.round(population * clamp(0.36 + 0.03 * z + 0.03 * e(), 0.2, 0.5));
  const covered = Math.round(population * clamp(0.735 + 0.05 * z + 0.05 * e(), 0.5, 0.95));
  const establishments = poisson(random, (population / 14) * Math.exp(0.75 * e() - 0.25));
  const personal = Math.round(establishments * clamp(0.23 + 0.03 * e(), 0.05, 0.5));
  const schools = population / 2_000;
  const one = (value: number): number => rounded(value, 1);
  const written: Record<IndicatorName, string | number | null> = {
    code_qp: qpv.code,
    nom_qp: qpv.name,
    nom_commune: qpv.communes.map(({ name }) => name).join(", "),
    pop_mun: population,
    pop_com_qp: 0,
    pop_com: 0,
    ind_jeune: withFloatDirt(one(clamp(1.42 * Math.exp(0.38 * (0.36 * z + 0.9 * e())), 0.4, 4.4))),
    tx_tot_et: one(foreigners),
    tx_f: one(clamp(52.9 + 2.6 * e() - 0.4 * size, 46.8, 60)),
    tx_f_et: one(Math.max(2, foreigners - 0.8 + 1.3 * e())),
    percou: covered,
    pmimp: one(clamp(23.2 - 5.9 * (0.86 * z + 0.45 * e()), 9.5, 39)),
    part_chomprinc: one(clamp(9.3 + 1.2 * (0.4 * z + 0.9 * e()), 6.6, 12.8)),
    decuc_q2: Math.round(declaredQ2),
    decuc_d1: Math.round(declaredD1),
    decuc_d9: Math.round(declaredD9),
    disp_q2: Math.round(q2),
    disp_d1: Math.round(d1),
    disp_d9: Math.round(d9),
    tp60: one(tp60),
    brev: one(clamp(64.3 + 9.2 * (0.96 * z + 0.27 * e()), 46, 91)),
    a: foyers,
    tx_tot_empl: one(employment),
    tx_f_empl: one(women),
    tx_et_empl: one(clamp(33.2 + 10 * (-0.46 * z + 0.88 * e()), 0, 62)),
    tx_tot_eprec: one(precarious),
    tx_f_eprec: one(clamp(precarious + 0.8 + 4 * e(), 10, 58)),
    tx_et_eprec: one(clamp(38.4 + 14 * e(), 0, 92)),
    abcde: seekers,
    abcde_f: femaleSeekers,
    abcde_h: seekers - femaleSeekers,
    abc_capbep: Math.round(seekers * clamp(0.33 + 0.04 * e(), 0.2, 0.45)),
    abc_bac: Math.round(seekers * clamp(0.19 + 0.02 * e(), 0.12, 0.27)),
    abc_supbac: Math.round(seekers * clamp(0.165 - 0.01 * z + 0.03 * e(), 0.08, 0.26)),
    ec_mat: poisson(random, 0.98 * schools),
    ec_elem: poisson(random, 1.2 * schools),
    ec_elem_pri: poisson(random, 0.24 * schools),
    coll: poisson(random, 0.6 * schools),
    coll_pri: poisson(random, 0.2 * schools),
    nbetab: establishments,
    ens_sante: Math.round(personal * clamp(0.6 + 0.06 * e(), 0.3, 0.8)),
    serv_par: personal,
    serv_tot: Math.round(personal * clamp(1.9 + 0.12 * e(), 1.4, 2.4)),
    auto_ent: poisson(random, establishments / 22),
  };
  return {
    written,
    trueSeekers: seekers,
    income: { d1: Math.round(d1), q2: Math.round(q2), d9: Math.round(d9) },
    poverty: z,
  };
}

/** The real file keeps the last digits of a binary division: 1.7 is written 1.7000000000000002. */
const withFloatDirt = (value: number): number => (value === 1.7 ? 1.7000000000000002 : value);

/** Blanks the wanted number of lines, the small neighbourhoods more often: what secrecy does, and not chance. */
function blank(rows: readonly SampleIndicators[], name: IndicatorName, count: number, random: Random): void {
  const nested: Partial<Record<IndicatorName, IndicatorName>> = {
    tx_f_et: "tx_tot_et",
    tx_f_empl: "tx_tot_empl",
    tx_f_eprec: "tx_tot_eprec",
  };
  const parent = nested[name];
  const scored = rows
    .filter(({ qpv }) => qpv.population < 15_000)
    .map((row) => {
      const forced = parent !== undefined && row.written[parent] === null ? 100 : 0;
      return { row, score: forced - 1.15 * Math.log(row.qpv.population) + 0.75 * normal(random) };
    })
    .sort((a, b) => b.score - a.score);
  for (const { row } of scored.slice(0, count))
    (row.written as Record<IndicatorName, string | number | null>)[name] = null;
}

/** Writes 0 where the value is not known: four counts of job seekers, two of families, as in the real file. */
function writeFalseZeros(rows: readonly SampleIndicators[], random: Random): void {
  const candidates = rows.filter(({ qpv }) => qpv.population < 3_800);
  const chosen = candidates
    .map((row) => ({ row, key: random() }))
    .sort((a, b) => a.key - b.key)
    .slice(0, 4);
  chosen.forEach(({ row }, i) => {
    const written = row.written as Record<IndicatorName, string | number | null>;
    for (const name of ["abcde", "abcde_f", "abcde_h", "abc_capbep", "abc_bac", "abc_supbac"] as const)
      written[name] = 0;
    if (i < 2) for (const name of ["a", "percou"] as const) written[name] = 0;
  });
}

/** All indicators, with the gaps and the false zeros of the real file. */
export function makeIndicators(
  qpvs: readonly SampleQpv[],
  populations: ReadonlyMap<string, number>,
  seed: number,
): readonly SampleIndicators[] {
  const random = stream(seed, "indicateurs");
  const rows = qpvs.map((qpv): SampleIndicators => {
    const drawn = drawIndicators(qpv, random);
    const around = qpvs.filter(({ communes }) => communes.some((commune) => qpv.communes.includes(commune)));
    const totals = {
      pop_com_qp: around.reduce((sum, { population }) => sum + population, 0),
      pop_com: qpv.communes.reduce((sum, { code }) => sum + (populations.get(code) ?? 0), 0),
    };
    return { qpv, ...drawn, written: { ...drawn.written, ...totals } };
  });
  for (const [name, count] of missingCounts) blank(rows, name, count, stream(seed, `manquants ${name}`));
  writeFalseZeros(rows, stream(seed, "faux zéros"));
  return rows;
}

/** `qp.csv`: byte-order mark, comma, decimal point, a blank for what is missing. */
export const writeIndicators = (rows: readonly SampleIndicators[]): string =>
  `\uFEFF${csv(
    indicatorNames,
    rows.map(({ written }) => indicatorNames.map((name) => written[name] ?? "")),
    { separator: "," },
  )}`;
