import { type Random, weightedIndex } from "../../codes/random.ts";
import type { Land, SampleCommune } from "./communes.ts";
import { placeIn } from "./employment.ts";
import { contains, type Point, toDegrees } from "./geometry.ts";
import { toLambert93 } from "./lambert93.ts";
import type { SampleQpv } from "./neighbourhoods.ts";
import { postcodes } from "./post.ts";
import { stream } from "./stream.ts";
import { csv, rounded } from "./writing.ts";

const ESTABLISHMENTS = 3_000;
/** A domiciliation office: so many establishments at one door, hardly any staff. */
const PILE = 140;
/** Share without a place. */
const UNPLACED = 0.03;

const naf = [
  "47.11B",
  "56.10A",
  "68.20B",
  "81.21Z",
  "86.90E",
  "84.11Z",
  "49.41A",
  "43.21A",
  "10.13A",
  "62.01Z",
  "70.22Z",
  "96.02A",
  "03.11Z",
  "88.10A",
  "85.59A",
  "78.20Z",
  "55.10Z",
];
const bands = ["", "NN", "00", "01", "02", "03", "11", "12", "21", "22", "31", "32", "41", "51"];
const bandWeights = [30, 22, 6, 17, 8, 6, 5, 3.5, 1.3, 0.6, 0.3, 0.15, 0.08, 0.02];

interface Establishment {
  readonly siret: string;
  readonly commune: SampleCommune;
  readonly at: Point;
  readonly band: string;
  readonly naf: string;
  readonly open: boolean;
  readonly pile: boolean;
  readonly created: string;
  readonly head: boolean;
  readonly placed: boolean;
}

/** Luhn key of a number: the last digit weighs two. */
function luhnKey(digits: string): string {
  const sum = [...digits].reverse().reduce((total, digit, i) => {
    const value = Number(digit) * (i % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return String((10 - (sum % 10)) % 10);
}

const drawBand = (random: Random): string => bands[weightedIndex(random, bandWeights)];

/** Establishments where people live and work, and a pile of head offices at the heart of the metropolis. */
export function makeEstablishments(
  { communes }: Land,
  populations: ReadonlyMap<string, number>,
  seed: number,
): readonly Establishment[] {
  const random = stream(seed, "sirene");
  const weights = communes.map(({ code }) => (populations.get(code) ?? 0) ** 1.05);
  const heart = communes.find(({ isCentre }) => isCentre) as SampleCommune;
  return Array.from({ length: ESTABLISHMENTS }, (_, i) => {
    const pile = i < PILE;
    const commune = pile ? heart : communes[weightedIndex(random, weights)];
    const at: Point = pile
      ? [heart.centre[0] + 0.41, heart.centre[1] - 0.27]
      : placeIn(commune, populations.get(commune.code) ?? 0, random);
    const enterprise = `0${String(1_000_000 + (i % 7 === 6 ? i - 1 : i))}`;
    const siren = `${enterprise}${luhnKey(enterprise)}`;
    const number = `${siren}000${i % 7 === 6 ? 2 : 1}`;
    return {
      siret: `${number}${luhnKey(number)}`,
      commune,
      at,
      band: pile ? (random() < 0.8 ? "NN" : "01") : drawBand(random),
      naf: pile ? "70.22Z" : naf[Math.floor(random() ** 1.2 * naf.length)],
      open: random() < 0.62,
      pile,
      created: `${1975 + Math.floor(random() ** 0.6 * 46)}-${String(1 + Math.floor(random() * 12)).padStart(2, "0")}-${String(1 + Math.floor(random() * 28)).padStart(2, "0")}`,
      head: i % 7 !== 6,
      placed: random() >= UNPLACED,
    };
  });
}

/** `StockEtablissement_utf8.csv`: the columns of the stock that we know, `,`. */
export function writeStock(
  list: readonly Establishment[],
  communes: readonly SampleCommune[],
  populations: ReadonlyMap<string, number>,
): string {
  const codes = postcodes(communes, populations);
  const rows = list.map(({ siret, commune, band, naf: activity, open, created, head }) => [
    siret.slice(0, 9),
    siret.slice(9),
    siret,
    "O",
    created,
    band,
    band === "" || band === "NN" ? "" : 2020,
    String(head),
    codes.get(commune.code)?.[0] ?? "",
    commune.code,
    open ? "A" : "F",
    activity,
    "NAFRev2",
    band === "" || band === "NN" ? "N" : "O",
  ]);
  const header =
    "siren,nic,siret,statutDiffusionEtablissement,dateCreationEtablissement,trancheEffectifsEtablissement,anneeEffectifsEtablissement,etablissementSiege,codePostalEtablissement,codeCommuneEtablissement,etatAdministratifEtablissement,activitePrincipaleEtablissement,nomenclatureActivitePrincipaleEtablissement,caractereEmployeurEtablissement";
  return csv(header.split(","), rows, { separator: "," });
}

/** The geolocation file, `;`: Lambert-93, the neighbourhood of 2015 that the point falls in (CSZ when none). */
export function writePlaces(list: readonly Establishment[], qpvs: readonly SampleQpv[]): string {
  const rows = list
    .filter(({ placed }) => placed)
    .map(({ siret, commune, at, pile }) => {
      const [lon, lat] = toDegrees(at);
      const [x, y] = toLambert93(lon, lat);
      return [
        siret,
        rounded(x, 2),
        rounded(y, 2),
        pile ? "11" : "12",
        2154,
        qpvAt([lon, lat], qpvs),
        "CSZ",
        "",
        commune.code,
        pile ? 10 : 50,
        lat,
        lon,
      ];
    });
  const header =
    "siret;x;y;qualite_xy;epsg;plg_qp15;plg_qp24;plg_iris;plg_code_commune;distance_precision;y_latitude;x_longitude";
  return csv(header.split(";"), rows, { separator: ";" });
}

const qpvAt = (place: Point, qpvs: readonly SampleQpv[]): string =>
  qpvs.find(({ written }) => contains(written, place))?.code ?? "CSZ";

/** Counts by neighbourhood, with and without the pile. */
export function establishmentTruths(list: readonly Establishment[], qpvs: readonly SampleQpv[]): string {
  const counts: Record<string, number> = {};
  for (const { at, placed, open } of list) {
    if (!placed || !open) continue;
    const code = qpvAt(toDegrees(at), qpvs);
    if (code !== "CSZ") counts[code] = (counts[code] ?? 0) + 1;
  }
  const pile = list.filter((one) => one.pile);
  const truth = {
    synthetique: true,
    definition: "établissements en activité (A) situés dans chaque quartier de 2015",
    quartiers: counts,
    pile: {
      adresses: pile.length,
      en_activite: pile.filter(({ open }) => open).length,
      point: toDegrees(pile[0].at),
      commune: pile[0].commune.code,
    },
    sans_point: list.filter(({ placed }) => !placed).length,
  };
  return `${JSON.stringify(truth, null, 1)}\n`;
}
