import { NOT_AVAILABLE, numberColumn, numbers, PRESENT, table, textColumn, texts } from "../../codes/table.ts";
import type { CategoricalVariable } from "../../models/factors/categorical-variable.ts";
import { type Proportion, proportions } from "../../models/survey/proportion.ts";
import { release } from "../../protection/release.ts";
import type { Released } from "../../protection/released.ts";
import type { Practice, PracticeSurvey } from "./practice-survey.ts";

/** Everybody, as a group. */
export const everybody = "ensemble";

/** One practice in one group, with the counts that the gate judges. */
interface RateRow {
  readonly practice: Practice;
  readonly group: string;
  readonly rate: Proportion;
  readonly yes: number;
  readonly no: number;
}

/**
 * Weighted share of each practice in each group of a variable, or of everybody, with its 95 % interval, in whole points: released on respondents, on
 * those who practise and on those who do not.
 */
export function releasedRates(
  survey: PracticeSurvey,
  chosen: readonly Practice[],
  variable: CategoricalVariable | null = null,
): Released {
  const rows = chosen.flatMap((practice) => ratesOf(survey, practice, variable));
  const withheld = new Set(
    chosen.flatMap((practice) =>
      secondToHide(
        rows.filter((row) => row.practice === practice),
        variable ? unplaced(practice, variable) : { yes: 0, no: 0 },
      ),
    ),
  );
  const percent = (pick: (rate: Proportion) => number, label: string) => {
    const values = rows.map(({ rate }) => Math.round(100 * pick(rate)));
    return numberColumn(values, {
      label,
      unit: "%",
      missing: Uint8Array.from(values, (value) => (Number.isNaN(value) ? NOT_AVAILABLE : PRESENT)),
    });
  };
  const count = (pick: (row: RateRow) => number, label: string) =>
    numberColumn(
      rows.map((row) => (withheld.has(row) ? Number.NaN : pick(row))),
      { label, unit: "personnes", summable: true },
    );
  return release(
    table(
      {
        pratique: textColumn(
          rows.map(({ practice }) => practice.label),
          { label: "Pratique" },
        ),
        groupe: textColumn(
          rows.map(({ group }) => group),
          { label: variable ? variable.name : "Groupe" },
        ),
        part: percent(({ estimate }) => estimate, "Part"),
        bas: percent(({ low }) => low, "Borne basse"),
        haut: percent(({ high }) => high, "Borne haute"),
        enquetes: count(({ rate }) => rate.respondents, "Personnes interrogées"),
        oui: count(({ yes }) => yes, "Personnes qui pratiquent"),
        non: count(({ no }) => no, "Personnes qui ne pratiquent pas"),
      },
      survey.lineage,
    ),
    {
      name: variable ? `pratiques selon la variable ${variable.name}` : "pratiques de l’ensemble",
      counts: ["enquetes", "oui", "non"],
      open: ["pratique", "groupe"],
    },
  );
}

type Answers = Pick<RateRow, "yes" | "no">;

/** Those who answered the practice and are in no group: what the total of the practice leaves once the groups are taken off. */
function unplaced({ answers }: Practice, { codes }: CategoricalVariable): Answers {
  const count = (given: number): number =>
    answers.reduce((sum, answer, row) => sum + (answer === given && codes[row] < 0 ? 1 : 0), 0);
  return { yes: count(1), no: count(0) };
}

/**
 * A group hidden alone, or a few people in no group, would be found back from the practice's total, published beside: the smallest of the groups shown hides with it, for the
 * gate hides a missing count.
 */
function secondToHide(groups: readonly RateRow[], others: Answers): readonly RateRow[] {
  const small = ({ yes, no }: Answers): boolean => [yes, no].some((people) => people > 0 && people < 11);
  if ([...groups, others].filter(small).length !== 1) return [];
  const shown = groups.filter((row) => !small(row));
  return shown.sort((a, b) => Math.min(a.yes, a.no) - Math.min(b.yes, b.no)).slice(0, 1);
}

function ratesOf({ design }: PracticeSurvey, practice: Practice, variable: CategoricalVariable | null): RateRow[] {
  const groups = variable
    ? Array.from(variable.codes, (code) => variable.levels[code] ?? "")
    : Array.from(practice.answers, () => everybody);
  const found = new Map(proportions(design, practice.answers, { domains: groups }).map((rate) => [rate.domain, rate]));
  const [yes, no] = [new Map<string, number>(), new Map<string, number>()];
  practice.answers.forEach((answer, row) => {
    const counts = answer === 1 ? yes : answer === 0 ? no : null;
    const group = groups[row] ?? "";
    counts?.set(group, (counts.get(group) ?? 0) + 1);
  });
  return (variable ? variable.levels : [everybody]).flatMap((group) => {
    const rate = found.get(group);
    return rate ? [{ practice, group, rate, yes: yes.get(group) ?? 0, no: no.get(group) ?? 0 }] : [];
  });
}

/** A released rate and its bounds, NaN where it is hidden. */
export function rateOf(
  data: Released,
  practice: string,
  group: string = everybody,
): { readonly value: number; readonly low: number; readonly high: number } {
  const row = texts(data, "pratique").values.findIndex(
    (name, i) => name === practice && texts(data, "groupe").values[i] === group,
  );
  const at = (name: string): number => numbers(data, name).values[row] ?? Number.NaN;
  return { value: at("part"), low: at("bas"), high: at("haut") };
}
