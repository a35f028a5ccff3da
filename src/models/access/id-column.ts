import { QuartiersError } from "../../codes/errors.ts";

/** A column of ids as whole numbers: row r has `ids[codes[r]]`. */
export interface CodedIds {
  readonly codes: Int32Array;
  readonly ids: readonly string[];
}

/** A column of ids, as text or already coded (a dictionary column of Parquet or DuckDB). */
export type IdColumn = readonly string[] | CodedIds;

/**
 * Ids as whole numbers, in the order of `known`, or of first appearance. Refuses an id that `known` does not have, an empty one, and a list that says
 * the same id twice. O(rows); tables sorted by one id and then the other, as most are, hardly touch the dictionary.
 */
export function codeIds(column: IdColumn, name: string, known?: readonly string[]): CodedIds {
  if ("codes" in column) return known ? recode(column, name, known) : column;
  const ids: string[] = known ? [...known] : [];
  const places = dictionary(ids, name);
  const codes = new Int32Array(column.length);
  const unknown: string[] = [];
  let unknownCount = 0;
  let last = -1;
  for (let row = 0; row < column.length; row++) {
    const id = column[row] ?? "";
    if (last >= 0 && ids[last] === id) codes[row] = last;
    else if (last + 1 < ids.length && ids[last + 1] === id) codes[row] = ++last;
    else {
      let place = places.get(id);
      if (place === undefined) {
        if (known || id === "") {
          if (unknownCount++ < 3) unknown.push(`${id || "(vide)"}, ligne ${row + 1}`);
          continue;
        }
        place = ids.push(id) - 1;
        places.set(id, place);
      }
      codes[row] = last = place;
    }
  }
  refuseUnknown(name, unknown, unknownCount, known !== undefined);
  return { codes, ids };
}

function recode({ codes, ids }: CodedIds, name: string, known: readonly string[]): CodedIds {
  const places = dictionary(known, name);
  const passage = ids.map((id) => places.get(id) ?? -1);
  const unknown: string[] = [];
  let unknownCount = 0;
  const recoded = codes.map((code, row) => {
    const place = passage[code] ?? -1;
    if (place < 0 && unknownCount++ < 3) unknown.push(`${ids[code] ?? "(vide)"}, ligne ${row + 1}`);
    return place;
  });
  refuseUnknown(name, unknown, unknownCount, true);
  return { codes: recoded, ids: known };
}

/** The place of each id. Refuses an id given twice. */
export function dictionary(ids: readonly string[], name: string): Map<string, number> {
  const places = new Map<string, number>();
  for (const [place, id] of ids.entries()) {
    const before = places.get(id);
    if (before !== undefined)
      throw new QuartiersError({
        what: `Identifiant donné deux fois dans la liste de ${name}`,
        value: `${id}, lignes ${before + 1} et ${place + 1}`,
        expected: "une ligne par lieu",
      });
    places.set(id, place);
  }
  return places;
}

function refuseUnknown(name: string, shown: readonly string[], count: number, announced: boolean): void {
  if (count === 0) return;
  throw new QuartiersError({
    what: announced
      ? `Identifiants de ${name} absents de la liste des lieux (${count} ligne${count > 1 ? "s" : ""})`
      : `Identifiants vides dans ${name} (${count} ligne${count > 1 ? "s" : ""})`,
    value: shown.join(" ; "),
    expected: "des identifiants présents dans les deux tables",
    remedy: "vérifier que la matrice et les lieux sont du même millésime et du même découpage",
  });
}
