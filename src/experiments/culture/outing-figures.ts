import { frenchNumber } from "../../codes/french.ts";
import { mergeLineages } from "../../codes/lineage.ts";
import { numberColumn, numbers, table, textColumn, texts } from "../../codes/table.ts";
import { dotPlot } from "../../figures/dot-plot.ts";
import type { Figure } from "../../figures/figure.ts";
import { supplyPracticeWish } from "../../figures/supply-practice-wish.ts";
import { type Proportion, proportions } from "../../models/survey/proportion.ts";
import { release } from "../../protection/release.ts";
import type { Released } from "../../protection/released.ts";
import { type Outing, outingsOf } from "./outings.ts";
import { brakeLabels, type PracticeSurvey } from "./practice-survey.ts";
import { type PlacedSupply, residentsWithin } from "./supply.ts";

export interface OutingFigures {
  readonly triangle: Figure;
  readonly brakes: Figure;
  readonly released: { readonly triangle: Released; readonly brakes: Released };
}

/** Outings whose brakes are drawn: those that residents of neighbourhoods most wish for; a figure of five would be two pages. */
const brakedOutings = 3;

const percent = (value: number): number => Math.round(100 * value);
const share = (value: number): string => frenchNumber(value, { decimals: 0, unit: "%" });
const inside = "en quartier prioritaire";
const outside = "hors quartier";

/** Supply, practice and unmet wish of each outing in the neighbourhoods, and what stops those who want to go, inside and outside. */
export function outingFigures(
  survey: PracticeSurvey,
  supply: PlacedSupply | null,
  threshold: { readonly minutes: number; readonly index: number },
): OutingFigures | null {
  const outings = outingsOf(survey);
  if (outings.length === 0 || !survey.homes || !supply) return null;
  const triangle = releaseOutings(survey, outings, supply, threshold.index);
  const braked = outings
    .map((outing) => ({ outing, wish: insideRate(survey, outing.unmet).estimate }))
    .sort((a, b) => b.wish - a.wish)
    .slice(0, brakedOutings)
    .map(({ outing }) => outing);
  const brakes = releaseBrakes(survey, braked);
  const wishes = numbers(triangle, "attente").values;
  const most = wishes.indexOf(Math.max(...wishes));
  const names = texts(triangle, "sortie").values;
  const at = (name: string, row: number): number => numbers(triangle, name).values[row];
  const champ = `offre : tous les habitants des quartiers, depuis les carreaux de 200 mètres où ils habitent, équipements de ${supply.facilities.typequ.year} (les mêmes, « arts du spectacle », pour le théâtre et le concert) ; pratique et attente : ${survey.field}, résidant dans un quartier prioritaire`;
  return {
    released: { triangle, brakes },
    triangle: supplyPracticeWish(triangle, {
      id: "culture-triangle",
      title: `${names[most]} : ${share(wishes[most])} des habitants des quartiers auraient voulu y aller et n’y sont pas allés`,
      subtitle: `Offre : part des habitants qui ont un lieu à ${threshold.minutes} minutes à pied ; pratique et attente : parts de l’enquête, intervalles à 95 % ; attente : auraient voulu y aller (ou plus souvent, dit la question) et n’y sont pas allés ; ceux qui y vont déjà et voudraient y aller plus ne sont pas comptés`,
      alt: "Une ligne par sortie, trois colonnes côte à côte : l’offre en barres, la pratique et l’attente non satisfaite en points avec leur intervalle.",
      champ,
      lecture: `${names[most]} : ${share(at("offre", most))} des habitants des quartiers ont un lieu à ${threshold.minutes} minutes à pied, ${share(at("pratique", most))} y sont allés, ${share(wishes[most])} auraient voulu et n’y sont pas allés.`,
      row: "sortie",
      supply: { value: "offre", axisTitle: `Ont un lieu à ${threshold.minutes} min (%)` },
      practice: { value: "pratique", low: "pratique_bas", high: "pratique_haut", axisTitle: "Y sont allés (%)" },
      wish: { value: "attente", low: "attente_bas", high: "attente_haut", axisTitle: "Veulent, n’y vont pas (%)" },
      order: "wish",
    }),
    brakes: brakeFigure(survey, brakes, braked),
  };
}

/** The estimate of the residents of the neighbourhoods. */
function insideRate(survey: PracticeSurvey, answers: Float64Array): Proportion {
  const domains = Array.from(survey.homes?.inside ?? [], (is) => (is === 1 ? inside : outside));
  return proportions(survey.design, answers, { domains }).find(({ domain }) => domain === inside) as Proportion;
}

