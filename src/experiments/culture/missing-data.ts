import type { MissingData } from "../experiment.ts";

/** What a territory lacks, said in the chapter instead of invented. */
export function cultureMissing({
  homes,
  placed,
}: {
  readonly homes: boolean;
  readonly placed: boolean;
}): readonly MissingData[] {
  const asked: MissingData[] = [
    {
      what: "les horaires, les places et les prix des lieux",
      holder: "chaque lieu, sa commune ou sa billetterie",
      consequence: "un lieu compte pour un, qu’il ouvre dix ou cinquante heures par semaine",
      clause: "les heures d’ouverture, le nombre de places et le prix le moins cher de chaque lieu subventionné",
    },
  ];
  if (!homes)
    asked.unshift({
      what: "une enquête qui sait le quartier, et ce que les habitants voudraient faire",
      holder: "personne à cette échelle ; le DEPS pour la France",
      consequence: "ni l’écart entre quartiers et reste, ni l’effet de la distance, ni l’attente ne sont mesurés",
      clause:
        "une enquête qui demande, pour chaque sortie, si la personne y est allée, si elle l’aurait voulu et ce qui l’en empêche, avec le quartier, l’âge, le diplôme, la marche jusqu’au lieu et un poids",
    });
  if (!placed)
    asked.unshift({
      what: "les équipements avec leurs coordonnées",
      holder: "l’Insee (Base permanente des équipements géolocalisée, en accès libre)",
      consequence: "l’offre n’est connue qu’à la commune, et « à moins d’un kilomètre » ne peut pas être calculé",
      clause: "aucune ; le fichier est public, il suffit de le placer dans le dossier des données",
    });
  return asked;
}
