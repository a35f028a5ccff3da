import { QuartiersError } from "../codes/errors.ts";
import { frenchNumber } from "../codes/french.ts";
import {
  type BundledFigure,
  type BundledNumber,
  type BundledViewer,
  FIGURE_MIME,
  NUMBERS_MIME,
  VIEWER_MIME,
} from "../notebook/bundle.ts";
import type { CellContent } from "./bundles.ts";
import { checkDrawnData } from "./drawn-data.ts";
import { frenchSpaces } from "./typography.ts";

/** Where something was made: the notebook and its cell, counted from 1. */
export interface Place {
  readonly notebook: string;
  readonly cell: number;
}

export interface RegisteredFigure {
  readonly figure: BundledFigure;
  readonly place: Place;
}

export interface RegisteredViewer {
  readonly viewer: BundledViewer;
  readonly place: Place;
}

/** All that the chapters may quote: figures and tables by id, numbers by key, and the viewers, each a page of the site. */
export interface Registry {
  readonly viewers: ReadonlyMap<string, RegisteredViewer>;
  readonly figures: ReadonlyMap<string, RegisteredFigure>;
  readonly numbers: ReadonlyMap<string, BundledNumber & Place>;
}

export const placeText = ({ notebook, cell }: Place): string => `${notebook}, cellule ${cell}`;

/** Gathers what the notebooks gave; refuses two figures of one id, two numbers of one key, and a figure that lacks a required text. */
export function makeRegistry(
  notebooks: readonly { readonly name: string; readonly contents: readonly CellContent[] }[],
): Registry {
  const figures = new Map<string, RegisteredFigure>();
  const viewers = new Map<string, RegisteredViewer>();
  const numbers = new Map<string, BundledNumber & Place>();
  for (const { name, contents } of notebooks) {
    for (const { cell, ...bundle } of contents) {
      const place: Place = { notebook: name, cell };
      if (bundle.mime === FIGURE_MIME) {
        checkTexts(bundle.content, place);
        checkDrawnData(bundle.content, placeText(place));
        const before = figures.get(bundle.content.id);
        if (before) throw twice("Deux figures portent le même identifiant", bundle.content.id, before.place, place);
        figures.set(bundle.content.id, { figure: bundle.content, place });
      } else if (bundle.mime === VIEWER_MIME) {
        checkTexts(bundle.content, place);
        const before = viewers.get(bundle.content.id);
        if (before)
          throw twice("Deux visionneuses portent le même identifiant", bundle.content.id, before.place, place);
        viewers.set(bundle.content.id, { viewer: bundle.content, place });
      } else if (bundle.mime === NUMBERS_MIME) {
        for (const number of bundle.content.numbers) {
          const before = numbers.get(number.key);
          if (before) throw twice("Deux chiffres portent la même clef", number.key, before, place);
          numbers.set(number.key, { ...number, ...place });
        }
      }
    }
  }
  return { figures, viewers, numbers };
}

const twice = (what: string, value: string, before: Place, place: Place): QuartiersError =>
  new QuartiersError({
    what,
    value,
    where: `${placeText(before)} et ${placeText(place)}`,
    remedy: "renommer l'un des deux",
  });

function checkTexts(figure: BundledFigure | BundledViewer, place: Place): void {
  const required = ["title", "subtitle", "alt", "champ", "lecture", "source", "licence"] as const;
  for (const field of required) {
    if (!figure[field]?.trim())
      throw new QuartiersError({
        what: `La figure « ${figure.id} » n'a pas de ${field === "alt" ? "texte alternatif (alt)" : field}`,
        where: placeText(place),
        remedy: "le compléter dans l'expérience qui fait cette figure",
      });
  }
  if (
    figure.alt.length < 20 ||
    figure.alt.length > 300 ||
    figure.alt === figure.title ||
    figure.alt === figure.lecture
  ) {
    throw new QuartiersError({
      what: `Le texte alternatif de la figure « ${figure.id} » ne convient pas`,
      value: figure.alt.slice(0, 80),
      where: placeText(place),
      expected: "20 à 300 caractères, différents de la légende",
    });
  }
}

/** How many single-letter edits lead from one word to the other (Levenshtein 1966). */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(
        (row[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
        (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The names nearest to a mistyped one, for a message. */
export const nearest = (word: string, names: Iterable<string>, count = 3): string =>
  [...names]
    .map((name) => [editDistance(word, name), name] as const)
    .sort((a, b) => a[0] - b[0] || (a[1] < b[1] ? -1 : 1))
    .slice(0, count)
    .map(([, name]) => name)
    .join(", ") || "aucun";

/**
 * Writes the numbers that prose quotes: {{key}} as its author prints it, {{key|%.1}} with one decimal, {{key|nu}} without its unit. An unknown key is an error that
 * names the place and the nearest keys.
 */
export function fillNumbers(markdown: string, { numbers }: Registry, where: string): string {
  return markdown.replace(
    /\{\{\s*([^{}|]+?)\s*(?:\|\s*([^{}]+?)\s*)?\}\}/g,
    (_, key: string, format: string | undefined) => {
      const number = numbers.get(key);
      if (!number)
        throw new QuartiersError({
          what: "Chiffre inconnu dans le texte",
          value: `{{${key}}}`,
          where,
          expected: `une clef parmi les plus proches : ${nearest(key, numbers.keys())}`,
        });
      return printNumber(number, format, where);
    },
  );
}

function printNumber({ key, value, unit, decimals }: BundledNumber, format: string | undefined, where: string): string {
  const bare = format?.includes("nu") ?? false;
  const precision = /%?\.(\d)/.exec(format ?? "")?.[1];
  if (format && !bare && precision === undefined)
    throw new QuartiersError({
      what: "Format de chiffre inconnu",
      value: `{{${key}|${format}}}`,
      where,
      expected: "%.1 (une décimale) ou nu (sans unité)",
    });
  if (typeof value === "string")
    return (
      { s: "(secret)", ns: "(non significatif)", nd: "(non disponible)", Infinity: "hors d’atteinte" }[value] ??
      frenchSpaces(value)
    );
  const places = precision === undefined ? decimals : Number(precision);
  return frenchNumber(value, bare || !unit ? { decimals: places } : { decimals: places, unit });
}

/** Refuses a reference to a figure or table that nothing makes. */
export function checkReferences(
  markdown: string,
  { figures }: Registry,
  where: string,
  known: ReadonlySet<string> = new Set(),
): void {
  for (const [reference, kind, id] of markdown.matchAll(/@(fig|tab):([a-z0-9]+(?:-[a-z0-9]+)*)/g)) {
    const found = figures.get(id ?? "");
    if (known.has(id ?? "")) continue;
    if (!found)
      throw new QuartiersError({
        what: "Renvoi à une figure ou un tableau qui n'existe pas",
        value: reference,
        where,
        expected: `un identifiant parmi les plus proches : ${nearest(id ?? "", figures.keys())}`,
      });
    if ((found.figure.kind === "table") !== (kind === "tab"))
      throw new QuartiersError({
        what: "Renvoi d'un genre à l'autre",
        value: reference,
        where,
        expected: found.figure.kind === "table" ? `@tab:${id}` : `@fig:${id}`,
      });
  }
}
