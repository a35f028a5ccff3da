import { QuartiersError } from "../../codes/errors.ts";
import type { CalibrationDistance } from "./distance.ts";
import type { MarginDependencies } from "./margin-dependencies.ts";
import { marginName, type SeedColumns } from "./seed-columns.ts";
import type { StartSums } from "./weight-report.ts";

/** The start weights without the profiles that hold something of a margin of 0; the same object when there are none. */
export function withoutZeroMargins(
  columns: SeedColumns,
  start: StartSums,
  targets: Float64Array,
  ridge: Float64Array,
  distance: CalibrationDistance,
  rule: "refuse" | "exclude",
  where: string | undefined,
): StartSums {
  const { margins, rowStart, column, value, profiles } = columns;
  if (distance.name === "linear" && rule === "refuse") return start;
  const isZero = Uint8Array.from(margins, ({ of }, k) =>
    of !== "quantity" && targets[k] === 0 && ridge[k] === 0 ? 1 : 0,
  );
  if (!isZero.includes(1)) return start;
  const out = new Uint8Array(profiles);
  let culprit = -1;
  for (let p = 0; p < profiles; p++)
    for (let k = rowStart[p]; k < rowStart[p + 1]; k++)
      if (isZero[column[k]] === 1 && value[k] !== 0 && start.weights[p] > 0) {
        out[p] = 1;
        culprit = column[k];
      }
  if (culprit < 0) return start;
  if (rule === "refuse")
    throw new QuartiersError({
      what: "Marge nulle dont l'échantillon a des ménages",
      value: marginName(margins[culprit]),
      expected: "un total supérieur à 0\u00a0: aucun poids positif ne donne zéro",
      remedy: 'vérifier que zéro n\'est pas une valeur absente, puis exclure ces ménages (zeroMargins: "exclude")',
      ...(where === undefined ? {} : { where }),
    });
  const without = (sums: Float64Array): Float64Array => sums.map((sum, p) => (out[p] === 1 ? 0 : sum));
  return { weights: without(start.weights), squares: without(start.squares) };
}

/** Refuses a total to be reached in a category where the seed has no household. */
export function checkEmpty(
  { margins }: SeedColumns,
  { empty }: MarginDependencies,
  targets: Float64Array,
  where: string | undefined,
): void {
  const names = [...empty]
    .filter((margin) => targets[margin] !== 0)
    .map((margin) => `${marginName(margins[margin])} (${targets[margin]})`);
  if (names.length > 0)
    throw new QuartiersError({
      what: "Marge sans aucun ménage dans l'échantillon",
      value: names.join(", "),
      expected: "au moins un ménage de l'échantillon dans chaque modalité à atteindre",
      remedy: "regrouper la modalité avec une voisine, ou élargir l'échantillon de départ",
      ...(where === undefined ? {} : { where }),
    });
}
