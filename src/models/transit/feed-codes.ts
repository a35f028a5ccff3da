import { QuartiersError } from "../../codes/errors.ts";

/** Turns the ids of a table into the positions of its rows. */
export interface IdCoder {
  readonly count: number;
  /** Position of each id; an unknown one is refused with its row. */
  readonly codes: (ids: readonly string[], table: string, column: string) => Int32Array;
  /** The same, where "" stands for none: -1. */
  readonly optional: (ids: readonly string[], table: string, column: string) => Int32Array;
}

/** Codes by the rows of a table whose ids are given. */
export function idCoder(own: readonly string[], home: string): IdCoder {
  const positions = new Map(own.map((id, row) => [id, row]));
  const coded = (ids: readonly string[], table: string, column: string, isOptional: boolean): Int32Array => {
    const found = new Int32Array(ids.length);
    let lastId: string | null = null;
    let lastCode = -1;
    for (let row = 0; row < ids.length; row++) {
      const id = ids[row] as string;
      if (id !== lastId) {
        lastCode = positions.get(id) ?? -1;
        lastId = id;
        if (lastCode < 0 && !(isOptional && id === ""))
          throw refuseUnknown(
            `${table}, enregistrement ${row + 1}, colonne ${column}`,
            id,
            `un identifiant de ${home}`,
          );
      }
      found[row] = lastCode;
    }
    return found;
  };
  return {
    count: own.length,
    codes: (ids, table, column) => coded(ids, table, column, false),
    optional: (ids, table, column) => coded(ids, table, column, true),
  };
}

/** The error of a reference to a row that is not there. */
export const refuseUnknown = (where: string, value: string, expected: string): QuartiersError =>
  new QuartiersError({
    what: "Le jeu de transport se réfère à ce qu'il n'a pas",
    value: value.slice(0, 60),
    where,
    expected,
    remedy: "signaler le jeu à son producteur, ou prendre sa parution suivante",
  });
