import { QuartiersError } from "../../codes/errors.ts";
import type { CostMatrix } from "./cost-matrix.ts";
import type { SeekerCells } from "./match-costs.ts";

/** Cells of holders of a licence and cells of the others. */
export interface LicenceCells {
  readonly cells: SeekerCells;
  /** 1 for the cells of holders: `held` of `PairFilters`. */
  readonly held: Uint8Array;
}

/**
 * Splits each cell in two by a share of holders (0 to 1, one for all or one a cell), rounded to whole people so that the total is kept; a part without anybody
 * has no cell. No file tells who holds a licence: the share is a declared assumption (a survey's rate), never a property of somebody. Holders may travel otherwise: their
 * `origin` is moved by `originOffset`, to the rows of a second table stacked under the first (`stackCosts`). O(cells).
 * @example
 * ```ts
 * const cells = { ids: ["QP1 G1602"], seekers: Float64Array.of(10), rome: [codeRome("G1602")], origin: Int32Array.of(0) };
 * const { cells: split, held } = splitByLicence(cells, 0.64, 1);
 * [split.ids, [...split.seekers], [...split.origin], [...held]] // [ [ 'QP1 G1602 sans permis', 'QP1 G1602 permis' ], [ 4, 6 ], [ 0, 1 ], [ 0, 1 ] ]
 * ```
 */
export function splitByLicence(cells: SeekerCells, share: number | Float64Array, originOffset = 0): LicenceCells {
  const [ids, rome]: [string[], SeekerCells["rome"][number][]] = [[], []];
  const [seekers, origin, held]: [number[], number[], number[]] = [[], [], []];
  cells.ids.forEach((id, cell) => {
    const rate = typeof share === "number" ? share : share[cell];
    if (!(rate >= 0 && rate <= 1))
      throw new QuartiersError({
        what: "Part de titulaires du permis impossible",
        value: String(rate),
        where: id,
        expected: "une part entre 0 et 1",
      });
    const holders = Math.round(rate * cells.seekers[cell]);
    for (const [people, has] of [
      [cells.seekers[cell] - holders, 0],
      [holders, 1],
    ] as const) {
      if (!(people > 0)) continue;
      ids.push(`${id} ${has ? "permis" : "sans permis"}`);
      rome.push(cells.rome[cell] as SeekerCells["rome"][number]);
      seekers.push(people);
      origin.push(cells.origin[cell] + has * originOffset);
      held.push(has);
    }
  });
  return {
    cells: { ids, rome, seekers: Float64Array.from(seekers), origin: Int32Array.from(origin) },
    held: Uint8Array.from(held),
  };
}

/** Two tables of costs to the same places, the rows of the second under those of the first. */
export function stackCosts(first: CostMatrix, second: CostMatrix): CostMatrix {
  if (first.columns !== second.columns)
    throw new QuartiersError({
      what: "Tables de coûts qui ne mènent pas aux mêmes lieux",
      value: `${second.columns} colonnes`,
      expected: `${first.columns} colonnes`,
    });
  const values = new Float64Array(first.values.length + second.values.length);
  values.set(first.values);
  values.set(second.values, first.values.length);
  return { rows: first.rows + second.rows, columns: first.columns, values };
}
