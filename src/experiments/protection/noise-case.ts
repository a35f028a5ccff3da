import { frenchNumber } from "../../codes/french.ts";
import { seededRandom } from "../../codes/random.ts";
import { numberColumn, table, textColumn } from "../../codes/table.ts";
import { dotPlot } from "../../figures/dot-plot.ts";
import type { Figure } from "../../figures/figure.ts";
import { keyedCells, recordKeys } from "../../protection/perturbation/cell-keys.ts";
import { noiseOf, noiseTable } from "../../protection/perturbation/noise-table.ts";
import { release } from "../../protection/release.ts";
import { inventedRef } from "./invented-table.ts";

/** The same count published many times, with noise drawn anew or drawn from the key of the cell. */
export interface NoiseCase {
  readonly figure: Figure;
  readonly truth: number;
  /** Mean of all the re-runs. */
  readonly redrawnMean: number;
  readonly keyedMean: number;
}

const truth = 17;
const reruns = [1, 10, 100, 1000, 10_000] as const;
/** Deviations of at most 5, of variance 4, never a published 1 or 2. */
const noise = noiseTable({ greatest: 5, variance: 4, smallest: 2 });
/** For the lesson: the key of real publications stands outside the repository and is never printed. */
const lessonKey = "00112233445566778899aabbccddeeff";

/** Noise drawn anew at each publication averages out; noise read from the cell's key is the same each time, and repeating teaches nothing. */
export function noiseCase(seed: number): NoiseCase {
  const random = seededRandom(seed);
  const records = recordKeys(
    lessonKey,
    Array.from({ length: truth }, (_, i) => `personne inventée ${i + 1}`),
  );
  const [key = 0] = keyedCells(new Uint8Array(truth), records, 1).keys;
  const keyed = truth + noiseOf(noise, truth, key);
  let sum = 0;
  let done = 0;
  const means = reruns.map((count) => {
    for (; done < count; done++) sum += truth + noiseOf(noise, truth, Math.floor(random() * 0x1_0000_0000));
    return sum / done;
  });
  const rows = reruns.flatMap((count, i) => [
    { count, method: "bruit tiré à chaque fois", mean: means[i] ?? Number.NaN },
    { count, method: "bruit par clé de cellule", mean: keyed },
  ]);
  const data = release(
    table(
      {
        publications: textColumn(
          rows.map(({ count }) => `${frenchNumber(count)} publication${count > 1 ? "s" : ""}`),
          { label: "Publications de la même cellule" },
        ),
        methode: textColumn(
          rows.map(({ method }) => method),
          { label: "Méthode" },
        ),
        moyenne: numberColumn(
          rows.map(({ mean }) => Math.round(100 * mean) / 100),
          { label: "Moyenne des nombres publiés", unit: "personnes" },
        ),
      },
      [inventedRef("bruit", "Une cellule publiée plusieurs fois", { truth, reruns, seed })],
    ),
    { name: "bruit répété", open: ["publications", "methode"] },
  );
  const redrawnMean = means.at(-1) ?? Number.NaN;
  const figure = dotPlot(data, {
    id: "protection-bruit",
    title: "Un bruit tiré à chaque fois s’efface par la moyenne, un bruit attaché à la cellule reste",
    subtitle: `Moyenne des nombres publiés pour une cellule de ${frenchNumber(truth)} personnes, selon le nombre de publications`,
    alt: "Points : à mesure que la cellule est publiée, la moyenne du bruit tiré à chaque fois rejoint le vrai effectif ; celle du bruit par clé ne bouge pas.",
    champ: "cellule inventée ; écart d’au plus 5, de variance 4",
    lecture: `après ${frenchNumber(reruns.at(-1) ?? 0)} publications, la moyenne du bruit tiré à chaque fois est ${frenchNumber(redrawnMean, { decimals: 2 })}.`,
    row: "publications",
    value: "moyenne",
    series: "methode",
    axisTitle: "Moyenne des nombres publiés",
    format: ",.1f",
    reference: { value: truth, label: "vrai effectif" },
    order: "table",
    parameters: { graine: seed },
  });
  return { figure, truth, redrawnMean, keyedMean: keyed };
}
