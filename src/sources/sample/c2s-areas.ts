import type { Random } from "../../codes/random.ts";
import { C2S_THRESHOLD, type C2sTruth, type IrisTallies } from "./c2s.ts";
import { type C2sTally, emptyTally, freeAndPaying } from "./c2s-tally.ts";
import type { Land } from "./communes.ts";
import type { SampleZones } from "./grow-zones.ts";
import type { SampleQpv } from "./neighbourhoods.ts";
import { poisson } from "./poisson.ts";
import { stream } from "./stream.ts";
import { csv } from "./writing.ts";

/** Persons of the general scheme, and those covered, in one area and year, before anything is hidden. */
interface C2sArea {
  readonly level: "QP" | "IRIS" | "COM";
  readonly code: string;
  readonly name: string;
  readonly commune: string;
  readonly year: number;
  readonly insured: number;
  readonly free: number;
  readonly paying: number;
}

const years = [2019, 2020, 2021] as const;
/** Planted: covered persons against 2021. */
export const c2sTrend: Readonly<Record<number, number>> = { 2019: 0.93, 2020: 0.97, 2021: 1 };

/** The general scheme by neighbourhood, by IRIS, and by commune as the sum of its IRIS: 2021 is the planted truth, the years before are drawn around it. */
export function makeC2sAreas(
  { communes }: Land,
  qpvs: readonly SampleQpv[],
  { iris }: SampleZones,
  c2s: readonly C2sTruth[],
  tallies: IrisTallies,
  seed: number,
): readonly C2sArea[] {
  const random = stream(seed, "c2s par zone et année");
  const truthOf = new Map(c2s.map(({ code, tally }) => [code, tally]));
  const areas = qpvs.flatMap(({ code, name, communes: hosts }) =>
    yearsOf(random, truthOf.get(code), { level: "QP", code, name, commune: hosts[0].code }),
  );
  const parts = iris.flatMap(({ code, name, commune }) =>
    yearsOf(random, tallies.get(code), { level: "IRIS", code, name, commune: commune.code }),
  );
  areas.push(...parts.filter(({ code }) => !code.endsWith("0000")));
  for (const { code, name } of communes) {
    for (const year of years) {
      const own = parts.filter((part) => part.commune === code && part.year === year);
      const sum = (pick: (part: C2sArea) => number): number => own.reduce((total, part) => total + pick(part), 0);
      areas.push({
        level: "COM",
        code,
        name,
        commune: code,
        year,
        insured: sum(({ insured }) => insured),
        free: sum(({ free }) => free),
        paying: sum(({ paying }) => paying),
      });
    }
  }
  return areas;
}

/** The three years of one area. */
function yearsOf(
  random: Random,
  tally: C2sTally = emptyTally(),
  area: Pick<C2sArea, "level" | "code" | "name" | "commune">,
): C2sArea[] {
  const [free, paying] = freeAndPaying(tally.coveredGeneral);
  return years.map((year) => {
    const at = (count: number): number => (year === 2021 ? count : poisson(random, count * c2sTrend[year]));
    return { ...area, year, insured: tally.insured, free: at(free), paying: at(paying) };
  });
}

const small = (count: number): boolean => count > 0 && count < C2S_THRESHOLD;

/** `benef_c2s.csv`: `;`, one line an area and year. Each number is hidden by itself, as a careless producer would do: totals give some back. */
export function writeC2sAreas(areas: readonly C2sArea[]): string {
  const shown = (count: number): number | string => (small(count) ? "s" : count);
  const rows = areas.map(({ level, code, name, year, insured, free, paying }) => [
    level,
    code,
    name,
    year,
    insured,
    shown(free + paying),
    shown(free),
    shown(paying),
  ]);
  const header = [
    "NIVGEO",
    "CODGEO",
    "LIBGEO",
    "ANNEE",
    "NB_BENEF_RG",
    "NB_C2S",
    "NB_C2S_SANS_PART",
    "NB_C2S_AVEC_PART",
  ];
  return csv(header, rows, { separator: ";" });
}

/** The hidden cells, and how each can be found again: by its line (total less the other part), by its commune (total less the other IRIS), or not. */
export function c2sAreaTruths(areas: readonly C2sArea[]): string {
  const measures = ["NB_C2S", "NB_C2S_SANS_PART", "NB_C2S_AVEC_PART"] as const;
  const value = ({ free, paying }: C2sArea, measure: (typeof measures)[number]): number =>
    measure === "NB_C2S" ? free + paying : measure === "NB_C2S_SANS_PART" ? free : paying;
  const iris = new Map<string, C2sArea[]>();
  const totals = new Map<string, C2sArea>();
  for (const area of areas) {
    const key = `${area.commune} ${area.year}`;
    if (area.level === "IRIS") iris.set(key, [...(iris.get(key) ?? []), area]);
    if (area.level === "COM") totals.set(key, area);
  }
  const hidden = areas.flatMap((area) =>
    measures.flatMap((measure) => {
      if (!small(value(area, measure))) return [];
      const others = measures.filter((other) => other !== measure);
      const byLine = others.every((other) => !small(value(area, other)));
      const key = `${area.commune} ${area.year}`;
      const total = totals.get(key);
      const alone =
        area.level === "IRIS" &&
        total !== undefined &&
        !small(value(total, measure)) &&
        (iris.get(key) ?? []).filter((part) => small(value(part, measure))).length === 1;
      const ways = [...(byLine ? ["ligne"] : []), ...(alone ? ["commune"] : [])];
      return [
        {
          niveau: area.level,
          code: area.code,
          annee: area.year,
          mesure: measure,
          valeur: value(area, measure),
          retrouvable: ways,
        },
      ];
    }),
  );
  const truth = {
    synthetique: true,
    definition: {
      seuil: C2S_THRESHOLD,
      total: "NB_C2S = NB_C2S_SANS_PART + NB_C2S_AVEC_PART ; une commune découpée est la somme de ses IRIS",
      annees:
        "au 1er janvier ; 2021 est la vérité plantée, les années d'avant sont tirées autour ; avant novembre 2019, CMU-C et ACS",
      champ:
        "régime général seul ; c2s_qpv.csv compte tous les régimes. Une commune est la somme de ses quartiers et du reste, à des personnes près qui vivent dans un quartier à cheval",
      evolution: c2sTrend,
    },
    cachees: hidden,
  };
  return `${JSON.stringify(truth)}\n`;
}
