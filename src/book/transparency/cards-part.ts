import { QuartiersError } from "../../codes/errors.ts";
import { frenchCount } from "../../codes/french.ts";
import { gateCard } from "../../experiments/cards/gate.ts";
import { CARD_MIME, FIGURE_MIME, VIEWER_MIME } from "../../notebook/bundle.ts";
import { bundleCard } from "../../notebook/card-bundle.ts";
import type { CellContent } from "../bundles.ts";
import type { Administration } from "./administration.ts";
import { namedAdministration } from "./administration.ts";
import { atrsRecord } from "./atrs.ts";
import { cardHtml } from "./card-html.ts";
import { cardMarkdown, sharedWords } from "./card-markdown.ts";
import { cardSchema } from "./card-schema.ts";
import { checkCard } from "./check-card.ts";
import { etalabInventory } from "./etalab-inventory.ts";
import { fillCard } from "./fill-card.ts";
import type { TransparencyPart } from "./part.ts";
import { CARD_SCHEMA, type TransparencyCard } from "./transparency-card.ts";

/** What the build knows, of which cards are made. */
export interface CardsRun {
  /** What each notebook gave, in the order of the book. */
  readonly contents: ReadonlyMap<string, readonly CellContent[]>;
  readonly codeVersions: ReadonlyMap<string, string>;
  readonly seed: number;
  /** As printed on the cover. */
  readonly territory: string;
  readonly edition: string;
  /** From `livre.json`; what it does not say is printed « à compléter par … ». */
  readonly administration?: Administration;
  /** True when a notebook that shows a figure must show a card: a book that promises transparency. */
  readonly required: boolean;
  /** Notebooks that teach on invented tables: the gate's own card stands for them. */
  readonly lessons?: readonly string[];
}

/**
 * The cards of the book, one an algorithm, each filled from its run and checked: a card without one of the four items of the CRPA, a setting, a sentence or a sensitivity
 * fails the build.
 */
export function transparencyCards(run: CardsRun): readonly TransparencyCard[] {
  return [...notebookCards(run), protectionCard(run)];
}

/** The gate's own card: it needs no notebook, and counts what the gate did to the whole book. */
function protectionCard(run: CardsRun): TransparencyCard {
  const all = [...run.contents.values()].flat();
  const card = fillCard(bundleCard(gateCard(run.seed)), {
    ...{ notebook: "tous les carnets", seed: run.seed, territory: run.territory, edition: run.edition },
    figures: all.flatMap((one) => (one.mime === FIGURE_MIME ? [one.content] : [])),
    viewers: all.flatMap((one) => (one.mime === VIEWER_MIME ? [one.content] : [])),
    codeVersion: [...run.codeVersions.values()][0] ?? "",
    administration: namedAdministration(run.administration),
  });
  // The gate's card is that of the lessons that show it at work.
  const shown = (run.lessons ?? []).flatMap((notebook) => run.contents.get(notebook) ?? []);
  const settings = shown.flatMap((one) => (one.mime === FIGURE_MIME ? Object.keys(one.content.parameters) : []));
  checkCard(card, new Set(settings));
  return card;
}

function notebookCards(run: CardsRun): readonly TransparencyCard[] {
  return [...run.contents].flatMap(([notebook, contents]) => {
    const figures = contents.flatMap((one) => (one.mime === FIGURE_MIME ? [one.content] : []));
    const viewers = contents.flatMap((one) => (one.mime === VIEWER_MIME ? [one.content] : []));
    const cards = contents.flatMap((one) => (one.mime === CARD_MIME ? [one.content] : []));
    if (cards.length === 0 && figures.length > 0 && run.required && !run.lessons?.includes(notebook))
      throw new QuartiersError({
        what: "Un carnet montre des figures sans la carte de transparence de leur calcul",
        value: notebook,
        expected: "une cellule show(await …card())",
        remedy: "ajouter la carte de l’expérience (src/experiments/cards/) et la montrer dans le carnet",
      });
    const printed = new Set([...figures, ...viewers].flatMap(({ parameters }) => Object.keys(parameters)));
    return cards.map((bundled) => {
      const card = fillCard(bundled, {
        ...{ notebook, figures, viewers, seed: run.seed, territory: run.territory, edition: run.edition },
        codeVersion: run.codeVersions.get(notebook) ?? "",
        administration: namedAdministration(run.administration),
      });
      checkCard(card, printed);
      return card;
    });
  });
}

/** The section « Cartes des algorithmes » and its files: for each card JSON, Markdown, HTML and ATRS, then the schema and the inventory. */
export async function cardsPart(cards: readonly TransparencyCard[]): Promise<TransparencyPart> {
  const files = new Map<string, string>();
  const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
  for (const card of cards) {
    files.set(`${card.id}.json`, json(card));
    files.set(`${card.id}.atrs.json`, json(atrsRecord(card)));
    files.set(`${card.id}.md`, `${cardMarkdown(card, 1)}\n`);
    files.set(`${card.id}.html`, await cardHtml(card));
  }
  files.set(CARD_SCHEMA, json(cardSchema));
  files.set("inventaire-algorithmes.csv", etalabInventory(cards));
  return {
    markdown: [introduction(cards), ...cards.map((card) => cardMarkdown(card, 3, toldOnce(cards)))].join("\n\n"),
    files,
  };
}

/** Said once for all cards when the first says the same as the others do. */
const toldOnce = ([first]: readonly TransparencyCard[]): string => (first ? sharedWords(first) : "");

const introduction = (cards: readonly TransparencyCard[]): string =>
  [
    "## Cartes des algorithmes",
    `Un algorithme est une suite d’opérations qui part de données et donne un résultat. Ce livre en emploie ${frenchCount(cards.length)}, et chacun a sa carte : ce qu’il fait, pourquoi, avec quelles données et quels réglages, qui le contrôle, et où il peut se tromper. Les mots sont écrits par les auteurs ; les données, les réglages, les comptes de la porte et les sensibilités viennent du calcul lui-même. Une carte incomplète arrête la construction du livre.`,
    "La loi ne demande ces explications que pour une décision individuelle (code des relations entre le public et l’administration, CRPA, articles L. 311-3-1 et R. 311-3-1-2). Aucun calcul de ce livre n’en prend ; les quatre éléments du code sont donnés quand même, car un habitant doit pouvoir vérifier ce que l’on dit de son quartier.",
    "La **sensibilité** d’un réglage est ce que le résultat devient quand on change ce seul réglage : si elle est grande, le résultat dépend d’un choix, et il faut le savoir. La **porte** est le contrôle par lequel passe tout ce qui est publié. Une **graine** est le nombre qui fixe les tirages au sort. Le **code** d’une carte est une empreinte du programme : elle change dès qu’un caractère en change.",
    toldOnce(cards),
  ].join("\n\n");
