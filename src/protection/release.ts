import {
  type Column,
  column as columnOf,
  type NumberColumn,
  numbers,
  PRESENT,
  reasonAt,
  SECRET,
  type Table,
} from "../codes/table.ts";
import { checkJoinRights } from "../tables/join-rights.ts";
import { attack, type Finding, type Guarantee } from "./attacker.ts";
import { checkRate, type RateRelation, wholeOf } from "./rates.ts";
import { Refusal } from "./refusal.ts";
import { type Cell, type ColumnSum, cellKey, type Margin, type Relation, relationsOf } from "./relations.ts";
import { markReleased, type Released } from "./released.ts";
import { Suppressor } from "./suppress.ts";
import { strictestRule } from "./threshold.ts";

export interface ReleaseOptions {
  /** What the table is, for messages. */
  readonly name: string;
  /** Column counting the units behind each row; omitted only when every source is `published`. Several when weighted and unweighted both bind. */
  readonly counts?: string | readonly string[];
  /** Columns hidden with the row when it is under the threshold. Default: every number column except those in `open`. */
  readonly protects?: readonly string[];
  /** Columns that are public in themselves: codes, names, populations published elsewhere. Never hidden. */
  readonly open?: readonly string[];
  /** Additive relations among the rows of a column. */
  readonly margins?: readonly Margin[];
  /** Additive relations among the columns of each row. A part that is also in `counts` is judged cell by cell. */
  readonly columnSums?: readonly ColumnSum[];
  /** Rates that turn back into counts. */
  readonly rates?: readonly RateRelation[];
}

/** A table while the gate works on it: columns that may be hidden, and who hid each cell. */
interface Draft {
  readonly table: Table;
  readonly columns: Record<string, Column>;
  readonly counts: readonly NumberColumn[];
  readonly countNames: readonly string[];
  readonly open: ReadonlySet<string>;
  readonly minUnits: number;
  readonly primary: Set<string>;
  readonly complementary: Set<string>;
}

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
 * proven minimum. What is not declared (a relation, another publication, one contributor's own knowledge) is not attacked.
 *
 * On the "published" basis the table must be computed from visible cells: a hole of the input whose mask was dropped on the
 * way cannot be seen here. Carry `missing` through every computation, or let it become NaN.
 *
 * @throws Refusal when the table cannot be made safe; its message never holds nor varies with a protected value.
 * Sources: Fischetti and Salazar (2001) for the model, loi 51-711 art. 6, INSEE's manual for the zeros.
 */
export function release(table: Table, options: ReleaseOptions): Released {
  const { name, margins = [], columnSums = [], rates = [] } = options;
  const rule = strictestRule(table.lineage, name);
  checkJoinRights(table.lineage, table.lineage);
  const draft = draftOf(table, options, rule.minUnits);
  const basis = draft.counts.length > 0 ? "counts" : "published";
  if (basis === "published") checkPublished(table, name);
  const relations = relationsOf(table, name, margins, columnSums);
  checkAdditive(draft, relations, name);

  hidePrimary(draft, options);
  protectRelations(draft, relations, name);
  alignRows(draft, options);
  const rateFindings = rates.flatMap((rate) => protectRate(draft, rate));
  const attacked = finalAttack(draft, relations, rates, name);

  const inherited = countReasons(table);
  const findings = [
    basis === "counts"
      ? `Seuil de ${rule.minUnits} (unité : ${rule.unit}), énoncé par : ${rule.statedBy} ; compté ici sur : ${draft.counts.map(({ label }) => label).join(", ")}.`
      : "Toutes les sources sont déjà publiées : leurs cellules masquées le restent.",
    `${draft.primary.size + draft.complementary.size} cellule(s) masquée(s), parce qu'elles comptent trop peu d'unités ou pour que celles-là ne se déduisent pas ; ${inherited} déjà masquée(s) par le producteur.`,
    relations.length > 0
      ? `${relations.length} relation(s) additive(s) attaquée(s), ${attacked} cellule(s) masquée(s) concernée(s) : aucune n'est retrouvée.`
      : "Aucune relation additive n'est déclarée : aucune soustraction n'a été essayée.",
    ...rateFindings,
  ];
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
      findings,
    },
  );
}

