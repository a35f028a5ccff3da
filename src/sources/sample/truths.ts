import { C2S_THRESHOLD, type C2sTruth } from "./c2s.ts";
import { freeAndPaying } from "./c2s-tally.ts";
import { c2sTruths } from "./c2s-truths.ts";
import type { SampleCommune } from "./communes.ts";
import { loneSmallCell, type SampleOffer, SEEKER_THRESHOLD, type SeekerCell } from "./employment.ts";
import { centroid, greatCircle, type Point } from "./geometry.ts";
import type { SampleIndicators } from "./indicators.ts";
import type { SampleQpv } from "./neighbourhoods.ts";
import type { MobilityLink } from "./occupations.ts";
import { ageClasses, diplomaGroups, practiceTruth, SPORT_SEX_EFFECT } from "./survey.ts";
import { rounded } from "./writing.ts";

export const matchLevels = ["strict", "proche", "domaine"] as const;
export type MatchLevel = (typeof matchLevels)[number];

/** Distances to matching posts, in km. A quantile is the least distance at which the running weight reaches its share. */
export interface DistanceTruth {
  readonly postes: number;
  readonly moyenne_km: number;
  readonly q1_km: number;
  readonly mediane_km: number;
  readonly q3_km: number;
  readonly part_5_km: number;
  readonly part_10_km: number;
  readonly part_20_km: number;
}

/** Does this offer answer that occupation? Directed: from the occupation sought to the occupation offered. */
export function matches(level: MatchLevel, sought: string, offered: string, near: ReadonlySet<string>): boolean {
  if (sought === offered) return true;
  if (level === "proche") return near.has(`${sought}>${offered}`);
  return level === "domaine" && sought.slice(0, 3) === offered.slice(0, 3);
}

/** Mean, quartiles and shares of weighted distances. */
export function summarise(
  pairs: readonly { readonly km: number; readonly weight: number; readonly posts: number }[],
): DistanceTruth | null {
  const sorted = [...pairs].filter(({ weight }) => weight > 0).sort((a, b) => a.km - b.km);
  const total = sorted.reduce((sum, { weight }) => sum + weight, 0);
  if (total === 0) return null;
  const quantile = (share: number): number => {
    let running = 0;
    for (const { km, weight } of sorted) {
      running += weight;
      if (running >= share * total - 1e-9) return km;
    }
    return sorted[sorted.length - 1].km;
  };
  const within = (limit: number): number =>
    sorted.reduce((sum, { km, weight }) => (km <= limit ? sum + weight : sum), 0) / total;
  return {
    postes: sorted.reduce((sum, { posts }) => sum + posts, 0),
    moyenne_km: rounded(sorted.reduce((sum, { km, weight }) => sum + km * weight, 0) / total, 6),
    q1_km: rounded(quantile(0.25), 6),
    mediane_km: rounded(quantile(0.5), 6),
    q3_km: rounded(quantile(0.75), 6),
    part_5_km: rounded(within(5), 6),
    part_10_km: rounded(within(10), 6),
    part_20_km: rounded(within(20), 6),
  };
}

/**
 * Brute force: every located offer against every visible cell of job seekers. Three weightings, because they answer different questions:
 * `paires` weighs a pair by seekers × posts; `par_demandeur` gives each seeker a weight of one, shared among the posts that match;
 * `union` takes each offer once, weighed by its posts, if it matches at least one visible occupation.
 */
export function distanceTruths(
  qpvs: readonly SampleQpv[],
  seekers: readonly SeekerCell[],
  offers: readonly SampleOffer[],
  mobility: readonly MobilityLink[],
): Record<string, Record<MatchLevel, Record<"paires" | "par_demandeur" | "union", DistanceTruth | null>>> {
  const near = new Set(mobility.filter(({ kind }) => kind === "Proche").map(({ from, to }) => `${from}>${to}`));
  const located = offers.flatMap(({ lieuTravail: { longitude, latitude }, romeCode, nombrePostes }) =>
    longitude === undefined || latitude === undefined
      ? []
      : [{ at: [longitude, latitude] as Point, rome: romeCode, posts: nombrePostes }],
  );
  return Object.fromEntries(
    qpvs.map((qpv) => {
      const home = centroid(qpv.written);
      const distances = located.map(({ at }) => greatCircle(home, at));
      const visible = seekers.filter((cell) => cell.qpv === qpv.code && cell.seekers >= SEEKER_THRESHOLD);
      const levels = matchLevels.map((level) => {
        const perCell = visible.map(({ rome, seekers: count }) => {
          const hits = located.flatMap((offer, i) => (matches(level, rome, offer.rome, near) ? [i] : []));
          const posts = hits.reduce((sum, i) => sum + located[i].posts, 0);
          return { count, hits, posts };
        });
        const union = [...new Set(perCell.flatMap(({ hits }) => hits))];
        const pair = (i: number, weight: number): { km: number; weight: number; posts: number } => ({
          km: distances[i],
          weight,
          posts: located[i].posts,
        });
        return [
          level,
          {
            paires: summarise(perCell.flatMap(({ count, hits }) => hits.map((i) => pair(i, count * located[i].posts)))),
            par_demandeur: summarise(
              perCell.flatMap(({ count, hits, posts }) => hits.map((i) => pair(i, (count * located[i].posts) / posts))),
            ),
            union: summarise(union.map((i) => pair(i, located[i].posts))),
          },
        ] as const;
      });
      return [qpv.code, Object.fromEntries(levels)];
    }),
  ) as Record<string, Record<MatchLevel, Record<"paires" | "par_demandeur" | "union", DistanceTruth | null>>>;
}

