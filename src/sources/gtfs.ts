import { QuartiersError } from "../codes/errors.ts";
import { type Contract, noSecrecy } from "./contract.ts";
import { gtfsTables } from "./gtfs-tables.ts";
import type { Retrieval } from "./retrieval.ts";

/** A public transport feed: one archive, several tables. */
export interface GtfsFeed {
  readonly id: string;
  readonly title: string;
  readonly publisher: string;
  readonly licence: string;
  readonly vintage: string;
  readonly url: string;
  readonly file: string;
  readonly retrieval?: Retrieval;
  readonly note?: string;
}

const openLicence = "ODbL 1.0 ou Licence Ouverte, selon la page du jeu (non vérifiée)";
const point = (slug: string): string => `https://transport.data.gouv.fr/datasets/${slug}`;

const direct = (
  id: string,
  title: string,
  publisher: string,
  address: string,
  rest: Partial<GtfsFeed> = {},
): GtfsFeed => {
  const file = `gtfs/${id.replace("gtfs-", "")}.zip`;
  return {
    id,
    title,
    publisher,
    licence: openLicence,
    vintage: "jeu courant",
    url: "https://transport.data.gouv.fr",
    file,
    retrieval: { via: "file", url: address, to: file },
    ...rest,
  };
};

const dead =
  "Adresse dite abandonnée par le catalogue des jeux\u00a0: chercher le jeu courant sur le point d'accès national.";
const ratpDev = (n: number): string =>
  `https://ratpdev-mosaic-prod-bucket-raw.s3-eu-west-1.amazonaws.com/${n}/exports/1/gtfs.zip`;
const odsSncf = (file: string): string => `https://eu.ftp.opendatasoft.com/sncf/${file}`;

/** Feeds of Bretagne, Pays de la Loire and the railways, two names for a territory's own feeds, and the two of Porto Alegre. */
export const gtfsFeeds: readonly GtfsFeed[] = [
  {
    id: "gtfs-urbain",
    title: "Transport urbain du territoire",
    publisher: "autorité organisatrice du territoire",
    licence: openLicence,
    vintage: "jeu déposé",
    url: "https://transport.data.gouv.fr",
    file: "gtfs/urbain.zip",
    note: "Jeu d'un territoire quelconque, posé sous ce nom.",
  },
  {
    id: "gtfs-regional",
    title: "Transport interurbain du territoire",
    publisher: "autorité organisatrice du territoire",
    licence: openLicence,
    vintage: "jeu déposé",
    url: "https://transport.data.gouv.fr",
    file: "gtfs/regional.zip",
    note: "Jeu d'un territoire quelconque, posé sous ce nom.",
  },
  direct("gtfs-bibus", "Bibus, Brest", "RATP Dev", ratpDev(11)),
  direct(
    "gtfs-breizhgo",
    "MobiBreizh, Bretagne",
    "Région Bretagne",
    "https://exs.breizgo.cityway.fr/ftp/GTFS/MOBIBREIZHBRET.gtfs.zip",
    {
      url: point("base-de-donnees-multimodale-transports-publics-en-bretagne-mobibreizh-gtfs"),
      note: "Réunit les réseaux bretons\u00a0: ne pas l'ajouter à ceux des villes, les courses y seraient deux fois.",
    },
  ),
  direct("gtfs-kiceo", "Kicéo, Vannes", "RATP Dev", ratpDev(21), {
    url: point("offre-de-transport-du-reseau-de-vannes-kiceo-donnees-theoriques-et-temps-reel"),
  }),
  direct(
    "gtfs-surf",
    "SURF, Fougères",
    "Fougères Agglomération",
    "https://www.data.gouv.fr/fr/datasets/r/665d6c43-598d-4d9d-aa98-206072f4dfa0",
    {
      url: point("reseau-urbain-surf"),
    },
  ),
  direct("gtfs-eurostar", "Eurostar et trains partenaires", "Eurostar", "https://gtfs.eurostar.com/assets/gtfs.zip", {
    url: point("eurostar-gtfs"),
  }),
  direct(
    "gtfs-star",
    "STAR, Rennes",
    "Rennes Métropole",
    "https://eu.ftp.opendatasoft.com/star/gtfs/GTFS_2_20250620_20250629_20250603111256.zip",
    {
      licence: "ODbL 1.0",
      vintage: "20 au 29 juin 2025",
      note: "L'adresse porte les dates de validité\u00a0: elle change à chaque parution.",
    },
  ),
  direct("gtfs-transilien", "Transilien", "SNCF", "http://files.transilien.com/horaires/gtfs/export-TN-GTFS-LAST.zip", {
    note: dead,
  }),
  direct(
    "gtfs-aleop",
    "Aléop, Pays de la Loire",
    "Région Pays de la Loire",
    "https://donnees.paysdelaloire.fr/data/pdl.zip",
    {
      url: "https://data.paysdelaloire.fr/explore/dataset/234400034_lignes-regulieres-de-transports-regionaux-arrets/information/",
      note: "Réunit des réseaux urbains et interurbains de la région\u00a0: ne pas l'ajouter à ceux des villes.",
    },
  ),
  direct(
    "gtfs-maybus",
    "May'bus, Mayenne",
    "Ville de Mayenne",
    "https://zenbus.net/gtfs/static/download.zip?dataset=maybus",
    {
      url: point("horaires-theoriques-et-temps-reel-du-reseau-maybus-mayenne-gtfs-gtfs-rt"),
    },
  ),
  direct(
    "gtfs-pays-de-la-loire",
    "Pays de la Loire",
    "Région Pays de la Loire",
    "https://transitfeeds.com/p/region-des-pays-de-la-loire/1071/latest/download",
    { licence: "ODbL 1.0", note: "Copie d'un dépôt de jeux, dont la fraîcheur n'est pas garantie." },
  ),
  direct(
    "gtfs-ter-pays-de-la-loire",
    "TER et cars, Pays de la Loire",
    "SNCF",
    odsSncf("plandata/export-ter-gtfs-last.zip"),
    {
      licence: "Licence Ouverte 2.0",
      note: dead,
    },
  ),
  direct(
    "gtfs-brevibus",
    "Brévibus, Paimbœuf",
    "Transdev",
    "https://www.data.gouv.fr/fr/datasets/r/b8d1007f-567e-48c4-9c40-bee205f1e688",
    {
      url: point("reseau-urbain-brevibus"),
    },
  ),
  direct("gtfs-tgv", "TGV", "SNCF", odsSncf("gtfs/export_gtfs_voyages.zip"), { note: dead }),
  direct("gtfs-intercites", "Intercités", "SNCF", odsSncf("gtfs/export-intercites-gtfs-last.zip"), { note: dead }),
  direct("gtfs-ter", "TER", "SNCF", odsSncf("gtfs/export-ter-gtfs-last.zip"), { note: dead }),
  {
    id: "gtfs-porto-alegre-bus",
    title: "Bus de Porto Alegre (banc d'essai)",
    publisher: "EPTC (extrait de l'extension r5r)",
    licence: "MIT",
    vintage: "15 avril au 15 juillet 2019",
    url: "https://github.com/ipeaGIT/r5r",
    file: "porto_alegre/poa_eptc.zip",
    note: "Une heure à 4 748 passages sur 130 019\u00a0: interpoler le long de la course. Courses de 11 h 20 à 17 h 50, en semaine.",
  },
  {
    id: "gtfs-porto-alegre-train",
    title: "Train de Porto Alegre (banc d'essai)",
    publisher: "Trensurb (extrait de l'extension r5r)",
    licence: "MIT",
    vintage: "1er mars au 31 décembre 2019",
    url: "https://github.com/ipeaGIT/r5r",
    file: "porto_alegre/poa_trensurb.zip",
    note: "Un blanc suit une virgule dans l'en-tête d'agency.txt. Aucun jour commun avec le bus le dimanche.",
  },
];