/**
 * For `keyNumbers()` alone: lets through a list whose numbers were each counted, or computed from tables that had passed.
 * @param primary cells that the caller hid because they count too few units
 */
export function releaseChecked(table: Table, name: string, primary: number): Released {
  const { unit, minUnits, statedBy } = strictestRule(table.lineage, name);
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
    findings: [
      `Chiffres tirés de tables contrôlées ou publiées, ou comptés un par un : ${primary} cellule(s) masquée(s).`,
    ],
  });
}

function draftOf(table: Table, { counts = [], open = [], name }: ReleaseOptions, minUnits: number): Draft {
  const countNames = typeof counts === "string" ? [counts] : [...counts];
  for (const opened of open) columnOf(table, opened);
  const countColumns = countNames.map((count) => numbers(table, count));
  countColumns.forEach((count, i) => {
    if (count.values.some((value) => value < 0 || value === Number.POSITIVE_INFINITY)) {
      throw new Refusal({
        what: `La colonne ${countNames[i]} de la table « ${name} » ne compte pas des unités`,
        expected: "des effectifs finis, jamais négatifs",
      });
    }
  });
  const columns = Object.fromEntries(
    Object.entries(table.columns).map(([key, source]): [string, Column] => {
      const missing = source.missing ? Uint8Array.from(source.missing) : null;
      return [
        key,
        source.type === "number"
          ? { ...source, values: Float64Array.from(source.values), missing }
          : { ...source, values: [...source.values], missing },
      ];
    }),
  );
  // A hole is a hole: whatever number was left under a mask does not pass.
  for (const source of Object.values(columns)) blankHoles(source);
  return {
    table,
    columns,
    counts: countColumns,
    countNames,
    open: new Set(open),
    minUnits,
    primary: new Set(),
    complementary: new Set(),
  };
}

