import { QuartiersError } from "../../codes/errors.ts";
import { frenchNumber } from "../../codes/french.ts";
import { type Table, table, textColumn } from "../../codes/table.ts";
import { dataTable } from "../../figures/data-table.ts";
import type { Figure } from "../../figures/figure.ts";
import type { HiddenInterval } from "../../protection/attack/hidden-intervals.ts";
import { keyNumbers } from "../../protection/key-numbers.ts";
import { cellKey } from "../../protection/relations.ts";
import { release } from "../../protection/release.ts";
import { isReleased } from "../../protection/released.ts";
import { strictestRule } from "../../protection/threshold.ts";
import { deduce } from "./deduction.ts";
import { possibleValues } from "./possible-values.ts";
import { cellName, type ReaderOptions, readerRelations } from "./reader-relations.ts";
import { type ReaderVerdict, readerVerdict, verdictWords } from "./reader-verdict.ts";

export interface AttackOptions extends ReaderOptions {
  /** Stable word of the figure. */
  readonly id?: string;
  /** The finding; by default, how many cells are found. */
  readonly title?: string;
}

/** What a reader makes of one hidden cell. */
export interface AttackedCell extends HiddenInterval {
  readonly name: string;
  readonly verdict: ReaderVerdict;
  /** The arithmetic, in French. */
  readonly arithmetic: string;
}

/**
 * Plays the reader who adds and subtracts: each hidden cell of a table with its totals, the values that it may still take, and the sums that tell it. On an invented table
 * (see `inventedTable()`), the values and the arithmetic are shown; on real or guarded data, only how many cells fall under each verdict, never which ones.
 * @throws QuartiersError when the table has no total, no hidden cell, printed numbers that contradict each other, or has not passed `release()` though it is not public
 * @example
 * ```ts
 * const men = numberColumn([NaN, 30, 45], { label: "Hommes", unit: "personnes", missing: [1, 0, 0] });
 * const source = { id: "essai", title: "Essai", publisher: "", licence: "CC0", vintage: "", url: "", file: "", sha256: "", synthetic: true, published: true, secrecy: { unit: "personne", minUnits: 11, statedBy: "essai" } };
 * (await attack(table({ zone: textColumn(["A", "B", "Ensemble"], { label: "Zone" }), men }, [source]))).lecture // "la case « A » vaut 15."
 * ```
 */
export async function attack(t: Table, options: AttackOptions = {}): Promise<Figure> {
  const teaching = t.lineage.length > 0 && t.lineage.every(({ synthetic, published }) => synthetic && published);
  const readable = isReleased(t) || (t.lineage.length > 0 && t.lineage.every(({ published }) => published));
  if (!readable) {
    throw new QuartiersError({
      what: "attack() joue un lecteur : il ne lit que ce qui est publié",
      expected: "une table rendue par release(), une table déjà publiée, ou une table inventée",
      remedy: "passer la table par release(), ou la taper avec inventedTable()",
    });
  }
  const cells = await attackedCells(t, options);
  return teaching ? stepTable(t, cells, options) : verdictTable(t, cells, options);
}

/**
 * The reader's findings, cell by cell, found cells first, in the order in which one leads to the next.
 * @throws QuartiersError as `attack()`
 */
export async function attackedCells(t: Table, options: ReaderOptions = {}): Promise<readonly AttackedCell[]> {
  const relations = readerRelations(t, options);
  const { minUnits } = strictestRule(t.lineage, "table attaquée");
  const values = await possibleValues(t, relations);
  if (values === null) {
    throw new QuartiersError({
      what: "Les nombres publiés de cette table se contredisent",
      expected: "des totaux égaux à la somme de leurs parties",
    });
  }
  if (values.length === 0) {
    throw new QuartiersError({
      what: "Cette table n'a pas de case masquée à attaquer",
      expected: "au moins une case masquée (s) dans une ligne ou une colonne qui a un total",
    });
  }
  const { steps } = deduce(t, relations);
  const order = new Map(
    steps.flatMap(({ cell, bound }, i) => (bound === "value" ? [[cellKey(cell), i] as const] : [])),
  );
  const rank = ({ cell }: HiddenInterval): number => order.get(cellKey(cell)) ?? steps.length;
  return [...values]
    .sort((a, b) => rank(a) - rank(b))
    .map((value) => ({
      ...value,
      name: cellName(t, value.cell),
      verdict: readerVerdict(value, minUnits),
      arithmetic: arithmeticOf(value, steps),
    }));
}

