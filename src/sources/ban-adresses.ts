import { measure, required, text } from "./columns.ts";
import { type Contract, noSecrecy } from "./contract.ts";

const departements: readonly (readonly [code: string, label: string])[] = [
  ["09", "Ariège"],
  ["11", "Aude"],
  ["12", "Aveyron"],
  ["22", "Côtes-d'Armor"],
  ["29", "Finistère"],
  ["30", "Gard"],
  ["31", "Haute-Garonne"],
  ["32", "Gers"],
  ["34", "Hérault"],
  ["35", "Ille-et-Vilaine"],
  ["44", "Loire-Atlantique"],
  ["46", "Lot"],
  ["48", "Lozère"],
  ["49", "Maine-et-Loire"],
  ["53", "Mayenne"],
  ["56", "Morbihan"],
  ["65", "Hautes-Pyrénées"],
  ["66", "Pyrénées-Orientales"],
  ["72", "Sarthe"],
  ["81", "Tarn"],
  ["82", "Tarn-et-Garonne"],
  ["85", "Vendée"],
];

/** Every address of a département, with its point: the national base of addresses. */
function addresses(code: string, label: string): Contract {
  const file = `ban/adresses-${code}.csv.gz`;
  return {
    id: `ban-${code}`,
    title: `Base Adresse Nationale, ${label}`,
    publisher: "DINUM, IGN",
    licence: "Licence Ouverte 2.0",
    vintage: "mise à jour continue",
    url: "https://adresse.data.gouv.fr",
    geography: "points\u00a0; communes de l'année",
    unit: "adresse",
    access: "public",
    files: [file, `ban/adresses-${code}.csv`],
    retrieval: {
      via: "file",
      url: `https://adresse.data.gouv.fr/data/ban/adresses/latest/csv/adresses-${code}.csv.gz`,
      to: file,
    },
    format: "csv",
    csv: { separator: ";", encoding: "utf-8", decimal: ".", ignored: "any" },
    columns: [
      required("id", "text", "Identifiant de l'adresse"),
      text("numero", "Numéro"),
      text("rep", "Indice de répétition"),
      text("nom_voie", "Voie"),
      text("code_postal", "Code postal"),
      required("code_insee", "commune", "Commune"),
      text("nom_commune", "Nom de la commune"),
      measure("x", "Abscisse dans la projection du territoire", "m", [-1_000_000, 2_000_000]),
      measure("y", "Ordonnée dans la projection du territoire", "m", [-10_000_000, 10_000_000]),
      measure("lon", "Longitude", "degrés", [-180, 180]),
      measure("lat", "Latitude", "degrés", [-90, 90]),
      text("type_position", "Ce que désigne le point\u00a0: entrée, bâtiment, parcelle…"),
    ],
    key: ["id"],
    published: true,
    secrecy: noSecrecy,
    notes: [
      "Une adresse n'est pas un logement\u00a0: un immeuble entier n'en a qu'une. Comme poids d'habitants, elle sous-estime les grands ensembles, donc les quartiers.",
      "Fichier renouvelé sans cesse\u00a0: noter la date\u00a0; l'année des communes n'est pas écrite. En-tête de 23 colonnes vu chez des utilisateurs\u00a0; unicité des identifiants non vérifiée ici.",
    ],
  };
}

/** The départements of Bretagne, Pays de la Loire and Occitanie. */
export const banAdressesContracts: readonly Contract[] = departements.map(([code, label]) => addresses(code, label));
