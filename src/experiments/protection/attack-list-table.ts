import type { Figure } from "../../figures/figure.ts";
import { knownAttacks } from "./attack-list.ts";
import { inventedRef } from "./invented-table.ts";
import { lessonTable } from "./lesson-table.ts";

/** The list of attacks as a table of the chapter. */
export function attackListTable(): Figure {
  const ref = {
    ...inventedRef("attaques", "Liste des attaques", knownAttacks),
    title: "Liste des attaques essayées",
    vintage: "2026",
    synthetic: false,
  };
  return lessonTable(
    [ref],
    {
      attaque: { label: "Attaque", values: knownAttacks.map(({ number, name }) => `${number}. ${name}`) },
      donne: { label: "Ce qu’elle donne sans protection", values: knownAttacks.map(({ gives }) => gives) },
      garde: { label: "Ce qui l’arrête", values: knownAttacks.map(({ guard }) => guard) },
    },
    {
      id: "protection-attaques",
      title: "Vingt-quatre attaques, chacune rejouée à chaque construction du laboratoire",
      subtitle:
        "Chaque attaque doit réussir sur une sortie sans protection et échouer sur ce que la porte laisse passer",
      alt: "Tableau de vingt-quatre attaques numérotées : son nom, ce qu’elle donne sur une publication sans protection, et ce qui l’arrête.",
      champ: "attaques connues du laboratoire en novembre 2026",
      lecture: "l’attaque 1 retrouve une case masquée par soustraction d’un total.",
    },
  );
}
