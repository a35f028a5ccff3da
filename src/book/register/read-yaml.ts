import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { QuartiersError } from "../../codes/errors.ts";
import { parseYaml } from "../../sources/contracts/yaml.ts";

/** The value of a YAML file beside the book, or null when there is none, or nothing in it but comments. */
export function readYamlFile(path: string): unknown {
  if (!existsSync(path)) return null;
  return parseYaml(readFileSync(path, "utf8"), basename(path)).value ?? null;
}

/**
 * The fields of a map: each is a known one, and its value is told by `read`.
 * @param names published name of each field
 * @throws QuartiersError naming the file and the field that is unknown
 */
export function fieldsOf<K extends string>(
  value: unknown,
  names: Readonly<Record<K, string>>,
  where: string,
): Readonly<Partial<Record<K, unknown>>> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new QuartiersError({
      what: "Cette partie du fichier n'est pas une suite de champs",
      where,
      expected: Object.values(names).join(", "),
      remedy: "écrire un champ par ligne\u00a0: nom, deux-points, valeur",
    });
  const known = new Map((Object.entries(names) as [K, string][]).map(([own, published]) => [published, own]));
  const fields: Partial<Record<K, unknown>> = {};
  for (const [name, content] of Object.entries(value)) {
    const own = known.get(name);
    if (own === undefined)
      throw new QuartiersError({
        what: "Un champ de ce fichier n'est pas connu",
        value: name,
        where,
        expected: `un champ parmi ${[...known.keys()].join(", ")}`,
        remedy: "corriger l'orthographe de ce champ, ou l'ôter",
      });
    fields[own] = content;
  }
  return fields;
}

/** A text of a file, without the blanks around it; undefined when it is absent or empty. */
export function textOf(value: unknown, name: string, where: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string") return value.trim() || undefined;
  throw new QuartiersError({
    what: "Un champ de ce fichier n'est pas un texte",
    value: name,
    where,
    expected: "une phrase, entre guillemets si elle commence par un chiffre ou contient un deux-points",
  });
}

/** A list of a file; empty when it is absent. */
export function listOf(value: unknown, name: string, where: string): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  throw new QuartiersError({
    what: "Un champ de ce fichier n'est pas une liste",
    value: name,
    where,
    expected: "une liste\u00a0: un tiret au début de chaque élément",
  });
}
