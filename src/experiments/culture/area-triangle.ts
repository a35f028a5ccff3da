import { frenchNumber } from "../../codes/french.ts";
import type { SourceRef } from "../../codes/lineage.ts";
import { numberColumn, numbers, table, textColumn, texts } from "../../codes/table.ts";
import type { Figure } from "../../figures/figure.ts";
import { supplyPracticeWish } from "../../figures/supply-practice-wish.ts";
import { release } from "../../protection/release.ts";
import { modelColumns } from "./area-columns.ts";
import type { OutingAreas } from "./area-study.ts";
import type { PostStrata } from "./post-strata.ts";
import { catchmentLimits } from "./supply.ts";

const share = (value: number): string => frenchNumber(value, { decimals: 0, unit: "%" });

/** How far the wish goes from one neighbourhood to another, in words: under ten points, it varies little. */
function spreadWords(wishes: Float64Array): string {
  const [least, most] = [Math.min(...wishes), Math.max(...wishes)];
  return most - least < 10
    ? `l’attente varie peu, de ${share(least)} à ${share(most)} selon le quartier`
    : `l’attente va de ${share(least)} à ${share(most)} selon le quartier`;
}

/** Supply, practice and unmet wish of one outing, on the same line for each neighbourhood. */
export function triangleFigure(
  strata: PostStrata,
  { outing, practice, unmet, perThousand }: OutingAreas,
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
          Float64Array.from(perThousand ?? [], (value) => Math.round(100 * value) / 100),
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
    title: `${outing.practice.label} : ${spreadWords(wishes as Float64Array)}`,
    subtitle: `Lieux pour 1 000 habitants à ${limit} minutes à pied, partagés avec les voisins ; part qui y est allée ; part qui aurait voulu y aller et n’y est pas allée ; intervalles à 90 %, par le modèle, où la marche compte : ces colonnes ne prouvent pas un lien avec l’offre`,
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
