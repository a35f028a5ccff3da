import { universeOf } from "../codes/lineage.ts";
import { numbers, reasonAt, type Table } from "../codes/table.ts";
import { checkJoinRights } from "../tables/join-rights.ts";
import { alignRows, audit, type Protected, protectRelations } from "./complementary-cells.ts";
import { hideConcentrated } from "./concentrated-cells.ts";
import { contributedColumn } from "./contributed-column.ts";
import { hideFewBehindRates, hideWholeClasses, othersDisclosed, wholesOf } from "./counts-behind-rates.ts";
import { checkProtected, checkRows, checkStated, hideProposed } from "./declared-columns.ts";
import { type Draft, draftOf, hide } from "./draft.ts";
import type { GateFinding } from "./gate-finding.ts";
import { type Override, setsAside } from "./override.ts";
import { hideUnderThreshold } from "./primary-cells.ts";
import { promises } from "./promises.ts";
import { checkRate, type RateRelation, wholeOf } from "./rates.ts";
import { hideRatesByDifference, ratesByDifference } from "./rates-by-difference.ts";
import { contradiction, irreparable, Refusal, unusedOverride } from "./refusal.ts";
import { type Relation, relationsOf } from "./relations.ts";
import * as found from "./release-findings.ts";
import type { ReleaseOptions } from "./release-options.ts";
import { markReleased, type Released } from "./released.ts";
import type { Statement } from "./statement.ts";
import { strictestRule } from "./threshold.ts";
import { undeclaredTotals } from "./undeclared-totals.ts";

/**
 * The only door to figures, exports and the book.
 *
 * Threshold: the strictest `minUnits` of the lineage. Primary rule: a row that counts more than 0 and fewer than `minUnits` units, or
 * whose count is missing, loses its protected numbers (reason "s"); a count of 0 stays, as INSEE leaves frequencies of 0. What the
 * producer hid stays hidden and is an unknown of the attack; `nd` and `ns` stay what they are.
 *
 * Guarantee, for every hidden cell in a declared relation, against a reader who knows the relations, that counts are whole and not
 * negative, and that zeros are published: (1) more than one value is possible; (2) a count under the threshold, or hidden by the
 * producer, may be as large as the threshold; (3) a count under the threshold may be 0 for whoever ignores that zeros are published.
 * So the interval of a primary cell contains [0, minUnits]. The proof is a set of whole-number tables that fit all that is
 * published, found by the simplex method and checked by substitution; without such a witness the gate hides more, then refuses.
 * Cells hidden to protect others are chosen for the least loss, and the choice is reduced until none can be shown again; it is not a
 * proven minimum. Totals that show by themselves (`undeclaredTotals`) are attacked too; nothing else that is not declared is (a sum by group, another
 * publication, one contributor's own knowledge).
 *
 * Taken on the author's word, since nothing in a table shows it: that `counts` counts the units of the strictest threshold (households are not
 * persons), that a source is `published`, that a statement's rounding was made, and that no text writes a count.
 *
 * On the "published" basis the table must be computed from visible cells: a hole of the input whose mask was dropped on the
 * way cannot be seen here. Carry `missing` through every computation, or let it become NaN.
 *
 * @throws Refusal when the table cannot be made safe; its message never holds nor varies with a protected value.
 * Sources: Fischetti and Salazar (2001) for the model, loi 51-711 art. 6, INSEE's manual for the zeros.
 */
