import { normal, type Random, weightedIndex } from "../../codes/random.ts";
import type { Land, SampleCommune } from "./communes.ts";
import { contains, type Point, toDegrees } from "./geometry.ts";
import type { SampleIndicators } from "./indicators.ts";
import { REGION_NAME } from "./names.ts";
import { occupations, type SampleOccupation } from "./occupations.ts";
import { postcodes } from "./post.ts";
import { stream } from "./stream.ts";
import { csv, postalName } from "./writing.ts";

/** Job seekers of one neighbourhood for one occupation. */
export interface SeekerCell {
  readonly qpv: string;
  readonly rome: string;
  readonly seekers: number;
}

/** The rule of the invented partner: a cell under five persons is written `s`. */
export const SEEKER_THRESHOLD = 5;

/** Each neighbourhood's job seekers by occupation sought: they add up to the true count of its indicators. */
export function makeSeekers(indicators: readonly SampleIndicators[], seed: number): readonly SeekerCell[] {
  const random = stream(seed, "demandeurs");
  const lone = loneSmallCell(indicators);
  return indicators.flatMap(({ qpv, trueSeekers }) => {
    const weights = occupations.map(({ sought }) => sought[qpv.type] ** 1.35 * Math.exp(0.55 * normal(random)));
    const counts = new Array<number>(occupations.length).fill(0);
    for (let i = 0; i < trueSeekers; i++) counts[weightedIndex(random, weights)]++;
    if (qpv.code === lone) keepOneSmallCell(counts);
    return occupations
      .map(({ code }, i) => ({ qpv: qpv.code, rome: code, seekers: counts[i] }))
      .filter(({ seekers }) => seekers > 0);
  });
}

/** The neighbourhood where one cell alone is small: hidden, it could be found again from the published total. A planted trap. */
export function loneSmallCell(indicators: readonly SampleIndicators[]): string {
  const candidates = indicators.filter(({ written, qpv }) => written.abcde !== 0 && qpv.population > 3_000);
  return candidates[Math.floor(candidates.length / 2)].qpv.code;
}

