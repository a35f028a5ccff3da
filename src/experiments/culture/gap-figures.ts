import { frenchNumber } from "../../codes/french.ts";
import { type Column, numberColumn, numbers, table, textColumn, texts } from "../../codes/table.ts";
import { dataTable } from "../../figures/data-table.ts";
import type { Figure } from "../../figures/figure.ts";
import { gapPlot } from "../../figures/gap-plot.ts";
import { release } from "../../protection/release.ts";
import type { Released } from "../../protection/released.ts";
import type { PracticeGap, PracticeGaps } from "./practice-gaps.ts";
import { type PracticeSurvey, takenIn } from "./practice-survey.ts";

export interface GapFigures {
  readonly plot: Figure;
  readonly table: Figure;
  readonly released: Released;
}

/** The gap of every practice with both intervals, the margin, and the verdict; and the same in a table with what can be detected. */
export function gapFigures(survey: PracticeSurvey, found: PracticeGaps): GapFigures {
  const { contrast, margin } = found;
  const gaps = [...found.gaps].sort((a, b) => b.tests.gap - a.tests.gap);
  const released = releaseGaps(survey, gaps);
  const hidden = gaps.length - numbers(released, "ecart").values.filter(Number.isFinite).length;
  const champ = `${survey.field} ; ${contrast.first} moins ${contrast.second}, qui ont répondu${withoutCellWords(found)}${hidden > 0 ? " ; pratiques dont un groupe a moins de 11 personnes non diffusées" : ""}`;
  const counted = countVerdicts(released);
  const shown = gaps.filter(mayShow);
  const example =
    shown.find(({ tests }) => tests.adjustedVerdict === "équivalent") ?? shown[0] ?? (gaps[0] as PracticeGap);
  const row = texts(released, "pratique").values.indexOf(example.practice.label);
  const at = (name: string): number => numbers(released, name).values[row];
  const lecture = `${example.practice.label} : à ${contrast.heldEqual} égaux, l’écart est de ${pointsOf(at("ecart"))}, entre ${decimal(at("bas95"))} et ${pointsOf(at("haut95"))} (intervalle à 95 %) ; conclusion : ${example.tests.adjustedVerdict}.`;
  const what = contrast.kind === "place" ? "entre quartiers et reste" : "entre femmes et hommes";
  return {
    released,
    plot: gapPlot(released, {
      id: "culture-ecarts",
      title: `À ${contrast.heldEqual} égaux, ${what} : ${sentence(counted, gaps.length)}`,
      subtitle: takenIn(
        survey,
        `écart de la part qui pratique, en points, à la composition du premier groupe (${contrast.kind === "place" ? "les quartiers" : `les ${contrast.first}s`}) ; trait épais : intervalle à 90 %, trait fin : à 95 % ; les ${gaps.length} conclusions sont corrigées pour leur nombre (Holm) : une conclusion corrigée demande une preuve plus forte que le trait dessiné, et le tableau donne les deux${survey.known === "design" ? "" : " ; comme si les personnes avaient été tirées au hasard"}`,
      ),
      alt: `Une ligne par pratique : l’écart à composition égale avec deux intervalles, l’écart brut en creux, la bande où l’écart est négligeable (${decimal(100 * margin)} points de part et d’autre de zéro), et la conclusion écrite à droite.`,
      champ,
      lecture,
      row: "pratique",
      gap: "ecart",
      gapName: `à ${contrast.heldEqual} égaux`,
      low90: "bas90",
      high90: "haut90",
      low95: "bas95",
      high95: "haut95",
      other: "brut",
      otherName: "écart brut",
      verdict: "conclusion",
      margin: 100 * margin,
      axisTitle: "Écart (points)",
    }),
    table: dataTable(released, {
      id: "culture-ecarts-table",
      title: "Écart brut, écart à composition égale, et ce que l’enquête pouvait voir",
      subtitle: takenIn(
        survey,
        `conclusion corrigée pour les ${gaps.length} pratiques (Holm, différences et équivalences étant deux familles de ${gaps.length}), qui demande une preuve plus forte que le trait dessiné, puis sans correction ; écart détectable : le plus petit que l’enquête trouverait quatre fois sur cinq`,
      ),
      alt: "Tableau : pour chaque pratique, l’écart brut, l’écart à composition égale, la conclusion corrigée et celle sans correction, et le plus petit écart détectable.",
      champ,
      lecture,
      columns: ["pratique", "brut", "ecart", "conclusion", "seule", "detectable"],
    }),
  };
}

