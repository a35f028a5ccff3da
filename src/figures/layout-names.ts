import { QuartiersError } from "../codes/errors.ts";

/** Names that drawings keep for places on the page and for words: a column of one of these names would be taken for a place. */
export const layoutNames: ReadonlySet<string> = new Set([
  "x",
  "y",
  "x2",
  "y2",
  "left",
  "right",
  "top",
  "bottom",
  "label",
  "group",
  "reference",
  "texte",
]);

/** Refuses columns whose name a drawing keeps for itself, before the book's check does in words that say less. */
export function refuseLayoutNames(columns: readonly string[], id: string): void {
  const taken = columns.find((name) => layoutNames.has(name));
  if (taken === undefined) return;
  throw new QuartiersError({
    what: `La figure « ${id} » reçoit une colonne dont le nom est celui d'une place sur la page`,
    value: taken,
    expected: `une colonne qui ne s'appelle pas ${[...layoutNames].join(", ")}`,
    remedy: "renommer la colonne dans l'expérience, par exemple « axe_1 » au lieu de « x »",
  });
}
