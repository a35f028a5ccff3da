import { frenchDate } from "../../codes/french.ts";
import type { Contract } from "../contract.ts";
import type { Terms } from "../terms.ts";
import { enumerate, isIndividual, purposeWords, theColumns, touchesHealth } from "./clause-words.ts";

/** A place that the parties fill by hand. */
export const blank = "[à compléter]";

/** Article 3: why the use is lawful, and for what. */
export function purposes(contract: Contract): readonly string[] {
  const { terms } = contract;
  const individual = isIndividual(contract);
  const list = terms === undefined ? [blank] : terms.purposes === "toutes" ? null : terms.purposes.map(purposeWords);
  return [
    `Base légale : ${terms?.legalBasis ?? blank}.`,
    list === null
      ? "Les données peuvent servir à toute finalité statistique d'intérêt général."
      : `Les données servent ${list.length > 1 ? "aux seules finalités suivantes" : "à la seule finalité suivante"} :`,
    ...(list === null
      ? []
      : [list.map((purpose, i) => `- ${purpose}${i === list.length - 1 ? "." : " ;"}`).join("\n")]),
    "Toute autre finalité suppose une nouvelle clause, signée par les deux parties. Les données ne servent ni à une décision concernant une personne, ni au contrôle, ni à la prospection.",
    `${individual ? "Le traitement respecte le RGPD" : "Toute donnée qui permettrait de reconnaître une personne est traitée dans le respect du RGPD"} et ${individual ? "la" : "de la"} loi Informatique et Libertés. Chaque partie est responsable des traitements qu'elle met en œuvre. Le traitement ultérieur à des fins statistiques ou de recherche scientifique n'est pas considéré comme incompatible avec la finalité de la collecte, sous les garanties de l'article 89 du RGPD (art. 5, 1, b). Seules les données nécessaires sont transmises (art. 5, 1, c).`,
    ...(touchesHealth(contract)
      ? [
          `Les données touchent à la protection sociale en matière de santé. Les parties conviennent de leur accorder la protection des données sensibles, y compris sous forme agrégée : ${individual ? "leur traitement suppose l'une des exceptions de l'article 9, 2, du RGPD, que le fournisseur indique avant la remise du fichier." : "aucune donnée qui concernerait la santé d'une personne reconnaissable, au sens de l'article 9 du RGPD, n'est transmise."}`,
        ]
      : []),
    ...(individual
      ? [
          "Le fournisseur s'assure que les personnes ont reçu l'information que prévoient les articles 13 et 14 du RGPD. Avant la remise du fichier, les parties examinent si une analyse d'impact relative à la protection des données est requise et, dans ce cas, la réalisent (RGPD, art. 35).",
        ]
      : []),
  ];
}

/** Article 4: who sees the rows. */
export function recipients(terms: Terms | undefined): readonly string[] {
  const list = terms?.recipients ?? [blank];
  return [
    `${list.length > 1 ? "Seuls accèdent" : "Seul accède"} aux lignes du fichier : ${enumerate(list)}.`,
    "Les données ne sont ni cédées, ni communiquées à un tiers. Si le programme recourt à un sous-traitant, un contrat conforme à l'article 28 du RGPD le lie, et le fournisseur en est informé au préalable.",
    "La clause n'ouvre à personne un droit d'accès au fichier. Si celui-ci est un document administratif, l'article L. 311-6 du code des relations entre le public et l'administration s'applique : ce qui porterait atteinte à la vie privée ou au secret des affaires n'est communicable qu'à l'intéressé.",
  ];
}

/** Article 5: with which datasets. */
export function joins({ joins: allowed }: Contract, titles: ReadonlyMap<string, string>): readonly string[] {
  const limits =
    "Aucun croisement ne vise à reconnaître une personne, un ménage ou un établissement. Un tableau issu d'un croisement suit la plus stricte des règles de ses sources.";
  if (allowed === undefined)
    return [
      `Les données peuvent être croisées avec les autres jeux de données du programme, pour les seules finalités de l'article 3. ${limits}`,
    ];
  if (allowed.length === 0) return [`Aucun croisement avec un autre jeu de données n'est autorisé. ${limits}`];
  const named = allowed.map((id) => (titles.has(id) ? `« ${titles.get(id)} » (\`${id}\`)` : `\`${id}\``));
  return [
    `Les données ne peuvent être croisées qu'avec ${allowed.length > 1 ? "les jeux de données suivants" : "le jeu de données suivant"} : ${enumerate(named)}.`,
    limits,
  ];
}

/** Article 7: until when, and what then. */
export function retention({ terms, files }: Contract): readonly string[] {
  const limit =
    terms === undefined
      ? `Les données sont conservées et utilisées jusqu'au ${blank} inclus`
      : terms.retention === "sans limite"
        ? null
        : `Les données sont conservées et utilisées jusqu'au ${frenchDate(terms.retention)} inclus`;
  const principle =
    "La durée de conservation n'excède pas ce qu'exigent les finalités de l'article 3 (RGPD, art. 5, 1, e).";
  if (limit === null)
    return [
      `Les parties ne fixent pas de terme. Chaque année, elles examinent si les données sont encore nécessaires et, à défaut, le programme les détruit. ${principle}`,
    ];
  return [
    `${limit}. ${principle}`,
    `Après ce jour, toute nouvelle utilisation est refusée. Le programme détruit ${files.length > 1 ? "les fichiers remis, leurs copies" : "le fichier remis, ses copies"} et ses sauvegardes sans délai, et l'atteste par écrit. Les résultats déjà publiés dans le respect de l'article 6 sont conservés.`,
  ];
}

/** Article 8: measures, and the ban on recognising anyone. */
export function security(contract: Contract): readonly string[] {
  const { quasiIdentifiers = [] } = contract;
  return [
    "Le programme prend les mesures techniques et d'organisation adaptées au risque (RGPD, art. 32) : accès nominatif, réservé aux destinataires de l'article 4 ; chiffrement du fichier pendant sa remise et sur son support.",
    "**Réidentification.** Il est interdit de chercher à reconnaître une personne, un ménage ou un établissement, par quelque moyen que ce soit, et d'aider un tiers à le faire.",
    ...(quasiIdentifiers.length > 0
      ? [
          `Prises ensemble, ${theColumns(quasiIdentifiers)} pourraient désigner une personne. Elles ne sont ni publiées ensemble, ni rapprochées d'une autre source à cette fin.`.replace(
            /^Prises ensemble, la colonne (.*) pourraient désigner une personne\. Elles ne sont ni publiées ensemble, ni rapprochées/,
            "Rapprochée d'une autre source, la colonne $1 pourrait désigner une personne. Elle n'est ni publiée ligne à ligne, ni rapprochée",
          ),
        ]
      : []),
    "Le programme informe sans délai le fournisseur de toute violation de données ou de toute réidentification, même fortuite, et lui communique ce qui est nécessaire aux notifications prévues aux articles 33 et 34 du RGPD.",
  ];
}
