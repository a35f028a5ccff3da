import { frenchNumber } from "../../codes/french.ts";
import { mergeLineages } from "../../codes/lineage.ts";
import { textColumn } from "../../codes/table.ts";
import { contributionBars } from "../../figures/contribution-bars.ts";
import type { Figure } from "../../figures/figure.ts";
import { type Contributions, contributionColumns } from "./contributions.ts";
import { type C2sStudy, champOf, placeName, quartier, releaseNeighbourhoods } from "./study.ts";
import type { TakeUp } from "./take-up.ts";

/** How many neighbourhoods of each end are drawn; all are in the viewer. */
const EACH_END = 5;

/** Contributions of the neighbourhoods that are the farthest from the whole, on both sides. */
export function contributionFigure(study: C2sStudy, parts: Contributions, takeUp: TakeUp | null): Figure {
  const gaps = parts.decomposition.areas
    .flatMap(({ published }, i) => (published ? [{ i, gap: published.to - published.from }] : []))
    .sort((a, b) => b.gap - a.gap || a.i - b.i);
  const chosen = [...gaps.slice(0, EACH_END), ...gaps.slice(Math.max(EACH_END, gaps.length - EACH_END))].map(
    ({ i }) => i,
  );
  const shown: Contributions = {
    ...parts,
    rows: chosen.map((i) => parts.rows[i] ?? 0),
    decomposition: { ...parts.decomposition, areas: chosen.flatMap((i) => parts.decomposition.areas[i] ?? []) },
  };
  const { rows, columns } = contributionColumns(shown);
  const data = releaseNeighbourhoods(
    study,
    "contributions par quartier",
    {
      nom: textColumn(
        rows.map((row) => placeName(study, row)),
        { label: "Quartier et commune" },
      ),
      ...columns,
    },
    { rows, lineage: takeUp ? mergeLineages(study.lineage, takeUp.beneficiaries.lineage) : study.lineage },
  );
  const first = gaps[0];
  const what =
    parts.measure === "non-takers"
      ? "personnes du régime général qui ont droit à la C2S et ne l’ont pas"
      : "personnes éligibles";
  const from = parts.decomposition.areas[first?.i ?? 0]?.published?.from ?? Number.NaN;
  return contributionBars(data, {
    id: "c2s-contributions",
    title: `Ce qui éloigne un quartier de l’ensemble`,
    subtitle: `Parts de l’écart, en ${what} pour 100 habitants, à l’ensemble des quartiers (${frenchNumber(from, { decimals: 1 })} pour 100 habitants) ; les ${EACH_END} quartiers le plus au-dessus et les ${EACH_END} le plus en dessous, choisis sur l’estimation, sans intervalle ; valeurs de Shapley, qui s’additionnent exactement`,
    alt: `Barres des contributions de chaque facteur pour ${chosen.length} quartiers, vers la droite quand elles augmentent le nombre de ${what}, vers la gauche quand elles le réduisent, et leur somme.`,
    champ: champOf(study),
    lecture: `dans le ${quartier(study, parts.rows[first?.i ?? 0] ?? 0)}, l’écart à l’ensemble est de ${frenchNumber(first?.gap ?? Number.NaN, { decimals: 1 })} ${what} pour 100 habitants.`,
    row: "nom",
    part: "facteur",
    value: "part",
    total: "ecart",
    totalName: "Écart à l’ensemble",
    axisTitle: "Pour 100 habitants",
    decimals: 1,
    parameters: study.parameters,
  });
}
