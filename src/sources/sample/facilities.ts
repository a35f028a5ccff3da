import type { Land, SampleCommune } from "./communes.ts";
import { placeIn } from "./employment.ts";
import { type Point, toDegrees } from "./geometry.ts";
import { toLambert93 } from "./lambert93.ts";
import { poisson } from "./poisson.ts";
import { stream } from "./stream.ts";
import { csv, rounded } from "./writing.ts";

/** Facilities a 10 000 inhabitants by type of the BPE 2018 (rounded orders of magnitude of a French region). */
const rates2018: Readonly<Record<string, number>> = {
  A104: 0.7,
  A203: 4.7,
  A205: 1.6,
  A206: 1.7,
  A208: 1.4,
  A301: 16.5,
  A302: 1.3,
  A303: 0.8,
  A304: 2.6,
  A401: 29,
  A402: 22,
  A403: 17,
  A404: 17,
  A405: 15,
  A406: 4.5,
  A501: 16,
  A502: 2.3,
  A503: 1.6,
  A504: 40,
  A505: 15,
  A506: 1.8,
  A507: 9,
  B101: 0.3,
  B102: 1.9,
  B103: 0.9,
  B201: 1.1,
  B202: 5,
  B203: 8.3,
  B204: 4.3,
  B302: 11,
  B303: 2.1,
  B304: 1.9,
  B309: 1.5,
  B312: 3,
  B316: 1.8,
  C101: 1.9,
  C104: 4.6,
  C201: 1,
  C301: 0.36,
  C501: 0.11,
  D101: 0.23,
  D106: 0.13,
  D201: 10.5,
  D221: 7,
  D232: 22,
  D233: 15,
  D235: 3.8,
  D301: 3.8,
  D401: 1.7,
  D502: 2,
  D601: 0.4,
  E101: 4.8,
  F101: 0.8,
  F103: 3.6,
  F107: 0.5,
  F111: 2.9,
  F113: 4.3,
  F120: 1.5,
  F121: 1.8,
  F303: 0.36,
  F304: 0.22,
  F305: 0.034,
  F306: 0.14,
  G101: 1.3,
  G102: 3.4,
  G104: 1.6,
};

/** Rare functions stay in towns; the others go where people live. */
const townOnly = new Set([
  "A104",
  "B101",
  "B303",
  "C301",
  "C501",
  "D101",
  "D106",
  "D601",
  "F107",
  "F303",
  "F304",
  "F305",
  "F306",
  "F312",
  "F315",
]);

/** Located facilities a 10 000 inhabitants, types of the BPE 2023: culture, and services as places of work. */
const rates2023: Readonly<Record<string, number>> = {
  F303: 0.4,
  F305: 0.5,
  F307: 2.8,
  F312: 0.9,
  F313: 1.4,
  F315: 0.7,
  A206: 1.7,
  A501: 16,
  B202: 5,
  B203: 8.3,
  D307: 3.8,
};

/** Towns serve more people than their own; villages have less than their share. */
function expected(type: string, rate: number, commune: SampleCommune, population: number): number {
  const town = commune.type !== "autre";
  if (townOnly.has(type) && !town) return (rate * population) / 10_000 / 6;
  const seaside = commune.type === "ville littorale" && (type === "A504" || type.startsWith("G1")) ? 2.2 : 1;
  return ((rate * population) / 10_000) * (commune.isCentre ? 1.15 : town ? 1.2 : 0.7) * seaside;
}

/** Here IRIS exist in communes of 10 000 inhabitants or more: how many. */
export const irisCount = (population: number): number =>
  population < 10_000 ? 0 : Math.max(2, Math.round(population / 2_600));
/** DCIRIS of a part, in the spelling with `_`. */
export const irisCode = (commune: string, rank: number): string =>
  `${commune}_${String(Math.floor(rank / 9) + 1).padStart(2, "0")}${String((rank % 9) + 1).padStart(2, "0")}`;

