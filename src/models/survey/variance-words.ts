import type { DesignVariance } from "./design.ts";
import type { LonelyUnitRule } from "./lonely-units.ts";
import type { ReplicateMethod } from "./replicate-design.ts";

/** The formula of a variance, as a note under a table says it. */
export const varianceWords: Readonly<Record<DesignVariance | ReplicateMethod, string>> = {
  "ultimate-cluster": "linéarisation, unités primaires tirées avec remise (grappe ultime)",
  "ultimate-cluster-fpc":
    "linéarisation, unités primaires tirées sans remise dans une population finie (grappe ultime)",
  multistage: "linéarisation, somme des degrés de tirage dans leurs populations finies",
  jk1: "réplications par jackknife (JK1)",
  jkn: "réplications par jackknife stratifié (JKn)",
  bootstrap: "réplications par bootstrap de Rao et Wu",
  brr: "demi-échantillons équilibrés (BRR)",
  fay: "demi-échantillons équilibrés de Fay",
  given: "poids de réplication publiés avec l’enquête",
};

/** What was done of strata with one primary unit, as a note says it. */
export const lonelyUnitWords: Readonly<Record<LonelyUnitRule, string>> = {
  fail: "aucune strate à une seule unité",
  certainty: "strates à une seule unité comptées sans variance",
  remove: "strates à une seule unité retirées de la variance",
  centred: "strates à une seule unité centrées sur la moyenne générale",
  average: "strates à une seule unité comptées pour la variance moyenne des autres",
};
