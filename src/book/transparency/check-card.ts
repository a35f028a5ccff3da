import { QuartiersError } from "../../codes/errors.ts";
import { cardFault } from "./card-schema.ts";
import type { TransparencyCard } from "./transparency-card.ts";

/** The four items of article R. 311-3-1-2 of the CRPA, in its order and words. */
export const crpaItems: readonly {
  readonly item: string;
  readonly field: string;
  readonly present: (items: TransparencyCard["items"]) => boolean;
}[] = [
  {
    item: "1° le degré et le mode de contribution du traitement algorithmique à la prise de décision",
    field: "contribution",
    present: ({ contribution }) => Boolean(contribution?.trim()),
  },
  {
    item: "2° les données traitées et leurs sources",
    field: "sources des tables montrées",
    present: ({ data }) => data?.length > 0,
  },
  {
    item: "3° les paramètres de traitement et, le cas échéant, leur pondération",
    field: "parameters et weighting",
    present: ({ parameters }) => parameters?.list?.length > 0 && Boolean(parameters.weighting?.trim()),
  },
  {
    item: "4° les opérations effectuées par le traitement",
    field: "operations",
    present: ({ operations }) => operations?.length > 0,
  },
];

/**
 * Refuses an incomplete card, and teaches what is missing: one of the four items of the CRPA, a setting that a figure of the chapter prints, the sentence or the
 * sensitivity of a setting, or any field of the schema.
 * @param printed settings that the figures of the notebook print, by name
 */
export function checkCard(card: TransparencyCard, printed: ReadonlySet<string>): void {
  const fail = (what: string, value: string, expected: string, remedy: string): QuartiersError =>
    new QuartiersError({ what, value, where: `carte « ${card.id} », carnet ${card.run.notebook}`, expected, remedy });
  for (const { item, field, present } of crpaItems)
    if (!present(card.items))
      throw fail(
        "Un des quatre éléments du code des relations entre le public et l’administration manque à une carte de transparence",
        item,
        "les quatre éléments de l’article R. 311-3-1-2",
        `compléter ${field} dans src/experiments/cards/`,
      );
  const { list } = card.items.parameters;
  const declared = new Set(list.flatMap(({ key, alsoNamed = [] }) => [key, ...alsoNamed]));
  for (const name of printed)
    if (!declared.has(name))
      throw fail(
        "Un réglage imprimé sous une figure n’est pas dans la carte de transparence de son expérience",
        name,
        "un réglage de la carte pour chaque réglage d’une figure, avec une phrase et une sensibilité",
        "l’ajouter aux parameters de la carte (key ou alsoNamed), et à sa table de sensibilité",
      );
  const stray = card.sensitivity.find(({ parameter }) => !list.some(({ key }) => key === parameter));
  if (stray)
    throw fail(
      "La table de sensibilité d’une carte de transparence varie un réglage que la carte ne connaît pas",
      stray.parameter,
      "un réglage de la carte",
      "l’ajouter aux parameters de la carte, ou l’ôter de sa table de sensibilité",
    );
  for (const { key, sentence } of list) {
    if (!sentence?.trim())
      throw fail(
        "Un réglage d’une carte de transparence n’a pas de phrase",
        key,
        "une phrase simple, que comprend un habitant",
        "compléter sentence dans la carte",
      );
    const rows = card.sensitivity.filter(({ parameter }) => parameter === key);
    const empty = rows.find(
      ({ low, base, high, why }) => !why.trim() && [low.result, base, high.result].includes(null),
    );
    if (rows.length === 0 || empty)
      throw fail(
        "Un réglage d’une carte de transparence n’a pas de sensibilité calculée",
        key,
        "le résultat à une valeur plus basse et à une valeur plus haute de ce réglage, ou la raison qui l’empêche",
        "ajouter sa ligne à la table de sensibilité de la carte",
      );
  }
  const fault = cardFault(card);
  if (fault)
    throw fail(
      "Une carte de transparence est incomplète",
      fault.field,
      fault.expected,
      "compléter la carte de l’expérience",
    );
}
