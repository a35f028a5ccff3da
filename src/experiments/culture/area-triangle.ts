import { frenchNumber } from "../../codes/french.ts";
import type { SourceRef } from "../../codes/lineage.ts";
import { numberColumn, numbers, table, textColumn, texts } from "../../codes/table.ts";
import type { Figure } from "../../figures/figure.ts";
import { supplyPracticeWish } from "../../figures/supply-practice-wish.ts";
import { rankCorrelation } from "../../models/comparison/rank-correlation.ts";
import { release } from "../../protection/release.ts";
import { modelColumns } from "./area-columns.ts";
import type { OutingAreas } from "./area-study.ts";
import type { PostStrata } from "./post-strata.ts";
import { catchmentLimits } from "./supply.ts";

const share = (value: number): string => frenchNumber(value, { decimals: 0, unit: "%" });

/** Whether neighbourhoods with more supply wish for more, or for less, in words: under 0.3 in size, the ranks say nothing. */
function togetherWords(correlation: number): string {
  const told = `corrélation des rangs : ${frenchNumber(correlation, { decimals: 2 })}`;
  if (!(Math.abs(correlation) >= 0.3)) return `l’offre et l’attente d’un quartier ne vont pas ensemble (${told})`;
  return correlation < 0
    ? `là où l’offre est plus forte, l’attente l’est moins (${told})`
    : `là où l’offre est plus forte, l’attente l’est aussi (${told})`;
}

/** Supply, practice and unmet wish of one outing, on the same line for each neighbourhood. */
export function triangleFigure(
  strata: PostStrata,
  { outing, practice, unmet, supply }: OutingAreas,
  names: readonly string[],
  lineage: readonly SourceRef[],
  champ: string,
): Figure {
  const limit = catchmentLimits.at(-1) ?? 30;
  const data = release(
    table(
      {
        nom: textColumn(names, { label: "Quartier" }),
        offre: numberColumn(
          Float64Array.from(supply?.catchments.at(-1)?.perThousand ?? [], (value) => Math.round(100 * value) / 100),
          { label: "Lieux pour 1 000 habitants", unit: "lieux" },
        ),
        ...modelColumns(practice.model, "pratique", "Y sont allés"),
        ...modelColumns(unmet.model, "attente", "Veulent et n’y vont pas"),
        habitants: numberColumn(strata.residents, {
          label: "Habitants de 15 ans ou plus",
          unit: "personnes",
          summable: true,
        }),
      },
      lineage,
    ),
    { name: "offre, pratique et attente par quartier", counts: "habitants", open: ["nom", "offre"] },
  );
  const wishes = numbers(data, "attente").values;
  const most = wishes.indexOf(Math.max(...wishes));
  return supplyPracticeWish(data, {
    id: "culture-triangle-quartiers",
    title: `${outing.practice.label} : ${togetherWords(rankCorrelation(numbers(data, "offre").values as Float64Array, wishes as Float64Array))}`,
    subtitle: `Lieux pour 1 000 habitants à ${limit} minutes à pied, partagés avec les voisins ; part qui y est allée ; part qui aurait voulu y aller et n’y est pas allée ; intervalles à 90 %, par le modèle`,
    alt: "Une ligne par quartier, trois colonnes côte à côte : l’offre en barres, la pratique et l’attente non satisfaite en points avec leur intervalle. Aucun score ne les mélange.",
    champ,
    lecture: `${texts(data, "nom").values[most]} : ${frenchNumber(numbers(data, "offre").values[most], { decimals: 2 })} lieu pour 1 000 habitants, ${share(numbers(data, "pratique").values[most])} y sont allés, ${share(wishes[most])} auraient voulu et n’y sont pas allés.`,
    row: "nom",
    supply: { value: "offre", axisTitle: "Lieux pour 1 000 hab.", decimals: 1 },
    practice: { value: "pratique", low: "pratique_bas", high: "pratique_haut", axisTitle: "Part (%)" },
    wish: { value: "attente", low: "attente_bas", high: "attente_haut", axisTitle: "Part (%)" },
    order: "supply",
  });
}
