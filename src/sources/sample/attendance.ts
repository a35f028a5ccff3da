import { normal } from "../../codes/random.ts";
import type { Land, SampleCommune } from "./communes.ts";
import { placeIn } from "./employment.ts";
import { centroid, distance, type Point } from "./geometry.ts";
import type { SampleQpv } from "./neighbourhoods.ts";
import { poisson } from "./poisson.ts";
import { stream } from "./stream.ts";
import { csv, rounded } from "./writing.ts";

export const venueTypes = ["bibliothèque", "cinéma", "salle de spectacle"] as const;
export type VenueType = (typeof venueTypes)[number];

/** A cultural place of the partner's file. */
export interface SampleVenue {
  readonly id: string;
  readonly name: string;
  readonly type: VenueType;
  readonly commune: SampleCommune;
  readonly at: Point;
}

export interface AttendanceCell {
  readonly venue: SampleVenue;
  readonly qpv: SampleQpv;
  readonly users: number;
  readonly visits: number;
}

/** Planted: share of users at the door, and the kilometres over which it is divided by e. */
export const attendanceModel: Readonly<
  Record<VenueType, { readonly part: number; readonly km: number; readonly visits: number }>
> = {
  bibliothèque: { part: 0.16, km: 1.3, visits: 9 },
  cinéma: { part: 0.3, km: 3.5, visits: 4 },
  "salle de spectacle": { part: 0.08, km: 3, visits: 2 },
};
export const ATTENDANCE_THRESHOLD = 11;

/** One library a town, cinemas and stages in the larger ones. */
export function makeVenues(
  { communes }: Land,
  populations: ReadonlyMap<string, number>,
  seed: number,
): readonly SampleVenue[] {
  const random = stream(seed, "lieux du partenaire");
  const venues: SampleVenue[] = [];
  for (const commune of communes.filter(({ type }) => type !== "autre")) {
    const size = populations.get(commune.code) ?? 0;
    const wanted: readonly (readonly [VenueType, number, string])[] = [
      ["bibliothèque", Math.max(1, Math.round(size / 25_000)), "Médiathèque"],
      ["cinéma", Math.round(size / 45_000 + 0.3), "Cinéma"],
      ["salle de spectacle", Math.round(size / 50_000 + 0.2), "Théâtre"],
    ];
    for (const [type, count, word] of wanted) {
      for (let i = 0; i < count; i++) {
        const at = i === 0 ? commune.centre : placeIn(commune, size, random);
        const id = `L${String(venues.length + 1).padStart(3, "0")}`;
        venues.push({
          id,
          name: `${word} ${/^[AEÉIÎOUY]/.test(commune.name) ? "d'" : "de "}${commune.name}${count > 1 ? ` ${i + 1}` : ""}`,
          type,
          commune,
          at,
        });
      }
    }
  }
  return venues;
}

/** Users by neighbourhood: a share that falls with distance, one effect of chance by neighbourhood. */
export function makeAttendance(
  venues: readonly SampleVenue[],
  qpvs: readonly SampleQpv[],
  seed: number,
): readonly AttendanceCell[] {
  const random = stream(seed, "fréquentation");
  return qpvs.flatMap((qpv) => {
    const taste = Math.exp(0.15 * normal(random));
    const home = centroid(qpv.ring);
    return venues.flatMap((venue): AttendanceCell[] => {
      const { part, km, visits } = attendanceModel[venue.type];
      const away = distance(home, venue.at);
      if (away > 14) return [];
      const users = poisson(random, qpv.population * part * taste * Math.exp(-away / km));
      return users === 0 ? [] : [{ venue, qpv, users, visits: users + poisson(random, users * (visits - 1)) }];
    });
  });
}

/** `frequentation.csv`: `;`, byte-order mark; under eleven users both numbers are `s`; 3 % of the visits are not known. */
export function writeAttendance(cells: readonly AttendanceCell[], seed: number): string {
  const random = stream(seed, "fréquentation, trous");
  const rows = cells.map(({ venue, qpv, users, visits }) => [
    venue.id,
    venue.name,
    venue.type,
    venue.commune.code,
    qpv.code,
    2021,
    users < ATTENDANCE_THRESHOLD ? "s" : users,
    users < ATTENDANCE_THRESHOLD ? "s" : random() < 0.03 ? "" : visits,
  ]);
  const header = ["id_lieu", "nom_lieu", "type_lieu", "code_commune", "code_qp", "annee", "usagers", "entrees"];
  return `\uFEFF${csv(header, rows, { separator: ";" })}`;
}

export function attendanceTruths(cells: readonly AttendanceCell[]): string {
  const truth = {
    synthetique: true,
    definition:
      "usagers : Poisson de moyenne population × part × goût du quartier × exp(−distance / km), distance du centroïde au lieu",
    modele: attendanceModel,
    seuil: ATTENDANCE_THRESHOLD,
    lieux: Object.fromEntries(cells.map(({ venue: { id, at } }) => [id, at.map((km) => rounded(km, 3))])),
    cachees: cells
      .filter(({ users }) => users < ATTENDANCE_THRESHOLD)
      .map(({ venue, qpv, users, visits }) => `${venue.id};${qpv.code};${users};${visits}`),
  };
  return `${JSON.stringify(truth)}\n`;
}
