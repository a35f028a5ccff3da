import {
  isAlias,
  isMap,
  isNode,
  isPair,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  visit,
  type YAMLError,
} from "yaml";
import { QuartiersError } from "../../codes/errors.ts";
import type { FieldPath } from "./consistency.ts";
import type { Locate } from "./schema.ts";

/** A contract of a hundred columns takes 40 kB; a file over this size is something else. */
const MAX_CHARACTERS = 1_000_000;

/** Nesting that no contract reaches, and that a hostile file needs to exhaust the reader. */
const MAX_DEPTH = 40;

/** A parsed document, and where each of its fields stands. */
export interface ParsedYaml {
  readonly value: unknown;
  readonly locate: Locate;
}

const explanations: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: "Une clé est écrite deux fois",
  TAB_AS_INDENT: "Une tabulation sert de retrait",
  BAD_INDENT: "Le retrait de cette ligne ne convient pas",
  MULTIPLE_DOCS: "Le fichier tient plusieurs documents",
  MISSING_CHAR: "Il manque un signe, guillemet ou crochet",
  NON_STRING_KEY: "Une clé n'est pas un texte",
  TAG_RESOLVE_FAILED: "Une étiquette « ! » n'est pas permise",
  MULTILINE_IMPLICIT_KEY: "Une clé court sur plusieurs lignes",
  BLOCK_AS_IMPLICIT_KEY: "Deux clés sont sur la même ligne",
};

/**
 * Reads YAML from someone else's hands: no anchor, alias, tag or merge, no key twice, limits of size and depth. YAML 1.2, so that « no » and a day stay texts.
 * @param file as printed in messages
 * @throws QuartiersError naming the line
 */
export function parseYaml(text: string, file: string): ParsedYaml {
  refuseTooLarge(text, file);
  const counter = new LineCounter();
  const document = parseDocument(text.replace(/^\uFEFF/, ""), {
    version: "1.2",
    schema: "core",
    merge: false,
    uniqueKeys: true,
    stringKeys: true,
    prettyErrors: false,
    lineCounter: counter,
  });
  const lineAt = (offset: number): string => `ligne ${Math.max(1, counter.linePos(offset).line)}`;
  const [fault] = [...document.errors, ...document.warnings];
  if (fault) throw unreadable(fault, text, file, lineAt);
  visit(document, {
    Node(_, node) {
      if (!isAlias(node) && node.anchor === undefined && node.tag === undefined) return;
      throw new QuartiersError({
        what: "Une ancre, un renvoi ou une étiquette n'est pas permis dans un contrat",
        where: `${file}, ${lineAt(node.range?.[0] ?? 0)}`,
        expected: "des valeurs écrites en toutes lettres",
        remedy: "récrire la valeur à la place du renvoi",
      });
    },
  });
  return {
    value: document.toJS({ maxAliasCount: 0 }),
    locate: (path, key = false) => {
      const offset = offsetOf(document.contents, path, key);
      return offset === null ? null : lineAt(offset);
    },
  };
}

function refuseTooLarge(text: string, file: string): void {
  const refuse = (value: string, expected: string): never => {
    throw new QuartiersError({
      what: "Ce fichier n'est pas un contrat",
      value,
      where: file,
      expected,
      remedy: "demander au partenaire le contrat signé, au format YAML",
    });
  };
  if (text.length > MAX_CHARACTERS) refuse(`${text.length} caractères`, `${MAX_CHARACTERS} caractères au plus`);
  if (text.includes("\0")) refuse("octet nul", "un texte YAML");
  let depth = 0;
  for (const character of text) {
    if (character === "[" || character === "{") depth++;
    else if (character === "]" || character === "}") depth = Math.max(0, depth - 1);
    if (depth > MAX_DEPTH) refuse(`${depth} crochets ouverts`, `${MAX_DEPTH} niveaux au plus`);
  }
  const deep = /^(?: {160}|(?:[-?:] +){40})/m.exec(text);
  if (deep) refuse("retrait profond", `${MAX_DEPTH} niveaux au plus`);
}

function unreadable(
  { code, pos }: YAMLError,
  text: string,
  file: string,
  lineAt: (offset: number) => string,
): QuartiersError {
  const start = text.lastIndexOf("\n", pos[0] - 1) + 1;
  const end = text.indexOf("\n", pos[0]);
  return new QuartiersError({
    what: explanations[code] ?? "Le contrat n'est pas un YAML lisible",
    value: text
      .slice(start, end < 0 ? undefined : end)
      .trim()
      .slice(0, 60),
    where: `${file}, ${lineAt(pos[0])}`,
    expected: "un document YAML 1.2, une clé une seule fois",
    remedy: "corriger cette ligne, ou la précédente",
  });
}

/** Where a field starts; a field that is absent is placed at the deepest of its parents that is there. */
function offsetOf(root: unknown, path: FieldPath, key: boolean): number | null {
  let node: unknown = root;
  let offset = startOf(root);
  for (const [i, step] of path.entries()) {
    if (isMap(node)) {
      const pair: Pair | undefined = node.items.find((item) => isPair(item) && String(item.key) === String(step));
      if (!pair) return offset;
      node = pair.value;
      offset = key && i === path.length - 1 ? startOf(pair.key) : (startOf(node) ?? startOf(pair.key));
    } else if (isNode(node) && "items" in node) {
      node = (node as { readonly items: readonly unknown[] }).items[Number(step)];
      offset = startOf(node) ?? offset;
    } else return offset;
  }
  return offset;
}

const startOf = (node: unknown): number | null => (isNode(node) ? ((node as Node).range?.[0] ?? null) : null);