/** The last sums that lead to what is known, or the word of the linear program when no pencil leads there. */
function arithmeticOf({ cell, least, greatest }: HiddenInterval, steps: ReturnType<typeof deduce>["steps"]): string {
  const own = steps.filter((step) => cellKey(step.cell) === cellKey(cell));
  const value = own.find(({ bound }) => bound === "value");
  if (value) return value.arithmetic;
  const proof = (bound: "least" | "greatest", end: number): string => {
    const step = own.findLast((one) => one.bound === bound && one.value === end);
    if (step) return step.arithmetic;
    if (bound === "least") return end === 0 ? "0" : "tous les totaux ensemble (programme linéaire)";
    return Number.isFinite(end) ? "tous les totaux ensemble (programme linéaire)" : "aucun total ne la borne";
  };
  return `au moins\u00a0: ${proof("least", least)}\u202f; au plus\u00a0: ${proof("greatest", greatest)}`;
}

const possible = ({ least, greatest }: AttackedCell): string => {
  if (least === greatest) return frenchNumber(least);
  return Number.isFinite(greatest)
    ? `de ${frenchNumber(least)} à ${frenchNumber(greatest)}`
    : `${frenchNumber(least)} ou plus, sans borne`;
};

function stepTable(t: Table, cells: readonly AttackedCell[], { id = "attaque", title }: AttackOptions): Figure {
  const text = (pick: (cell: AttackedCell) => string, label: string) => textColumn(cells.map(pick), { label });
  const found = cells.filter(({ verdict }) => verdict === "found").length;
  const data = release(
    table(
      {
        case: text(({ name }) => name, "Case masquée"),
        valeurs: text((cell) => `${possible(cell)}\u00a0: ${verdictWords[cell.verdict]}`, "Valeurs possibles"),
        calcul: text(({ arithmetic }) => arithmetic, "Le calcul du lecteur"),
      },
      t.lineage,
    ),
    { name: "attaque d’une table inventée", open: ["case", "valeurs", "calcul"] },
  );
  const [first] = cells;
  return dataTable(data, {
    id,
    title: title ?? foundTitle(found, cells.length),
    subtitle: "Chaque case masquée, les valeurs qu’elle peut encore prendre, et le calcul qui le dit",
    alt: "Tableau de l’attaque : pour chaque case masquée, les valeurs encore possibles, le verdict et le calcul du lecteur.",
    champ: "table inventée ; le lecteur ne connaît que ce qui est imprimé, et qu’aucun effectif n’est négatif",
    lecture: first ? readAloud(first) : "aucune case masquée.",
  });
}

const readAloud = ({ name, least, greatest }: AttackedCell): string =>
  least === greatest
    ? `la case « ${name} » vaut ${frenchNumber(least)}.`
    : Number.isFinite(greatest)
      ? `la case « ${name} » vaut entre ${frenchNumber(least)} et ${frenchNumber(greatest)}.`
      : `la case « ${name} » vaut au moins ${frenchNumber(least)}, et rien ne la borne au-dessus.`;

function foundTitle(found: number, hidden: number): string {
  if (found === 0) return "Aucune case masquée ne se retrouve";
  if (found === hidden) return hidden === 1 ? "La case masquée se retrouve" : "Toutes les cases masquées se retrouvent";
  return `${frenchNumber(found)} case${found > 1 ? "s" : ""} masquée${found > 1 ? "s" : ""} sur ${frenchNumber(hidden)} se retrouve${found > 1 ? "nt" : ""}`;
}

/** How many cells under each verdict: nothing that tells which. */
function verdictTable(t: Table, cells: readonly AttackedCell[], { id = "attaque", title }: AttackOptions): Figure {
  const found = cells.filter(({ verdict }) => verdict === "found").length;
  const data = keyNumbers(
    (Object.keys(verdictWords) as ReaderVerdict[]).map((verdict) => ({
      key: verdict,
      label: verdictWords[verdict],
      value: cells.filter((cell) => cell.verdict === verdict).length,
      unit: "cases",
      decimals: 0,
    })),
    [t],
  );
  return dataTable(data, {
    id,
    title: title ?? foundTitle(found, cells.length),
    subtitle: "Cases masquées selon ce qu’un lecteur en sait ; ni leur valeur ni leur place ne sont dites",
    alt: "Tableau de cinq verdicts : nombre de cases retrouvées, petites ou grandes à coup sûr, resserrées, protégées.",
    champ: `${frenchNumber(cells.length)} cases masquées qui ont un total`,
    lecture: `${frenchNumber(found)} case${found > 1 ? "s" : ""} sur ${frenchNumber(cells.length)} se retrouve${found > 1 ? "nt" : ""}.`,
    columns: ["label", "value"],
  });
}