/** Moves the small cells to the largest one, all but the first. */
function keepOneSmallCell(counts: number[]): void {
  const largest = counts.indexOf(Math.max(...counts));
  const small = counts.map((count, i) => ({ count, i })).filter(({ count }) => count > 0 && count < SEEKER_THRESHOLD);
  if (small.length === 0) {
    const least = counts
      .map((count, i) => ({ count, i }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => a.count - b.count)[0];
    counts[largest] += least.count - 3;
    counts[least.i] = 3;
  }
  for (const { count, i } of small.slice(1)) {
    counts[largest] += count;
    counts[i] = 0;
  }
}

/** `demandeurs_qpv_rome.csv`: small counts are written `s`. */
export const writeSeekers = (cells: readonly SeekerCell[]): string =>
  csv(
    ["code_qp", "code_rome", "nombre"],
    cells.map(({ qpv, rome, seekers }) => [qpv, rome, seekers < SEEKER_THRESHOLD ? "s" : seekers]),
    { separator: ";" },
  );

/** An offer as the search of France Travail answers it; only the fields that an experiment may use. */
export interface SampleOffer {
  readonly id: string;
  readonly intitule: string;
  readonly dateCreation: string;
  readonly lieuTravail: {
    readonly libelle: string;
    readonly latitude?: number;
    readonly longitude?: number;
    readonly codePostal?: string;
    readonly commune?: string;
  };
  readonly romeCode: string;
  readonly romeLibelle: string;
  readonly typeContrat: string;
  readonly experienceExige: string;
  /** "35H" or "24H" as drawn; its conditions then say the hours. */
  readonly dureeTravailLibelle: string;
  readonly dureeTravailLibelleConverti?: string;
  readonly nombrePostes: number;
  readonly codeNAF: string;
  readonly deplacementLibelle?: string;
  readonly permis?: readonly { readonly libelle: string; readonly exigence: "E" | "S" }[];
  readonly contexteTravail?: { readonly horaires?: readonly string[]; readonly conditionsExercice?: readonly string[] };
}

const OFFERS = 3_600;
const SHARE_WITHOUT_COORDINATES = 0.04;
const SHARE_AT_TOWN_CENTRE = 0.35;

/** A place in a commune, denser near its centre; never outside its contours. */
export function placeIn(commune: SampleCommune, population: number, random: Random): Point {
  const spread = 0.5 + 0.9 * Math.sqrt(population / 60_000);
  for (let trial = 0; trial < 60; trial++) {
    const p: Point = [commune.centre[0] + spread * normal(random), commune.centre[1] + spread * normal(random)];
    if (contains(commune.ring, p)) return p;
  }
  return commune.centre;
}

/** The offers of the territory on the reference day. Production is offered in the suburbs and the small towns, care and offices in the centre, the sea on the coast. */
export function makeOffers(
  { communes }: Land,
  populations: ReadonlyMap<string, number>,
  seed: number,
): readonly SampleOffer[] {
  const random = stream(seed, "offres");
  const pairs = communes.flatMap((commune) => {
    const jobs = (populations.get(commune.code) ?? 0) ** 1.05;
    return occupations.map((occupation) => ({ commune, occupation, weight: jobs * attraction(commune, occupation) }));
  });
  const totals = new Float64Array(pairs.length);
  let total = 0;
  for (const [i, { weight }] of pairs.entries()) {
    total += weight;
    totals[i] = total;
  }
  const codes = postcodes(communes, populations);
  return Array.from({ length: OFFERS }, (_, i): SampleOffer => {
    const { commune, occupation } = pairs[firstAbove(totals, random() * total)];
    const created = new Date(Date.UTC(2022, 2, 1) - Math.floor(random() ** 1.6 * 90 * 86_400) * 1000);
    const draw = random();
    const at =
      random() < SHARE_AT_TOWN_CENTRE ? commune.centre : placeIn(commune, populations.get(commune.code) ?? 0, random);
    const [longitude, latitude] = toDegrees(at);
    const posts = random();
    const contract = random();
    return {
      id: `S${(46_656 + i * 7).toString(36).toUpperCase().padStart(5, "0")}`,
      intitule: occupation.title,
      dateCreation: created.toISOString().replace(".000", ""),
      lieuTravail: {
        libelle:
          draw < SHARE_WITHOUT_COORDINATES / 2 ? `00 - ${postalName(REGION_NAME)}` : `00 - ${postalName(commune.name)}`,
        ...(draw < SHARE_WITHOUT_COORDINATES ? {} : { latitude, longitude }),
        ...(draw < SHARE_WITHOUT_COORDINATES / 2
          ? {}
          : { codePostal: codes.get(commune.code)?.[0] ?? "", commune: commune.code }),
      },
      romeCode: occupation.code,
      romeLibelle: occupation.label,
      typeContrat: contract < 0.44 ? "CDI" : contract < 0.72 ? "CDD" : contract < 0.96 ? "MIS" : "SAI",
      experienceExige: random() < 0.6 ? "D" : random() < 0.7 ? "E" : "S",
      dureeTravailLibelle: random() < 0.72 ? "35H" : "24H",
      nombrePostes: posts < 0.86 ? 1 : posts < 0.95 ? 2 : posts < 0.985 ? 5 : 10 + Math.floor(random() * 16),
      codeNAF: occupation.naf,
    };
  });
}

/**
 * How strongly a commune offers an occupation. Planted: production leaves the centre for the suburbs, the metropolis and the coast hold more
 * offers than inhabitants, and the occupations most sought of a domain (odd codes) are offered at the edge while their neighbours are
 * offered in the centre: the looser the match, the shorter the distance.
 */
function attraction({ type, isCentre }: SampleCommune, { code, offered }: SampleOccupation): number {
  const production = code.startsWith("Z");
  const suburb = type === "métropole" && !isCentre;
  const specialised =
    offered[type] ** 1.5 * { métropole: 1.9, "ville littorale": 1.6, "petite ville": 1.4, autre: 1 }[type];
  const atTheEdge = Number(code[4]) % 2 === 1;
  const inDomain = isCentre ? (atTheEdge ? 0.35 : 2) : atTheEdge ? 1.2 : 0.7;
  return specialised * inDomain * (production && isCentre ? 0.35 : production && suburb ? 2.6 : 1);
}

/** First index whose running total is above the value (bisection). */
function firstAbove(totals: Float64Array, value: number): number {
  let [low, high] = [0, totals.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (totals[middle] > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The search answer, one offer a line. `synthetique` stands beside the API's own two fields. */
export const writeOffers = (offers: readonly SampleOffer[]): string =>
  `{"synthetique":true,"filtresPossibles":[],"resultats":[\n${offers.map((offer) => JSON.stringify(offer)).join(",\n")}\n]}\n`;
