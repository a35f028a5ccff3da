import { count, measure, required } from "./columns.ts";
import { type Contract, noSecrecy } from "./contract.ts";

const bench = {
  licence: "MIT",
  access: "public",
  format: "csv",
  csv: { separator: ",", encoding: "utf-8", decimal: "." },
  published: true,
  secrecy: noSecrecy,
} as const;

const belo = {
  ...bench,
  publisher: "Ipea (extension accessibility)",
  vintage: "2019",
  url: "https://github.com/ipeaGIT/accessibility",
  geography: "hexagones H3, Belo Horizonte",
} as const;

const porto = {
  ...bench,
  publisher: "Ipea (extension r5r)",
  vintage: "2019",
  url: "https://github.com/ipeaGIT/r5r",
  geography: "hexagones H3, Porto Alegre",
} as const;

/** Transit times between hexagons of Belo Horizonte: what access measures are compared on with R and Python. */
export const beloHorizonteTempsContract: Contract = {
  ...belo,
  id: "belo-horizonte-temps",
  title: "Temps de trajet entre hexagones de Belo Horizonte (banc d'essai)",
  unit: "couple d'hexagones",
  files: ["belo_horizonte/travel_matrix.csv.gz"],
  columns: [
    required("from_id", "text", "Hexagone de départ"),
    required("to_id", "text", "Hexagone d'arrivée"),
    measure("travel_time", "Temps en transport collectif et à pied", "min", [0, 120], { required: true }),
  ],
  key: ["from_id", "to_id"],
  notes: [
    "748 437 couples sur 806 404\u00a0: un couple absent n'est pas atteint en 120 minutes\u00a0; il est infini, jamais zéro.",
    "Le temps d'un hexagone à lui-même est positif (5,8 minutes au plus).",
  ],
};

/** Population, jobs, schools and income of the hexagons of Belo Horizonte. */
export const beloHorizonteHexagonesContract: Contract = {
  ...belo,
  id: "belo-horizonte-hexagones",
  title: "Hexagones de Belo Horizonte (banc d'essai)",
  unit: "hexagone",
  files: ["belo_horizonte/land_use_data.csv"],
  columns: [
    required("id", "text", "Hexagone"),
    count("population", "Habitants", "personnes", 50_000, { required: true }),
    count("jobs", "Emplois", "emplois", 50_000, { required: true }),
    count("schools", "Écoles", "écoles", 100, { required: true }),
    measure("income_per_capita", "Revenu par habitant", "BRL/mois", [0, 100_000]),
    measure("income_decile", "Décile de revenu", "", [1, 10]),
  ],
  key: ["id"],
  notes: ["Revenu absent de 78 hexagones sans habitant. Aucune coordonnée\u00a0: l'identifiant H3 les porte."],
};

/** Population, jobs, schools and health care of the hexagons of Porto Alegre. */
export const portoAlegreHexagonesContract: Contract = {
  ...porto,
  id: "porto-alegre-hexagones",
  title: "Hexagones de Porto Alegre (banc d'essai)",
  unit: "hexagone",
  files: ["porto_alegre/poa_hexgrid.csv"],
  columns: [
    required("id", "text", "Hexagone"),
    measure("lon", "Longitude", "degrés", [-52, -51], { required: true }),
    measure("lat", "Latitude", "degrés", [-31, -29], { required: true }),
    count("population", "Habitants", "personnes", 50_000, { required: true }),
    count("schools", "Écoles", "écoles", 100, { required: true }),
    count("jobs", "Emplois", "emplois", 50_000),
    count("healthcare", "Lieux de soins", "lieux", 100),
  ],
  key: ["id"],
  notes: ["Emplois et lieux de soins absents de cinq hexagones\u00a0: nd, et non zéro."],
};

/** Fifteen places of Porto Alegre, to look at routes by eye. */
export const portoAlegreLieuxContract: Contract = {
  ...porto,
  id: "porto-alegre-lieux",
  title: "Lieux de Porto Alegre (banc d'essai)",
  geography: "points",
  unit: "lieu",
  files: ["porto_alegre/poa_points_of_interest.csv"],
  columns: [
    required("id", "text", "Lieu"),
    measure("lat", "Latitude", "degrés", [-31, -29], { required: true }),
    measure("lon", "Longitude", "degrés", [-52, -51], { required: true }),
  ],
  key: ["id"],
};
