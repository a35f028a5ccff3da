import { normal, type Random } from "../../codes/random.ts";
import { C2S_THRESHOLD, type C2sTruth } from "./c2s.ts";
import type { Land } from "./communes.ts";
import type { SampleZones } from "./grow-zones.ts";
import type { SampleQpv } from "./neighbourhoods.ts";
import { poisson } from "./poisson.ts";
import { stream } from "./stream.ts";
import { csv } from "./writing.ts";

/** Covered persons of one area and year, before anything is hidden. */
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
/** Planted: share of covered persons outside and inside the neighbourhoods, and of the covered who take part in the cost. */
export const c2sShares = { outside: 0.05, inside: 0.27, paying: 0.17, insured: 0.87 } as const;

/** Counts by IRIS, their sums by commune, and the neighbourhoods: the year 2021 of these is the partner's file exactly. */
export function makeC2sAreas(
  { communes }: Land,
  qpvs: readonly SampleQpv[],
  { iris, homes, irisPersons }: SampleZones,
  c2s: readonly C2sTruth[],
  seed: number,
): readonly C2sArea[] {
  const random = stream(seed, "c2s par zone");
  const inside = new Map<string, number>();
  for (const [square, home] of homes) {
    const persons = square.inside.reduce((sum, part) => sum + part.persons, 0);
    inside.set(home.code, (inside.get(home.code) ?? 0) + persons);
  }
  const areas: C2sArea[] = [];
  const partOf = new Map(c2s.map((row) => [row.qpv, row]));
  for (const { code, name, communes: hosts, population } of qpvs) {
    const known = partOf.get(code) as C2sTruth;
    for (const year of years) {
      const trend = c2sTrend[year];
      areas.push({
        level: "QP",
        code,
        name,
        commune: hosts[0].code,
        year,
        insured: Math.round(c2sShares.insured * population),
        free: year === 2021 ? known.coveredFree : poisson(random, known.coveredFree * trend),
        paying: year === 2021 ? known.coveredPaying : poisson(random, known.coveredPaying * trend),
      });
    }
  }
  const parts = iris.flatMap((part) => {
    const persons = irisPersons.get(part.code) ?? 0;
    const priority = Math.min(persons, inside.get(part.code) ?? 0);
    const level =
      (c2sShares.outside * (persons - priority) + c2sShares.inside * priority) * Math.exp(0.35 * normal(random));
    return years.map((year) => irisArea(part, year, persons, level, random));
  });
  const divided = parts.filter(({ code }) => !code.endsWith("0000"));
  areas.push(...divided);
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

function irisArea(
  part: SampleZones["iris"][number],
  year: number,
  persons: number,
  level: number,
  random: Random,
): C2sArea {
  const covered = Math.min(Math.round(c2sShares.insured * persons), poisson(random, level * c2sTrend[year]));
  let paying = 0;
  for (let i = 0; i < covered; i++) if (random() < c2sShares.paying) paying++;
  return {
    level: "IRIS",
    code: part.code,
    name: part.name,
    commune: part.commune.code,
    year,
    insured: Math.round(c2sShares.insured * persons),
    free: covered - paying,
    paying,
  };
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
        "au 1er janvier ; l'année 2021 des quartiers est celle de c2s_qpv.csv ; avant novembre 2019, CMU-C et ACS",
      evolution: c2sTrend,
      parts: c2sShares,
    },
    cachees: hidden,
  };
  return `${JSON.stringify(truth)}\n`;
}
