import { createRequire } from "node:module";
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import { QuartiersError } from "../../codes/errors.ts";
import { type FieldPath, inconsistency } from "./consistency.ts";

/** Where a field stands in its file, "ligne 12"; `key` asks for the place of its name rather than of its value. */
export type Locate = (path: FieldPath, key?: boolean) => string | null;

const require = createRequire(import.meta.url);

let compiled: ValidateFunction | undefined;

function validator(): ValidateFunction {
  compiled ??= new Ajv2020({
    strict: true,
    strictTypes: false,
    strictRequired: false,
    verbose: true,
    allErrors: true,
    unicodeRegExp: true,
  }).compile(require("./profil-quartiers.schema.json") as object);
  return compiled;
}

/**
 * Checks a contract document: the part of the Open Data Contract Standard that we read, and our profile.
 * @throws QuartiersError on the first fault in depth, naming the place, the field, the value, what is expected and what to do
 */
export function checkDocument(document: unknown, file: string, locate: Locate = () => null): void {
  const validate = validator();
  if (!validate(document)) throw explained(deepest(validate.errors ?? []), document, file, locate);
  const fault = inconsistency(document);
  if (fault) throw new QuartiersError({ ...fault.parts, where: placeOf(file, fault.path, locate) });
}

/** Keywords that only say that a part failed: the part's own error teaches more. */
const wrappers: ReadonlySet<string> = new Set(["if", "allOf", "anyOf", "oneOf", "not"]);

const pathOf = ({ instancePath }: ErrorObject, document: unknown): FieldPath => {
  let value = document;
  return instancePath
    .split("/")
    .slice(1)
    .map((step) => {
      const name = step.replaceAll("~1", "/").replaceAll("~0", "~");
      const key = Array.isArray(value) ? Number(name) : name;
      value = (value as Record<string, unknown>)[name];
      return key;
    });
};

/** A misspelt field first, since the field that is missing is often the same one; then the deepest. */
function deepest(errors: readonly ErrorObject[]): ErrorObject {
  const depth = ({ keyword, instancePath }: ErrorObject): number =>
    instancePath.split("/").length + (keyword === "additionalProperties" ? 0.5 : 0);
  const own = errors.filter(({ keyword, schemaPath }) => !wrappers.has(keyword) && !schemaPath.includes("/contains/"));
  return own.reduce((best, error) => (depth(error) > depth(best) ? error : best), own[0] as ErrorObject);
}

function placeOf(file: string, path: FieldPath, locate: Locate, key = false): string {
  const line = locate(path, key);
  const field = path
    .map((step) => (typeof step === "number" ? `[${step + 1}]` : `.${step}`))
    .join("")
    .slice(1);
  return [file, line, field === "" ? null : `champ ${field}`].filter(Boolean).join(", ");
}

function explained(error: ErrorObject, document: unknown, file: string, locate: Locate): QuartiersError {
  const path = pathOf(error, document);
  const { params, parentSchema, schema, data } = error;
  const description = (parentSchema as { readonly description?: string } | undefined)?.description;
  switch (error.keyword) {
    case "additionalProperties": {
      const name = String(params["additionalProperty"]);
      const known = Object.keys((parentSchema as { readonly properties?: object }).properties ?? {});
      const near = nearest(name, known);
      return new QuartiersError({
        what: "Un champ du contrat n'est connu ni de la norme ni de notre profil",
        value: name,
        where: placeOf(file, [...path, name], locate, true),
        expected: near ? `«\u202f${near}\u202f»` : `un champ parmi ${known.join(", ")}`,
        remedy: near
          ? "corriger l'orthographe de ce champ"
          : "l'ôter, ou le ranger sous un nom à soi dans customProperties",
      });
    }
    case "required": {
      const name = String(params["missingProperty"]);
      const meaning = meaningOf(name, parentSchema as Described | undefined);
      return new QuartiersError({
        what: "Un champ manque dans le contrat",
        value: name,
        where: placeOf(file, path, locate),
        expected: meaning || `un champ « ${name} »`,
        remedy: "ajouter ce champ à cet endroit",
      });
    }
    case "contains":
      return new QuartiersError({
        what: "Une liste du contrat n'a pas ce qu'elle doit tenir",
        where: placeOf(file, path, locate),
        ...(description ? { expected: description } : {}),
        remedy: "compléter la liste, ou ôter ce qui est en double",
      });
    default: {
      const allowed =
        error.keyword === "enum"
          ? (schema as readonly unknown[]).map((one) => `«\u202f${one}\u202f»`).join(", ")
          : null;
      const expected = [description, allowed].filter(Boolean).join("\u00a0: ");
      return new QuartiersError({
        what: "Un champ du contrat n'a pas la valeur attendue",
        value: shown(data),
        where: placeOf(file, path, locate),
        ...(expected ? { expected } : {}),
        remedy:
          typeof data === "number" || typeof data === "boolean"
            ? "corriger la valeur ; un texte s'écrit entre guillemets"
            : "corriger la valeur",
      });
    }
  }
}

interface Described {
  readonly description?: string;
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Described | true>>;
}

/** What a field means: its own description, or that of the definition that it refers to. */
function meaningOf(name: string, parent: Described | undefined): string | undefined {
  const root = validator().schema as Described & { readonly $defs: Readonly<Record<string, Described>> };
  const field = parent?.properties?.[name] ?? root.properties?.[name];
  if (field === undefined || field === true) return undefined;
  return field.description ?? root.$defs[field.$ref?.replace("#/$defs/", "") ?? ""]?.description;
}

const shown = (data: unknown): string =>
  (typeof data === "string" ? data : (JSON.stringify(data) ?? "rien")).slice(0, 60);

/** The known name that a misspelt one is close to: same letters but for case and accents, or two changes at most. */
function nearest(name: string, known: readonly string[]): string | null {
  const plain = (text: string): string =>
    text
      .normalize("NFD")
      .replace(/[\u0300-\u036f]/g, "")
      .toLowerCase();
  const [best] = known
    .map((word) => ({ word, distance: editDistance(plain(name), plain(word)) }))
    .sort((a, b) => a.distance - b.distance);
  return best && best.distance <= Math.min(2, best.word.length / 2) ? best.word : null;
}

/** Levenshtein distance, in O(n m) time and O(m) memory. Names are short. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++)
      current[j] = Math.min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    previous = current;
  }
  return previous[b.length];
}
