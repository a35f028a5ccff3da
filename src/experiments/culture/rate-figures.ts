import { frenchNumber } from "../../codes/french.ts";
import { numbers } from "../../codes/table.ts";
import { dotPlot } from "../../figures/dot-plot.ts";
import type { Figure } from "../../figures/figure.ts";
import type { CategoricalVariable } from "../../models/factors/categorical-variable.ts";
import type { Released } from "../../protection/released.ts";
import { rateOf, releasedRates } from "./practice-rates.ts";
import { type Practice, type PracticeSurvey, practiceOf, takenIn } from "./practice-survey.ts";

/** Practices drawn by group, in this order, as far as the survey asks them: outings first, then one at home. */
const drawnFirst = ["cinema", "biblio", "musee", "theatre", "concert", "livre", "sport", "cuisine", "bricol", "bd"];

export interface RateFigures {
  readonly all: Figure;
  readonly byAge: Figure;
  readonly byDiploma: Figure;
  readonly byOccupation: Figure;
  readonly released: {
    readonly all: Released;
    readonly byAge: Released;
    readonly byDiploma: Released;
    readonly byOccupation: Released;
  };
}

const share = (value: number): string => frenchNumber(value, { decimals: 0, unit: "%" });

/** Rates of all practices, and of three of them by age, diploma and occupation, with intervals. */
export function rateFigures(survey: PracticeSurvey): RateFigures {
  const { age, diploma, occupation } = survey.social;
  if (!diploma) throw new Error("Rates by diploma need a survey that asks it.");
  const few = threeDrawn(survey, [age, diploma, occupation]);
  const released = {
    all: releasedRates(survey, survey.practices),
    byAge: releasedRates(survey, few, age),
    byDiploma: releasedRates(survey, few, diploma),
    byOccupation: releasedRates(survey, few, occupation),
  };
  const champ = `${survey.field} ; groupes où moins de 11 personnes pratiquent, ou ne pratiquent pas, non diffusés`;
  const interval = `intervalle de confiance à 95 %${survey.known === "design" ? ", plan de sondage compris" : ", sans doute trop étroit : le fichier n’a ni strate ni grappe"}`;
  const text = {
    champ,
    value: "part",
    low: "bas",
    high: "haut",
    axisTitle: "Part (%)",
    format: ",.0f",
    domain: [0, 100] as const,
    subtitle: takenIn(
      survey,
      `part des personnes qui l’ont fait dans les douze derniers mois, ou chaque jour quand c’est dit ; ${interval}`,
    ),
  };
  const grouped = (data: Released, variable: CategoricalVariable, id: string, words: GroupWords): Figure => {
    const first = few[0] as Practice;
    const [low, high] = [variable.levels[words.low] ?? "", variable.levels[words.high] ?? ""];
    const [one, other] = [rateOf(data, first.label, low), rateOf(data, first.label, high)];
    return dotPlot(data, {
      ...text,
      id,
      title: words.title(first.label, share(one.value), share(other.value)),
      alt: `${few.length} blocs, un par pratique : dans chacun, un point et son intervalle par groupe (${variable.levels.join(", ")}), sur une échelle de 0 à 100 %.`,
      lecture: `${first.label} : ${share(other.value)} des personnes du groupe « ${high} », entre ${frenchNumber(other.low)} et ${share(other.high)}.`,
      row: "groupe",
      facet: "pratique",
    });
  };
  const names = survey.practices.map(({ label }) => label);
  const ordered = [...names].sort((a, b) => rateOf(released.all, b).value - rateOf(released.all, a).value);
  const [most, least] = [ordered[0] ?? "", ordered.at(-1) ?? ""];
  return {
    all: dotPlot(released.all, {
      ...text,
      id: "culture-pratiques",
      title: `De ${share(rateOf(released.all, least).value)} (${least}) à ${share(rateOf(released.all, most).value)} (${most})`,
      alt: `Un point et son intervalle par pratique, de la plus répandue (${most}) à la plus rare (${least}), sur une échelle de 0 à 100 %.`,
      lecture: `${most} : ${share(rateOf(released.all, most).value)} des personnes, entre ${frenchNumber(rateOf(released.all, most).low)} et ${share(rateOf(released.all, most).high)}.`,
      row: "pratique",
      order: "value",
    }),
    byAge: grouped(released.byAge, age, "culture-pratiques-age", {
      low: age.levels.length - 1,
      high: 0,
      title: (practice, old, young) => `${practice} : ${young} des ${age.levels[0]}, ${old} des ${age.levels.at(-1)}`,
    }),
    byDiploma: grouped(released.byDiploma, diploma, "culture-pratiques-diplome", {
      low: 0,
      high: diploma.levels.length - 1,
      title: (practice, none, higher) =>
        `${practice} : de ${none} (${diploma.levels[0]}) à ${higher} (${diploma.levels.at(-1)})`,
    }),
    byOccupation: grouped(released.byOccupation, occupation, "culture-pratiques-profession", {
      low: 3,
      high: 0,
      title: (practice, worker, manager) =>
        `${practice} : ${manager} (${occupation.levels[0]}), ${worker} (${occupation.levels[3]})`,
    }),
    released,
  };
}

/** The first three whose groups can all be released; those that the survey asks, released or not, when they are fewer. */
function threeDrawn(survey: PracticeSurvey, variables: readonly CategoricalVariable[]): readonly Practice[] {
  const asked = drawnFirst.flatMap((name) => practiceOf(survey, name) ?? []);
  const whole = asked.filter((practice) =>
    variables.every((variable) => {
      const data = releasedRates(survey, [practice], variable);
      return numbers(data, "part").values.every(Number.isFinite);
    }),
  );
  return [...whole, ...asked.filter((practice) => !whole.includes(practice))].slice(0, 3);
}

interface GroupWords {
  readonly low: number;
  readonly high: number;
  readonly title: (practice: string, low: string, high: string) => string;
}