/** The verdict of a gap that the gate hides would tell it: it is not written either. */
const mayShow = ({ counts }: PracticeGap): boolean =>
  [...counts.yes, ...counts.no].every((people) => people === 0 || people >= 11);

/** Who is in the raw gap alone. A few are not counted aloud. */
const withoutCellWords = ({ withoutCell, contrast }: PracticeGaps): string =>
  withoutCell === 0
    ? ""
    : ` ; à composition égale, sans ${withoutCell < 11 ? "quelques" : frenchNumber(withoutCell)} personnes dont ${contrast.heldEqual.replace(" et ", " ou ")} ne sont pas connus`;

const decimal = (value: number): string => frenchNumber(value, { decimals: 1 });
const pointsOf = (value: number): string => frenchNumber(value, { decimals: 1, unit: "points" });

/** How many practices reached each verdict, among those that are released. */
export function countVerdicts(released: Released): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const shown = numbers(released, "ecart").values;
  texts(released, "conclusion").values.forEach((verdict, row) => {
    if (Number.isFinite(shown[row])) counts.set(verdict ?? "", (counts.get(verdict ?? "") ?? 0) + 1);
  });
  return counts;
}

function sentence(counts: ReadonlyMap<string, number>, all: number): string {
  const of = (verdict: string): number => counts.get(verdict) ?? 0;
  const different = of("différent") + of("différent mais négligeable");
  return `${frenchNumber(different)} pratiques sur ${frenchNumber(all)} diffèrent, ${frenchNumber(of("équivalent"))} sont équivalentes, ${frenchNumber(of("indécis"))} restent indécises`;
}

function releaseGaps(survey: PracticeSurvey, gaps: readonly PracticeGap[]): Released {
  const points = (pick: (gap: PracticeGap) => number, label: string) =>
    numberColumn(
      gaps.map((gap) => Math.round(1_000 * pick(gap)) / 10),
      { label, unit: "points" },
    );
  const count = (pick: (gap: PracticeGap) => number, label: string) =>
    numberColumn(gaps.map(pick), { label, unit: "personnes", summable: true });
  const columns: Record<string, Column> = {
    pratique: textColumn(
      gaps.map(({ practice }) => practice.label),
      { label: "Pratique" },
    ),
    brut: points(({ measured }) => measured.raw.estimate, "Écart brut"),
    ecart: points(({ tests }) => tests.gap, "Écart à composition égale"),
    erreur: points(({ tests }) => tests.standardError, "Erreur type"),
    bas90: points(({ tests }) => tests.interval90[0], "Borne basse à 90 %"),
    haut90: points(({ tests }) => tests.interval90[1], "Borne haute à 90 %"),
    bas95: points(({ tests }) => tests.interval95[0], "Borne basse à 95 %"),
    haut95: points(({ tests }) => tests.interval95[1], "Borne haute à 95 %"),
    conclusion: textColumn(
      gaps.map((gap) => (mayShow(gap) ? gap.tests.adjustedVerdict : "")),
      { label: "Conclusion" },
    ),
    seule: textColumn(
      gaps.map((gap) => (mayShow(gap) ? gap.tests.verdict : "")),
      { label: "Conclusion sans correction" },
    ),
    detectable: points(({ tests }) => tests.smallestDetectable, "Écart détectable"),
    oui_1: count(({ counts }) => counts.yes[0], "Pratiquent, premier groupe"),
    oui_2: count(({ counts }) => counts.yes[1], "Pratiquent, second groupe"),
    non_1: count(({ counts }) => counts.no[0], "Ne pratiquent pas, premier groupe"),
    non_2: count(({ counts }) => counts.no[1], "Ne pratiquent pas, second groupe"),
  };
  return release(table(columns, survey.lineage), {
    name: "écarts de pratiques",
    counts: ["oui_1", "oui_2", "non_1", "non_2"],
    open: ["pratique"],
  });
}