export function release(table: Table, options: ReleaseOptions): Released {
  const { name, margins = [], columnSums = [], rates = [], contributions = [], overrides = [], statement } = options;
  const rule = strictestRule(table.lineage, name);
  checkJoinRights(table.lineage, table.lineage);
  for (const { records } of contributions) checkJoinRights(table.lineage, records.lineage);
  checkRows(table, name);
  checkProtected(table, options);
  const draft = draftOf(table, options, rule);
  if (statement !== undefined) checkStated(draft, statement, name);
  const basis = draft.counts.length > 0 || contributions.length > 0 ? "counts" : "published";
  if (basis === "published") checkPublished(table, name);
  const declared = relationsOf(table, name, margins, columnSums);
  const relations = [...declared, ...undeclaredTotals(draft, declared)];
  checkAdditive(draft, relations, name);
  const contributed = contributions.map((one) => contributedColumn(table, one, rule, name));
  const whole: Protected = { draft, relations, contributed, wholes: wholesOf(rates), name };

  const counted = basis === "counts" ? draft.counts.map(({ label }) => label) : null;
  const thresholdFinding = found.threshold(name, rule, counted);
  const concentrationFinding = contributed.length > 0 ? found.concentration(name, rule) : null;
  const lifts = (finding: GateFinding | null): readonly Override[] =>
    finding === null ? [] : overrides.filter((override) => setsAside(override, finding));
  const lifted = [...lifts(thresholdFinding), ...lifts(concentrationFinding)];
  const useless = overrides.find((override) => !lifted.includes(override));
  if (useless) throw unusedOverride(useless, name);

  if (lifts(thresholdFinding).length === 0) {
    hideUnderThreshold(draft, options);
    hideFewBehindRates(draft, rates);
  }
  if (lifts(concentrationFinding).length === 0) hideConcentrated(draft, contributed, options.protects);
  hideWholeClasses(draft, rates);
  hideProposed(draft, options.hide ?? [], name);
  protectRelations(whole);
  alignRows(draft, options);
  const ruled = rates.map((rate) => ({ guarantee: rule.rates ?? "ambiguous", ...rate }) as const);
  const rateFindings = ruled.flatMap((rate) => protectRate(draft, rate, relations, name));
  const attacked = finalAttack(whole, ruled);

  const inherited = countReasons(table);
  return markReleased(
    { columns: draft.columns, numRows: table.numRows, lineage: table.lineage },
    {
      unit: rule.unit,
      minUnits: rule.minUnits,
      statedBy: rule.statedBy,
      basis,
      inherited,
      primary: draft.primary.size,
      complementary: draft.complementary.size,
      findings: [
        thresholdFinding,
        ...(concentrationFinding === null ? [] : [concentrationFinding]),
        ...lifted.map((override) => found.setAside(name, override)),
        found.hiddenCells(name, rule, draft.primary.size + draft.complementary.size, inherited),
        found.attacked(name, relations.length, attacked),
        ...rateFindings,
      ],
      overrides: lifted,
      statement: statement === undefined ? null : stated(statement, table),
    },
  );
}

/** A filtered table counts a part of its population: the one that its predicates name. */
const stated = (statement: Statement, { lineage }: Table): Statement => {
  const within = universeOf(lineage);
  return within.length === 0 ? statement : { ...statement, within };
};

/**
 * For `keyNumbers()` alone: lets through a list whose numbers were each counted, or computed from tables that had passed.
 * @param primary cells that the caller hid because they count too few units
 */
export function releaseChecked(table: Table, name: string, primary: number): Released {
  return markChecked(table, name, primary, [found.citedNumbers(name, primary)]);
}

/** For `publish()` alone: lets through what a model gives, when nothing was found against it. */
export function releaseModel(table: Table, name: string, findings: readonly GateFinding[]): Released {
  const [first] = findings.filter(({ severity }) => severity === "refuse");
  if (first) {
    throw new Refusal(
      {
        what: `Le modèle « ${name} » ne peut pas être publié\u00a0: ${first.sentence.replace(/\.$/, "")}`,
        where: first.place,
        expected: first.rule,
        remedy: first.remedy,
      },
      findings,
    );
  }
  return markChecked(table, name, 0, [found.modelOutput(name), ...findings]);
}

function markChecked(table: Table, name: string, primary: number, findings: readonly GateFinding[]): Released {
  const { unit, minUnits, statedBy } = strictestRule(table.lineage, name);
  checkRows(table, name);
  checkJoinRights(table.lineage, table.lineage);
  const published = table.lineage.every((source) => source.published);
  return markReleased(table, {
    unit,
    minUnits,
    statedBy,
    basis: published ? "published" : "counts",
    inherited: 0,
    primary,
    complementary: 0,
    findings,
    overrides: [],
    statement: null,
  });
}