/** `bpe18_ensemble_iris.csv`: counts by commune or IRIS and type; DCIRIS is the bare commune code where there is no IRIS. */
export function writeFacilityCounts(
  { communes }: Land,
  populations: ReadonlyMap<string, number>,
  seed: number,
): string {
  const random = stream(seed, "bpe par iris");
  const rows = communes.flatMap((commune) => {
    const population = populations.get(commune.code) ?? 0;
    const parts = irisCount(population);
    const counts = new Map<string, number>();
    for (const [type, rate] of Object.entries(rates2018)) {
      const total = poisson(random, expected(type, rate, commune, population));
      for (let i = 0; i < total; i++) {
        const where = parts === 0 ? commune.code : irisCode(commune.code, Math.floor(random() ** 1.3 * parts));
        const key = `${where} ${type}`;
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
    return [...counts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, count]) => {
        const [dciris, type] = key.split(" ");
        return ["00", "00", commune.code, dciris, "2018", type, count];
      });
  });
  return csv(["REG", "DEP", "DEPCOM", "DCIRIS", "AN", "TYPEQU", "NB_EQUIP"], rows, { separator: "," });
}

/** A facility of the BPE with coordinates. */
export interface LocatedFacility {
  readonly type: string;
  /** [lon, lat] as written; null when the file has no coordinates for it. */
  readonly at: Point | null;
  /** Its line in the file. */
  readonly line: readonly (string | number)[];
}

/** One line a facility. The badly placed ones stand at the town centre, 3 % have no coordinates; each end of the quality scale is met. */
export function makeLocatedFacilities(
  { communes }: Land,
  populations: ReadonlyMap<string, number>,
  seed: number,
): readonly LocatedFacility[] {
  const random = stream(seed, "bpe située");
  return communes.flatMap((commune) => {
    const population = populations.get(commune.code) ?? 0;
    const parts = irisCount(population);
    return Object.entries(rates2023).flatMap(([type, rate]) => {
      const count = Math.max(commune.isCentre ? 1 : 0, poisson(random, expected(type, rate, commune, population)));
      return Array.from({ length: count }, (): LocatedFacility => {
        const dciris = parts === 0 ? commune.code : irisCode(commune.code, Math.floor(random() ** 1.3 * parts));
        const draw = random();
        const quality = draw < 0.03 ? "" : draw < 0.1 ? "Mauvaise" : draw < 0.24 ? "Acceptable" : "Bonne";
        const place = located(quality === "Mauvaise" ? commune.centre : placeIn(commune, population, random));
        const screens = type === "F303" ? 1 + Math.floor(random() ** 2.2 * (commune.isCentre ? 14 : 7)) : 0;
        const cinema = type === "F303" ? [screens, screens >= 8 ? 1 : 0] : ["", ""];
        const written = quality === "" ? ["", "", "", ""] : place;
        return {
          type,
          at: quality === "" ? null : [place[2], place[3]],
          line: ["2023", "00", "00", commune.code, dciris, type, ...written, quality, ...cinema],
        };
      });
    });
  });
}

/** `bpe23.csv`. */
export function writeLocatedFacilities(facilities: readonly LocatedFacility[]): string {
  const header = [
    "AN",
    "DEP",
    "REG",
    "DEPCOM",
    "DCIRIS",
    "TYPEQU",
    "LAMBERT_X",
    "LAMBERT_Y",
    "LONGITUDE",
    "LATITUDE",
    "QUALITE_XY",
    "NBSALLES",
    "MULTIPLEXE",
  ];
  return csv(
    header,
    facilities.map(({ line }) => line),
    { separator: ";" },
  );
}

/** Lambert-93 and WGS 84 of one same point, rounded as INSEE does: centimetres and 1e-5 degree. */
function located(place: Point): [number, number, number, number] {
  const [lon, lat] = toDegrees(place);
  const [x, y] = toLambert93(lon, lat);
  return [rounded(x, 2), rounded(y, 2), lon, lat];
}
