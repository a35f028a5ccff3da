import { required } from "./columns.ts";
import { type Contract, noSecrecy } from "./contract.ts";

type Level = "communes" | "departements" | "region";

const levels: Readonly<
  Record<
    Level,
    {
      readonly title: string;
      readonly plural: string;
      readonly type: "commune" | "departement" | "region";
      readonly unit: string;
    }
  >
> = {
  communes: { title: "Contours des communes", plural: "communes", type: "commune", unit: "commune" },
  departements: {
    title: "Contours des départements",
    plural: "départements",
    type: "departement",
    unit: "département",
  },
  region: { title: "Contour de la région", plural: "région", type: "region", unit: "région" },
};

const regions = { bretagne: "Bretagne", "pays-de-la-loire": "Pays de la Loire", occitanie: "Occitanie" } as const;

const communesNote: Readonly<Partial<Record<keyof typeof regions, string>>> = {
  bretagne:
    "1 232 communes au COG 2018, contre moins de 1 210 aujourd'hui\u00a0: passer par l'historique avant de joindre.",
  "pays-de-la-loire":
    "1 272 communes au COG 2018, contre environ 1 220 aujourd'hui\u00a0: passer par l'historique avant de joindre.",
};

/** Outlines of one level in one region, COG 2018, simplified to a quarter of their points. */
function contours(level: Level, region: keyof typeof regions): Contract {
  const { title, plural, type, unit } = levels[level];
  const note = level === "communes" ? communesNote[region] : undefined;
  return {
    id: `${level}-2018-${region}`,
    title: `${title}, ${regions[region]}`,
    publisher: "IGN (Admin Express)",
    licence: "Licence Ouverte 2.0",
    vintage: "COG 2018",
    url: "https://github.com/gregoiredavid/france-geojson",
    geography: `${plural}, COG 2018`,
    geographies: level === "communes" ? { commune: 2018 } : level === "departements" ? { departement: 2018 } : {},
    unit,
    access: "public",
    files: [`contours_communes_2018/${level}-${region}.geojson`, `contours-cog2018/${level}-${region}.geojson`],
    format: "geojson",
    columns: [required("code", type, "Code"), required("nom", "text", "Nom")],
    key: ["code"],
    published: true,
    secrecy: noSecrecy,
    notes: [
      "Simplifiés au quart de leurs points\u00a0: des interstices et des recouvrements subsistent, un point de la limite peut ne tomber dans aucune commune. Un fond de carte, non une mesure.",
      ...(note === undefined ? [] : [note]),
    ],
  };
}

/** The files at hand: communes of two regions, départements of the same, and the outline of three regions. */
export const contoursCog2018Contracts: readonly Contract[] = [
  contours("communes", "bretagne"),
  contours("communes", "pays-de-la-loire"),
  contours("departements", "bretagne"),
  contours("departements", "pays-de-la-loire"),
  contours("region", "bretagne"),
  contours("region", "pays-de-la-loire"),
  contours("region", "occitanie"),
];
