import { normal, weightedIndex } from "../../codes/random.ts";
import type { Land } from "./communes.ts";
import { occupations } from "./occupations.ts";
import { poisson } from "./poisson.ts";
import { stream } from "./stream.ts";
import { csv, rounded, withComma } from "./writing.ts";

/** One line of the agency's file, before small counts are hidden. */
export interface MissionCell {
  readonly month: string;
  readonly rome: string;
  readonly label: string;
  readonly commune: string;
  readonly age: string;
  readonly missions: number;
  readonly workers: number;
  readonly hours: number;
}

/** The rule of the invented agency. */
export const MISSION_THRESHOLD = 5;
export const missionAges = ["moins de 26 ans", "26 à 49 ans", "50 ans et plus"] as const;
/** Planted: months by number of missions, January first. Summer for the sea, the end of the year for the rest. */
export const missionSeasons: Readonly<Record<"X" | "Y" | "Z", readonly number[]>> = {
  X: [0.4, 0.4, 0.6, 0.9, 1.2, 1.6, 2.2, 2.2, 1.2, 0.7, 0.3, 0.3],
  Y: [0.9, 0.9, 1, 1, 1, 1, 1.1, 0.8, 1, 1, 1.1, 1.2],
  Z: [0.8, 0.9, 1, 1, 1, 1.1, 0.9, 0.6, 1.1, 1.2, 1.2, 1.2],
};
const HOURS_A_MISSION = 52;

/** Missions of the largest towns, in the occupations that they offer most. */
export function makeMissions(
  { communes }: Land,
  populations: ReadonlyMap<string, number>,
  seed: number,
): readonly MissionCell[] {
  const random = stream(seed, "missions");
  const towns = communes
    .filter(({ type }) => type !== "autre")
    .sort((a, b) => (populations.get(b.code) ?? 0) - (populations.get(a.code) ?? 0))
    .slice(0, 16)
    .sort((a, b) => (a.code < b.code ? -1 : 1));
  return towns.flatMap((commune) => {
    const size = (populations.get(commune.code) ?? 0) / 30_000;
    const own = [...occupations].sort((a, b) => b.offered[commune.type] - a.offered[commune.type]).slice(0, 12);
    return own.flatMap((occupation) => {
      const level = 6 * size ** 0.8 * occupation.offered[commune.type] ** 0.7 * Math.exp(0.4 * normal(random));
      const season = missionSeasons[occupation.code[0] as "X" | "Y" | "Z"];
      return season.flatMap((factor, month) => {
        const counts = missionAges.map(() => 0);
        for (let left = poisson(random, level * factor); left > 0; left--)
          counts[weightedIndex(random, [0.42, 0.47, 0.11])]++;
        return missionAges.flatMap((age, i): MissionCell[] => {
          const missions = counts[i];
          if (missions === 0) return [];
          let workers = 1;
          for (let k = 1; k < missions; k++) if (random() < 0.78) workers++;
          const hours = rounded(missions * HOURS_A_MISSION * Math.exp(0.25 * normal(random)), 1);
          const { code: rome, label } = occupation;
          return [
            {
              month: `2021-${String(month + 1).padStart(2, "0")}`,
              rome,
              label,
              commune: commune.code,
              age,
              missions,
              workers,
              hours,
            },
          ];
        });
      });
    });
  });
}

/** `missions.csv`: `;`, decimal comma, Latin-1; under five workers, the three numbers are written `s`. */
export function writeMissions(cells: readonly MissionCell[]): Uint8Array {
  const rows = cells.map(({ month, rome, label, commune, age, missions, workers, hours }) => [
    month,
    rome,
    label,
    commune,
    age,
    ...(workers < MISSION_THRESHOLD ? ["s", "s", "s"] : [missions, workers, withComma(hours, 1)]),
  ]);
  const header = [
    "mois",
    "code_rome",
    "libelle_metier",
    "commune_travail",
    "tranche_age",
    "missions",
    "interimaires",
    "heures",
  ];
  return Uint8Array.from(Buffer.from(csv(header, rows, { separator: ";", lineEnd: "\r\n" }), "latin1"));
}

/** What the agency knows and hides. */
export function missionTruths(cells: readonly MissionCell[]): string {
  const totals: Record<string, number> = {};
  for (const { commune, missions } of cells) totals[commune] = (totals[commune] ?? 0) + missions;
  const truth = {
    synthetique: true,
    seuil: MISSION_THRESHOLD,
    saisons: missionSeasons,
    missions_par_commune: totals,
    cachees: cells
      .filter(({ workers }) => workers < MISSION_THRESHOLD)
      .map(({ month, rome, commune, age, missions, workers, hours }) =>
        [month, rome, commune, age, missions, workers, hours].join(";"),
      ),
  };
  return `${JSON.stringify(truth)}\n`;
}