/**
 * The contract of one table of a feed. `stops` stands for the whole feed in the catalogue, under the feed's own identifier.
 * @param optional names of the optional columns to read too: those that this feed has
 * @throws QuartiersError for a table that is not in the GTFS reference, or not described here
 * @example
 * ```ts
 * gtfsContract(gtfsFeeds[0], "trips").member // "trips.txt"
 * ```
 */
export function gtfsContract(feed: GtfsFeed, table: string, optional: readonly string[] = []): Contract {
  const found = gtfsTables.find(({ name }) => name === table);
  if (!found) {
    throw new QuartiersError({
      what: "Cette table n'est pas décrite dans un jeu GTFS",
      value: table,
      expected: gtfsTables.map(({ name }) => name).join(", "),
    });
  }
  const { id, title, publisher, licence, vintage, url, file, retrieval, note } = feed;
  return {
    id: table === "stops" ? id : `${id}-${table.replaceAll("_", "-")}`,
    title: table === "stops" ? title : `${title}, ${found.label}`,
    publisher,
    licence,
    vintage,
    url,
    geography: "points et lignes",
    unit: found.unit,
    access: "public",
    files: [file],
    member: `${table}.txt`,
    ...(retrieval ? { retrieval } : {}),
    format: "csv",
    csv: { separator: ",", encoding: "utf-8", decimal: ".", ignored: "any", lastLineEnd: "optional" },
    columns: [...found.columns, ...(found.optional ?? []).filter((column) => optional.includes(column.name))],
    key: found.key,
    published: true,
    secrecy: noSecrecy,
    notes: [
      "Une archive de tables (stops, routes, trips, stop_times, calendar…)\u00a0; celle-ci ne lit que les colonnes que la référence GTFS exige, et celles dont un trajet dépend.",
      "Des horaires valent pour une période\u00a0: choisir un jour où le service circule (calendar, puis calendar_dates).",
      ...(note === undefined ? [] : [note]),
    ],
  };
}
