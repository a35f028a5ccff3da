import { frenchNumber } from "../../codes/french.ts";
import type { MethodCost } from "./compare-methods.ts";

/** A heading and what stands under it, in the order of the columns. */
export type MethodCostRow = Readonly<Record<string, string>>;

/**
 * The costs of the methods as rows of a table of the book: French headings, shares in percent, « — » where too few cells or no interval allow a number.
 * @example
 * ```ts
 * methodCostRows([{ method: "Arrondi", hiddenShare: 0, changedShare: 0.8, meanAbsolute: 1.25, bySize: [], brokenShare: 0, meanGap: 0, meanPossible: NaN, exactShare: NaN, attacker: "" }])[0]["Écart moyen"] // "1,3"
 * ```
 */
export function methodCostRows(costs: readonly MethodCost[]): readonly MethodCostRow[] {
  const number = (value: number, decimals: number): string =>
    Number.isNaN(value) ? "—" : value === Number.POSITIVE_INFINITY ? "sans borne" : frenchNumber(value, { decimals });
  const percent = (share: number): string =>
    Number.isNaN(share) ? "—" : frenchNumber(100 * share, { decimals: 1, unit: "%" });
  return costs.map((cost) => ({
    Méthode: cost.method,
    "Cellules masquées": percent(cost.hiddenShare),
    "Cellules modifiées": percent(cost.changedShare),
    "Écart moyen": number(cost.meanAbsolute, 1),
    ...Object.fromEntries(
      cost.bySize.map(({ size, meanRelative }) => [`Écart relatif, effectifs de ${size}`, percent(meanRelative)]),
    ),
    "Totaux qui ne tiennent plus": percent(cost.brokenShare),
    "Valeurs possibles d’un petit effectif": number(cost.meanPossible, 1),
    "Petits effectifs connus exactement": percent(cost.exactShare),
    "Ce qu’un lecteur apprend": cost.attacker,
  }));
}