export interface Truths {
  readonly communes: readonly SampleCommune[];
  readonly qpvs: readonly SampleQpv[];
  readonly indicators: readonly SampleIndicators[];
  readonly seekers: readonly SeekerCell[];
  readonly offers: readonly SampleOffer[];
  readonly mobility: readonly MobilityLink[];
  readonly c2s: readonly C2sTruth[];
  readonly c2sOutside: readonly C2sTruth[];
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 1)}\n`;

/** The truth files: never read by a loader, only by tests. */
export function writeTruths({
  communes,
  qpvs,
  indicators,
  seekers,
  offers,
  mobility,
  c2s,
  c2sOutside,
}: Truths): [string, string][] {
  const territory = {
    synthetique: true,
    communes: communes
      .filter(({ type }) => type !== "autre")
      .map(({ code, name, type, isIsland, isCentre }) => ({ code, nom: name, type, ile: isIsland, centre: isCentre })),
    quartiers: qpvs.map(({ code, type, communes: hosts, population }) => ({
      code,
      type,
      communes: hosts.map((host) => host.code),
      population,
    })),
    geant: qpvs.reduce((a, b) => (b.population > a.population ? b : a)).code,
    sur_deux_communes: qpvs.filter(({ communes: hosts }) => hosts.length > 1).map(({ code }) => code),
    demandeurs_vrais: Object.fromEntries(indicators.map(({ qpv, trueSeekers }) => [qpv.code, trueSeekers])),
    zeros_qui_sont_des_trous: indicators
      .filter(({ written, trueSeekers }) => written.abcde === 0 && trueSeekers > 0)
      .map(({ qpv }) => qpv.code),
  };
  const distances = {
    synthetique: true,
    definition: {
      origine: "centroïde de la surface du polygone écrit (degrés, plan)",
      distance: "grand cercle, rayon 6371,0088 km",
      demande: "cases visibles de demandeurs_qpv_rome.csv (au moins 5)",
      offre: "offres avec coordonnées, pondérées par nombrePostes",
      niveaux: {
        strict: "même code ROME",
        proche: "même code, ou lien Proche du métier recherché vers le métier offert",
        domaine: "trois premiers caractères égaux",
      },
      quantile: "plus petite distance où le poids cumulé atteint la part",
      postes:
        "somme des postes des paires retenues (une offre compte une fois par métier recherché dans paires et par_demandeur, une fois dans union)",
    },
    quartiers: distanceTruths(qpvs, seekers, offers, mobility),
  };
  const practices = {
    synthetique: true,
    classes_d_age: ageClasses,
    diplomes: diplomaGroups,
    probabilites: practiceTruth,
    effets: { cinema_selon_le_sexe: 0, sport_hommes: SPORT_SEX_EFFECT, sport_femmes: -SPORT_SEX_EFFECT },
  };
  const small = {
    synthetique: true,
    seuil_demandeurs: SEEKER_THRESHOLD,
    demandeurs: seekers
      .filter((cell) => cell.seekers < SEEKER_THRESHOLD)
      .map(({ qpv, rome, seekers: count }) => `${qpv};${rome};${count}`),
    retrouvable_par_difference: loneSmallCell(indicators),
    seuil_c2s: C2S_THRESHOLD,
    c2s: c2s.flatMap(({ code, tally }) => {
      const [free, paying] = freeAndPaying(tally.covered);
      return [
        ...(free > 0 && free < C2S_THRESHOLD ? [`${code};sans_participation;${free}`] : []),
        ...(paying > 0 && paying < C2S_THRESHOLD ? [`${code};avec_participation;${paying}`] : []),
      ];
    }),
  };
  return [
    ["verite/territoire.json", json(territory)],
    ["verite/distances.json", json(distances)],
    ["verite/recours-c2s.json", c2sTruths(c2s, c2sOutside)],
    ["verite/pratiques.json", json(practices)],
    ["verite/petites-cases.json", json(small)],
  ];
}
