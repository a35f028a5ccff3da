import { grouped } from "../transparency/grouped.ts";
import type { CountedRefusal } from "./refusals.ts";

/** What the reading of written bytes and the ledger refuse, in words; a refusal of the gate already says its rule in words. */
const words: Readonly<Record<string, string>> = {
  recoupement: "recoupement avec les publications d'avant",
  identifiant: "texte en forme d'identifiant ou d'adresse",
  "fichier-inattendu": "fichier que le livre n'écrit pas",
  "fichier-illisible": "fichier abîmé",
  "ligne-non-diffusee": "ligne qui n'est pas celle du tableau contrôlé",
  "champ-non-diffuse": "champ qui n'a pas été contrôlé",
  "dessin-different": "dessin qui n'est pas celui de la figure contrôlée",
  "marque-en-trop": "dessin qui a plus de marques que de lignes contrôlées",
  "element-inconnu": "élément que le livre n'écrit pas",
  commentaire: "commentaire resté dans un fichier",
  "nombre-sans-origine": "nombre qui n'a pas été contrôlé",
  "texte-sans-origine": "texte qui n'a pas été contrôlé",
  "metadonnee-inconnue": "information cachée dans un fichier",
  "piece-cachee": "pièce cachée dans un fichier",
  "sortie-de-carnet": "trace d'exécution restée dans un carnet",
  "chemin-de-machine": "nom propre à un ordinateur",
  "valeur-gardee": "valeur d'une source gardée",
};

/** Refusals as they are printed: the rule in words, and one line for those of one file and one rule, whatever their place in the file. */
export function printedRefusals(refusals: readonly CountedRefusal[]): readonly CountedRefusal[] {
  const alike = grouped(refusals.map(inWords), ({ place, rule, clause }) => JSON.stringify([place, rule, clause]));
  return [...alike.values()].map((some) => {
    const days = some.flatMap(({ first, last }) => [first, last]).sort();
    return {
      ...(some[0] as CountedRefusal),
      first: days[0] ?? "",
      last: days.at(-1) ?? "",
      count: some.reduce((sum, { count }) => sum + count, 0),
    };
  });
}

function inWords(refusal: CountedRefusal): CountedRefusal {
  const rule = words[refusal.code];
  if (refusal.rule !== "porte" || rule === undefined) return refusal;
  return { ...refusal, rule, place: refusal.place.split(", ")[0] ?? refusal.place };
}
