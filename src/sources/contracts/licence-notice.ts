import { frenchDate } from "../../codes/french.ts";
import { type Contract, termsOf } from "../contract.ts";
import { columnTable } from "./clause-columns.ts";
import { concentration } from "./clause-secrecy.ts";
import { countOf, purposeWords, typeset } from "./clause-words.ts";
import { isUnstated } from "./threshold.ts";

/** What the known licences ask of whoever uses the data again. */
const duties: readonly (readonly [RegExp, string])[] = [
  [
    /licence ouverte/i,
    "La Licence Ouverte permet toute réutilisation, y compris commerciale, à condition de mentionner la source et la date de dernière mise à jour des données.",
  ],
  [
    /odbl|open database license/i,
    "L'ODbL permet toute réutilisation, à condition de mentionner la source et de placer sous la même licence toute base de données dérivée que l'on rend publique.",
  ],
  [/\bcc0\b/i, "La licence CC0 permet toute réutilisation, sans condition."],
  [
    /\bcc[ -]by\b/i,
    "La licence Creative Commons demande de mentionner l'auteur, la licence et les modifications apportées.",
  ],
];

/**
 * What may be done with open data, and what must be said of it: open data has no clause, since nobody signs.
 * French Markdown.
 */
export function licenceNotice(contract: Contract): string {
  const { title, publisher, licence, vintage, url, geography, unit, secrecy, notes = [] } = contract;
  const { legalBasis, purposes, retention } = termsOf(contract);
  const duty = duties.find(([pattern]) => pattern.test(licence))?.[1];
  const ownLicence = "Cette licence est propre au producteur : ses conditions sont sur la page du jeu de données.";
  const blocks = [
    "# Notice de réutilisation",
    `**${title}**`,
    "Ce jeu de données est public : il n'appelle pas de clause de données, et personne n'a à signer.",
    "## Source et licence",
    `Producteur : ${publisher}. Licence : ${licence}. Millésime : ${vintage}. Page du jeu de données : <${url}>.`,
    duty ?? ownLicence,
    ...(/licence ouverte/i.test(licence)
      ? [
          `Fondement : ${legalBasis}. Sauf accord de l'administration, les données ne sont pas altérées, leur sens n'est pas dénaturé, leur source et la date de leur dernière mise à jour sont mentionnées (même code, art. L. 322-1).`,
        ]
      : []),
    ...(purposes === "toutes" ? [] : [`Finalités permises : ${purposes.map(purposeWords).join(" ; ")}.`]),
    ...(retention === "sans limite" ? [] : [`Les données ne sont plus utilisées après le ${frenchDate(retention)}.`]),
    `Mention à reproduire : « Source : ${publisher}, ${title}, ${vintage}. ${capital(licence)}. »`,
    "## Données",
    `Le fichier compte une ligne par ${unit}. Géographie : ${geography}.`,
    columnTable(contract),
    "Une valeur absente n'est jamais lue comme un zéro.",
    "## Secret statistique",
    secrecy.minUnits > 1
      ? `Aucun résultat calculé à partir de ces données et portant sur moins de ${countOf(secrecy.minUnits, secrecy.unit)} n'est publié. ${isUnstated(secrecy) ? "Le producteur ne publie pas de seuil : le plus strict que l'on connaisse s'applique" : `Origine du seuil : ${secrecy.statedBy}`}.`
      : `Aucun seuil ne s'applique : ${secrecy.statedBy}.`,
    ...concentration(secrecy),
    "La licence ne dispense pas du respect de la vie privée : chercher à reconnaître une personne dans ces données, seules ou croisées avec d'autres, est contraire à leur objet.",
    ...(notes.length > 0 ? ["## Limites", notes.map((note) => `- ${note}`).join("\n")] : []),
  ];
  return `${blocks.map(typeset).join("\n\n")}\n`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
