import { QuartiersError } from "../../codes/errors.ts";

/** Two translations of a value, each the inverse of the other: to the words of a published document, and back. */
export interface Codec {
  readonly write: (value: unknown) => unknown;
  readonly read: (value: unknown) => unknown;
}

/** A field of a record: its published name, and how its value is translated when it is not kept as it is. */
export type Field = string | readonly [name: string, codec: Codec];

/** A published name for every property of T: a property added to T and forgotten here is an error of the compiler. */
export type Fields<T> = { readonly [K in keyof Required<T>]: Field };

/** A value of a closed list, with its published word. A value without a word is kept as it is, for the schema to judge. */
export function words(pairs: Readonly<Record<string, string>>): Codec {
  const published = new Map(Object.entries(pairs));
  const own = new Map(Object.entries(pairs).map(([mine, theirs]) => [theirs, mine]));
  return {
    write: (value) => published.get(String(value)) ?? value,
    read: (value) => own.get(String(value)) ?? value,
  };
}

/** A list, item by item. */
export function list(item: Codec): Codec {
  return {
    write: (value) => (value as readonly unknown[]).map(item.write),
    read: (value) => (value as readonly unknown[]).map(item.read),
  };
}

/**
 * A record, field by field, in the order of `fields`. Absent properties stay absent.
 * @throws QuartiersError on a property that has no published name, rather than losing it
 * @example
 * ```ts
 * record({ unit: "unite", minUnits: "seuil" }).read({ seuil: 11, unite: "personne" }) // { unit: "personne", minUnits: 11 }
 * ```
 */
export function record(fields: Readonly<Record<string, Field>>): Codec {
  const entries = Object.entries(fields).map(([own, field]) => {
    const [published, codec] = typeof field === "string" ? [field, null] : field;
    return { own, published, codec };
  });
  return {
    write(value) {
      const from = value as Readonly<Record<string, unknown>>;
      const lost = Object.keys(from).find((name) => from[name] !== undefined && !Object.hasOwn(fields, name));
      if (lost !== undefined)
        throw new QuartiersError({
          what: "Une propriété n'a pas de nom dans le profil des contrats",
          value: lost,
          expected: `une propriété parmi ${Object.keys(fields).join(", ")}`,
        });
      return Object.fromEntries(
        entries
          .filter(({ own }) => from[own] !== undefined)
          .map(({ own, published, codec }) => [published, codec ? codec.write(from[own]) : from[own]]),
      );
    },
    read(value) {
      const from = value as Readonly<Record<string, unknown>>;
      return Object.fromEntries(
        entries
          .filter(({ published }) => from[published] !== undefined)
          .map(({ own, published, codec }) => [own, codec ? codec.read(from[published]) : from[published]]),
      );
    },
  };
}
