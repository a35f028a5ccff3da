import type { MissingData } from "../experiment.ts";
import type { LoadedStudy } from "./load-study.ts";

/** What this territory lacks, and what a clause should ask for. */
export function missingOf(
  { hasCensus, hasProfile }: Pick<LoadedStudy, "hasCensus" | "hasProfile">,
  { hasBeneficiaries }: { readonly hasBeneficiaries: boolean },
): readonly MissingData[] {
  const missing: MissingData[] = [];
  if (!hasCensus)
    missing.push({
      what: "les ménages du recensement, personne par personne",
      holder: "l’Insee (fichier détail « individus localisés », ouvert)",
      consequence:
        "des ménages types déclarés tiennent leur place, aux proportions que l’Insee publie de l’ensemble des quartiers prioritaires : ce sont des hypothèses, pas des observations",
      clause: "aucune, car le fichier est libre, il faut le télécharger (source rp-indcvi)",
    });
  if (!hasProfile)
    missing.push({
      what: "la composition des ménages de chaque quartier (taille, type, occupation, âge, emploi)",
      holder: "l’Insee (recensement, à façon) ou la Caf",
      consequence:
        "les ménages sont calés sur la population, l’indice de jeunesse et le taux d’emploi publiés, et rapprochés de la commune pour le reste : l’intervalle s’élargit",
      clause:
        "les ménages par taille, type et statut d’occupation et les habitants par âge et emploi, au moins 11 ménages par case",
    });
  if (!hasBeneficiaries)
    missing.push({
      what: "le nombre de bénéficiaires de la C2S par quartier",
      holder: "la Cnam et les caisses primaires (et la MSA pour les régimes agricoles)",
      consequence: "le recours propre à chaque quartier n’est pas mesuré : les taux nationaux lui sont appliqués",
      clause:
        "au 1er janvier, le nombre de bénéficiaires avec et sans participation par quartier, avec le régime et le seuil de secret écrits dans la clause",
    });
  return missing;
}