function releaseOutings(
  survey: PracticeSurvey,
  outings: readonly Outing[],
  supply: PlacedSupply,
  threshold: number,
): Released {
  const rows = outings.map((outing) => ({
    outing,
    kind: supply.kinds.find(({ code }) => code === outing.typequ),
    practice: insideRate(survey, outing.practice.answers),
    unmet: insideRate(survey, outing.unmet),
  }));
  const served = (kind: (typeof rows)[number]["kind"]): number =>
    kind ? residentsWithin(supply.residents, kind.near.walk, threshold) : Number.NaN;
  const column = (pick: (row: (typeof rows)[number]) => number, label: string) =>
    numberColumn(
      rows.map((row) => percent(pick(row))),
      { label, unit: "%" },
    );
  const people = (answers: Float64Array, wanted: number): number =>
    answers.reduce((sum, answer, row) => sum + (answer === wanted && survey.homes?.inside[row] === 1 ? 1 : 0), 0);
  const count = (pick: (outing: Outing) => number, label: string) =>
    numberColumn(
      rows.map(({ outing }) => pick(outing)),
      { label, unit: "personnes", summable: true },
    );
  return release(
    table(
      {
        sortie: textColumn(
          rows.map(({ outing }) => outing.practice.label),
          { label: "Sortie" },
        ),
        offre: column(({ kind }) => served(kind), "Ont un lieu à portée"),
        pratique: column(({ practice }) => practice.estimate, "Y sont allés"),
        pratique_bas: column(({ practice }) => practice.low, "Borne basse"),
        pratique_haut: column(({ practice }) => practice.high, "Borne haute"),
        attente: column(({ unmet }) => unmet.estimate, "Veulent et n’y vont pas"),
        attente_bas: column(({ unmet }) => unmet.low, "Attente, borne basse"),
        attente_haut: column(({ unmet }) => unmet.high, "Attente, borne haute"),
        oui: count(({ practice }) => people(practice.answers, 1), "Enquêtés qui y vont"),
        non: count(({ practice }) => people(practice.answers, 0), "Enquêtés qui n’y vont pas"),
        veulent: count(({ unmet }) => people(unmet, 1), "Enquêtés qui veulent et n’y vont pas"),
      },
      mergeLineages(survey.lineage, supply.lineage),
    ),
    { name: "offre, pratique et attente par sortie", counts: ["oui", "non", "veulent"], open: ["sortie"] },
  );
}

/** Main reason of those who wanted and did not go, inside and outside. */
function releaseBrakes(survey: PracticeSurvey, outings: readonly Outing[]): Released {
  const homes = survey.homes;
  const place = Array.from(homes?.inside ?? [], (is) => (is === 1 ? inside : outside));
  const rows = outings.flatMap(({ practice, wish }) =>
    brakeLabels.flatMap((brake, code) => {
      const answers = Float64Array.from(wish.brake, (given) => (given < 0 ? Number.NaN : Number(given === code)));
      const found = proportions(survey.design, answers, { domains: place });
      return [inside, outside].flatMap((where) => {
        const rate = found.find(({ domain }) => domain === where);
        const people = answers.reduce((sum, is, row) => sum + (is === 1 && place[row] === where ? 1 : 0), 0);
        return rate ? [{ practice, brake, where, rate, people }] : [];
      });
    }),
  );
  const column = (pick: (rate: Proportion) => number, label: string) =>
    numberColumn(
      rows.map(({ rate }) => percent(pick(rate))),
      { label, unit: "%" },
    );
  return release(
    table(
      {
        sortie: textColumn(
          rows.map(({ practice }) => practice.label),
          { label: "Sortie" },
        ),
        frein: textColumn(
          rows.map(({ brake }) => brake),
          { label: "Frein" },
        ),
        lieu: textColumn(
          rows.map(({ where }) => where),
          { label: "Lieu" },
        ),
        part: column(({ estimate }) => estimate, "Part"),
        bas: column(({ low }) => low, "Borne basse"),
        haut: column(({ high }) => high, "Borne haute"),
        personnes: numberColumn(
          rows.map(({ people }) => people),
          { label: "Enquêtés qui le disent", unit: "personnes", summable: true },
        ),
      },
      survey.lineage,
    ),
    { name: "freins de ceux qui veulent et n’y vont pas", counts: "personnes", open: ["sortie", "frein", "lieu"] },
  );
}

function brakeFigure(survey: PracticeSurvey, data: Released, outings: readonly Outing[]): Figure {
  const first = outings[0] as Outing;
  const row = texts(data, "sortie").values.findIndex(
    (name, i) =>
      name === first.practice.label &&
      texts(data, "lieu").values[i] === inside &&
      texts(data, "frein").values[i] === brakeLabels[0],
  );
  const at = (name: string): number => numbers(data, name).values[row];
  return dotPlot(data, {
    id: "culture-freins",
    title: `${first.practice.label} : le prix, premier frein cité par ${share(at("part"))} des habitants des quartiers qui auraient voulu y aller, n’y sont pas allés et citent un frein`,
    subtitle:
      "Premier frein cité par ceux qui auraient voulu y aller et n’y sont pas allés ; intervalle à 95 % ; trois sorties, celles où l’attente est la plus forte dans les quartiers ; réponses de moins de 11 personnes non diffusées",
    alt: "Un bloc par sortie, une ligne par frein, deux points avec leur intervalle : en quartier prioritaire et hors quartier.",
    champ: `${survey.field}, qui auraient voulu y aller, n’y sont pas allés et citent un frein`,
    lecture: `${first.practice.label} : des habitants des quartiers qui auraient voulu y aller, n’y sont pas allés et citent un frein, ${share(at("part"))} citent d’abord le prix, entre ${frenchNumber(at("bas"))} et ${share(at("haut"))}.`,
    row: "frein",
    value: "part",
    low: "bas",
    high: "haut",
    series: "lieu",
    facet: "sortie",
    axisTitle: "Part (%)",
    format: ",.0f",
  });
}