function checkPublished({ lineage }: Table, name: string): void {
  const unpublished = lineage.find(({ published }) => !published);
  if (!unpublished) return;
  throw new Refusal({
    what: `La table « ${name} » vient de données non publiées et ne dit pas combien d'unités sont derrière chaque ligne`,
    expected: "le nom de la colonne d'effectifs (counts)",
    remedy: `compter les unités de « ${unpublished.title} » ligne par ligne avant release()`,
  });
}

/** A relation is attacked as exact, and with "no cell is negative": both must be true of the table before anything is hidden. */
function checkAdditive({ table }: Draft, relations: readonly Relation[], name: string): void {
  const names = new Set(relations.flatMap(({ total, parts }) => [total.column, ...parts.map((part) => part.column)]));
  for (const additive of names) {
    const { values } = numbers(table, additive);
    if (values.some((value) => value < 0 || value === Number.POSITIVE_INFINITY)) {
      throw new Refusal({
        what: `La colonne ${additive} de la table « ${name} » est déclarée additive`,
        expected: "des nombres finis, jamais négatifs",
      });
    }
  }
  for (const { total, parts } of relations) {
    const values = parts.map(({ column, row }) => numbers(table, column).values[row]);
    const sum = values.reduce((seen, value) => seen + (Number.isNaN(value) ? 0 : value), 0);
    const whole = numbers(table, total.column).values[total.row];
    const slack = 1e-9 * Math.max(1, sum);
    const complete = !values.some((value) => Number.isNaN(value));
    if (whole < sum - slack || (complete && whole > sum + slack)) throw contradiction(name);
  }
}

/** Rounds a rate to its decimals and hides it where it gives a small count away. */
function protectRate(
  draft: Draft,
  relation: RateRelation,
  relations: readonly Relation[],
  name: string,
): readonly GateFinding[] {
  const rate = numbers(draft.table, relation.rate);
  const shown = draft.columns[relation.rate];
  if (shown?.type !== "number") return [];
  const scale = 10 ** relation.decimals;
  shown.values.forEach((value, row) => {
    shown.values[row] = Math.round(value * scale) / scale;
  });
  const { disclosing, extreme } = checkRate({ ...draft.table, columns: draft.columns }, relation, draft.rule.minUnits);
  for (const row of disclosing) hide(draft, { column: relation.rate, row }, draft.primary);
  const byDifference = hideRatesByDifference(draft, relation, relations, name);
  const left = extreme.filter((row) => !disclosing.includes(row)).length;
  return [
    found.rounded(
      name,
      { label: rate.label, decimals: relation.decimals, guarantee: relation.guarantee ?? "ambiguous" },
      disclosing.length + byDifference,
    ),
    ...(left > 0 ? [found.extremeRates(name, rate.label, left, wholeOf(rate.unit))] : []),
  ];
}

/** The attacker has the last word, on the very columns that will be published. Returns how many hidden cells it attacked in vain. */
function finalAttack(whole: Protected, rates: readonly RateRelation[]): number {
  const { draft, relations, name } = whole;
  const { unsafe, attacked } = audit(whole, relations);
  if (unsafe.length > 0) throw irreparable(name);
  const promiseOf = promises(draft, new Set(whole.contributed.map(({ column }) => column)), whole.wholes);
  for (const tie of whole.wholes) if (othersDisclosed(draft, relations, tie, promiseOf)) throw irreparable(name);
  for (const rate of rates) {
    const { disclosing } = checkRate({ ...draft.table, columns: draft.columns }, rate, draft.rule.minUnits);
    const byDifference = ratesByDifference(draft.columns, rate, relations, draft.rule.minUnits);
    if (disclosing.length + byDifference.length > 0) throw irreparable(name);
  }
  return attacked;
}

function countReasons({ columns, numRows }: Table): number {
  let hidden = 0;
  for (const source of Object.values(columns)) {
    for (let row = 0; row < numRows; row++) if (reasonAt(source, row) === "s") hidden++;
  }
  return hidden;
}