function blankHoles(source: Column): void {
  for (let row = 0; row < source.values.length; row++) {
    if (reasonAt(source, row) === null) continue;
    if (source.type === "number") source.values[row] = Number.NaN;
    else (source.values as string[])[row] = "";
  }
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

function hide(draft: Draft, { column, row }: Cell, into: Set<string>): void {
  const target = draft.columns[column];
  if (target?.type !== "number" || reasonAt(target, row) !== null) return;
  const missing = target.missing ?? new Uint8Array(target.values.length);
  missing[row] = SECRET;
  target.values[row] = Number.NaN;
  draft.columns[column] = { ...target, missing };
  into.add(cellKey({ column, row }));
}

function show(draft: Draft, { column, row }: Cell): void {
  const target = draft.columns[column];
  const source = draft.table.columns[column];
  if (target?.type !== "number" || source?.type !== "number" || !target.missing) return;
  target.missing[row] = PRESENT;
  target.values[row] = source.values[row];
  draft.complementary.delete(cellKey({ column, row }));
}

/** Rows under the threshold lose their protected numbers; counts that are parts of a column sum are judged one by one. */
function hidePrimary(draft: Draft, { protects, columnSums = [] }: ReleaseOptions): void {
  const { table, countNames, counts, open, minUnits, primary } = draft;
  if (counts.length === 0) return;
  for (const name of protects ?? []) numbers(table, name);
  const named = protects ?? Object.keys(table.columns).filter((name) => table.columns[name]?.type === "number");
  const hideable = [...new Set([...named, ...countNames])].filter((name) => !open.has(name));
  const parts = new Set(columnSums.flatMap((sum) => sum.parts));
  // A count that is neither zero nor at the threshold hides its row; so does one that is not known.
  const small = (count: NumberColumn, row: number): boolean =>
    !(count.values[row] === 0 || count.values[row] >= minUnits);
  counts.forEach((count, i) => {
    const own = countNames[i] ?? "";
    const alone = parts.has(own);
    for (let row = 0; row < table.numRows; row++) {
      const unknown = reasonAt(count, row) !== null;
      if (!small(count, row) && !unknown) continue;
      if (alone) {
        if (!open.has(own)) hide(draft, { column: own, row }, primary);
        continue;
      }
      for (const column of hideable) {
        const isCount = countNames.includes(column);
        const structural = isCount && numbers(table, column).values[row] === 0;
        if (!structural && !(isCount && unknown)) hide(draft, { column, row }, primary);
      }
    }
  });
}

/**
 * A row whose count was hidden to protect another loses its other numbers too: if they stayed, the reader would know which hidden counts are
 * the small ones, and that one of them is under the threshold and the other is not.
 */
function alignRows(draft: Draft, { protects, columnSums = [] }: ReleaseOptions): void {
  const parts = new Set(columnSums.flatMap((sum) => [sum.total, ...sum.parts]));
  const named =
    protects ?? Object.keys(draft.table.columns).filter((name) => draft.table.columns[name]?.type === "number");
  const others = named.filter((name) => !draft.open.has(name) && !draft.countNames.includes(name));
  for (const name of draft.countNames) {
    if (parts.has(name)) continue;
    for (let row = 0; row < draft.table.numRows; row++) {
      if (!draft.complementary.has(cellKey({ column: name, row }))) continue;
      for (const column of others) hide(draft, { column, row }, draft.complementary);
    }
  }
}

/** What is promised of each hidden cell. */
function promises(draft: Draft): (cell: Cell) => Guarantee {
  const { table, minUnits, primary, countNames } = draft;
  const whole = new Map(
    countNames.map((name) => [
      name,
      numbers(table, name).values.every((value) => Number.isNaN(value) || Number.isInteger(value)),
    ]),
  );
  return ({ column, row }) => {
    const source = numbers(table, column);
    const reason = reasonAt(source, row);
    const counted = whole.has(column);
    if (reason !== null) {
      const kind = reason !== "s" ? "free" : counted ? "inherited" : "other";
      return { kind, least: 0, reach: kind === "inherited" ? minUnits : 0 };
    }
    const small = counted && primary.has(cellKey({ column, row })) && source.values[row] < minUnits;
    return { kind: small ? "count" : "other", least: whole.get(column) ? 1 : 0, reach: small ? minUnits : 0 };
  };
}

/** Hides further cells until the attacker finds nothing, then shows again those that were not needed. */
function protectRelations(draft: Draft, relations: readonly Relation[], name: string): void {
  if (relations.length === 0) return;
  const promiseOf = promises(draft);
  const suppressor = new Suppressor(
    relations,
    (cell) => {
      const now = draft.columns[cell.column];
      const hidden = now !== undefined && reasonAt(now, cell.row) !== null;
      const value = numbers(draft.table, cell.column).values[cell.row];
      const { least, reach, kind } = hidden ? promiseOf(cell) : { least: 0, reach: 0, kind: "other" };
      return {
        value,
        hidden,
        candidate: !hidden && value > 0 && !draft.open.has(cell.column),
        least,
        reach: kind === "free" ? 0 : reach,
      };
    },
    (cell) => hide(draft, cell, draft.complementary),
  );
  const audit = (among: readonly Relation[]): readonly Finding[] => {
    const findings = attack(draft.columns, among, promiseOf);
    if (findings === null) throw contradiction(name);
    return findings;
  };
  suppressor.settle();
  let findings = audit(relations);
  for (;;) {
    const unsafe = findings.filter(({ verdict }) => verdict !== "safe");
    if (unsafe.length === 0) break;
    if (!suppressor.widen(unsafe.map(({ cell }) => cell))) throw irreparable(name);
    suppressor.settle();
    findings = audit(relations);
  }
  showAgain(draft, relations, suppressor, audit);
}

/** Work allowed to showing cells again, in products of unknowns and relations: about half a second. */
const reductionWork = 4e6;

/** Tries each complementary cell, the greatest loss first: it is shown again when the attacker still finds nothing. */
function showAgain(
  draft: Draft,
  relations: readonly Relation[],
  suppressor: Suppressor,
  audit: (among: readonly Relation[]) => readonly Finding[],
): void {
  const cells = relations.flatMap(({ total, parts }) => [total, ...parts]);
  const chosen = [...new Map(cells.map((cell) => [cellKey(cell), cell])).values()].filter((cell) =>
    draft.complementary.has(cellKey(cell)),
  );
  const loss = ({ column, row }: Cell): number => numbers(draft.table, column).values[row];
  let work = 0;
  for (const cell of chosen.sort((a, b) => loss(b) - loss(a))) {
    const around = suppressor.component(cell).flatMap((index) => relations[index] ?? []);
    const size = around.reduce((sum, { parts }) => sum + parts.length, 0);
    work += size * around.length;
    if (work > reductionWork) return;
    show(draft, cell);
    if (audit(around).some(({ verdict }) => verdict !== "safe")) hide(draft, cell, draft.complementary);
  }
}

/** Rounds a rate to its decimals and hides it where it gives a small count away. */
function protectRate(draft: Draft, relation: RateRelation): readonly string[] {
  const rate = numbers(draft.table, relation.rate);
  const shown = draft.columns[relation.rate];
  if (shown?.type !== "number") return [];
  const scale = 10 ** relation.decimals;
  shown.values.forEach((value, row) => {
    shown.values[row] = Math.round(value * scale) / scale;
  });
  const { disclosing, extreme } = checkRate({ ...draft.table, columns: draft.columns }, relation, draft.minUnits);
  for (const row of disclosing) hide(draft, { column: relation.rate, row }, draft.primary);
  const left = extreme.filter((row) => !disclosing.includes(row)).length;
  return [
    `Taux « ${rate.label} » arrondi à ${relation.decimals} décimale(s) : ${disclosing.length} cellule(s) masquée(s), parce que le taux redonnerait un effectif protégé.`,
    ...(left > 0
      ? [`Taux « ${rate.label} » : ${left} cellule(s) à 0 ou à ${wholeOf(rate.unit)}, qui parlent de tout l'effectif.`]
      : []),
  ];
}

/** The attacker has the last word, on the very columns that will be published. Returns how many hidden cells it attacked in vain. */
function finalAttack(
  draft: Draft,
  relations: readonly Relation[],
  rates: readonly RateRelation[],
  name: string,
): number {
  const findings = attack(draft.columns, relations, promises(draft));
  if (findings === null) throw contradiction(name);
  if (findings.some(({ verdict }) => verdict !== "safe")) throw irreparable(name);
  for (const rate of rates) {
    const { disclosing } = checkRate({ ...draft.table, columns: draft.columns }, rate, draft.minUnits);
    if (disclosing.length > 0) throw irreparable(name);
  }
  return findings.length;
}

function countReasons({ columns, numRows }: Table): number {
  let hidden = 0;
  for (const source of Object.values(columns)) {
    for (let row = 0; row < numRows; row++) if (reasonAt(source, row) === "s") hidden++;
  }
  return hidden;
}

const contradiction = (name: string): Refusal =>
  new Refusal({
    what: `Les cellules de la table « ${name} » contredisent les relations additives déclarées`,
    expected: "des totaux égaux à la somme de leurs parties",
    remedy: "vérifier margins et columnSums, ou recalculer les totaux",
  });

const irreparable = (name: string): Refusal =>
  new Refusal({
    what: `La table « ${name} » ne peut pas être rendue sûre : une cellule masquée se déduit de celles qui restent`,
    expected: "des colonnes que l'on puisse masquer (hors open) dans chaque relation additive",
    remedy: "regrouper des lignes, ou ne pas publier les totaux",
  });
