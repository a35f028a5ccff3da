import { QuartiersError } from "../codes/errors.ts";
import { missingReasons, numberColumn, type Table, textColumn } from "../codes/table.ts";
import { layoutNames } from "../figures/layout-names.ts";
import type { BundledFigure } from "../notebook/bundle.ts";
import { checkDrawing } from "../protection/drawing/check-drawing.ts";
import type { DrawingContext } from "../protection/drawing/drawing-context.ts";
import { isChoiceByClick } from "../protection/drawing/judge-calculations.ts";

/** Fields that place or name things on the page and carry no measure: those of all drawings, and the class of an area. */
const layoutFields: ReadonlySet<string> = new Set([...layoutNames, "classe"]);

const forbiddenKeys = ["transform", "usermeta", "url", "aggregate", "bin", "timeUnit"];

/**
 * Refuses a specification that would draw something else than the released rows: computations (their input would be in the file), addresses, hidden
 * metadata, and any value of a released column that is not in the released rows; then whatever the gate refuses in a drawing (`drawingRules`). Every
 * export is a disclosure channel.
 */
export function checkDrawnData(figure: BundledFigure, where: string): void {
  if (!figure.spec) return;
  const refuse = (what: string, value: string): never => {
    throw new QuartiersError({
      what: `La figure « ${figure.id} » ${what}`,
      value,
      where,
      expected: "une spécification qui ne porte que les lignes de sa table contrôlée",
      remedy: "calculer avant release(), puis dessiner",
    });
  };
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const item of value) visit(item);
      return;
    }
    if (typeof value !== "object" || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      if (forbiddenKeys.includes(key) || (key === "params" && !isChoiceByClick(inner)))
        refuse("demande un calcul ou un fichier au dessin", key);
      if (key !== "datasets" && key !== "values") visit(inner);
    }
  };
  visit(figure.spec);
  const released = releasedRows(figure);
  const names = Object.keys(figure.columns);
  const drawn: unknown[] = [];
  for (const [name, rows] of datasetsOf(figure.spec)) {
    for (const row of rows) {
      const properties = featureProperties(row) ?? (row as Readonly<Record<string, unknown>>);
      const own = names.filter((column) => column in properties);
      const members = featureProperties(row) === null ? [] : Object.keys(row as object);
      const stray = members.find((member) => !["type", "geometry", "properties"].includes(member));
      if (stray !== undefined) refuse("porte un membre hors des propriétés d'un périmètre", stray);
      const unlisted = Object.keys(properties).find(
        (field) =>
          !(field in figure.columns) &&
          !layoutFields.has(field) &&
          !(field.endsWith("_manque") && field.slice(0, -7) in figure.columns),
      );
      if (unlisted !== undefined)
        refuse("porte un champ qui n'est pas une colonne de sa table contrôlée", `jeu ${name}, champ ${unlisted}`);
      const reason = Object.entries(properties).find(
        ([field, value]) => field.endsWith("_manque") && ![null, "s", "ns", "nd"].includes(value as string | null),
      );
      if (reason !== undefined)
        refuse("porte une raison d'absence qui n'en est pas une", `jeu ${name}, champ ${reason[0]}`);
      if (own.length === 0) continue;
      if (name === "drawn") drawn.push(row);
      if (!released.some((candidate) => own.every((column) => same(candidate[column], properties[column]))))
        refuse("dessine une ligne absente de sa table contrôlée", `jeu ${name}, colonnes ${own.join(", ")}`);
    }
  }
  if (drawn.length !== figure.numRows)
    refuse(
      "ne dessine pas autant de lignes que sa table",
      `${drawn.length} dessinées, ${figure.numRows} dans la table`,
    );
  const [found] = checkDrawing(figure.spec, contextOf(figure));
  if (found !== undefined)
    throw new QuartiersError({
      what: `La porte refuse la figure « ${figure.id} » (${found.code})\u00a0: ${found.sentence.replace(/\.$/, "")}`,
      where: `${where}, ${found.place}`,
      expected: found.rule,
      remedy: found.remedy,
    });
}

/** What the gate must know of a figure of the book: its rows are released, and its layout fields carry no measure. */
function contextOf(figure: BundledFigure): DrawingContext {
  const { minUnits, unit } = figure.release;
  return {
    name: figure.id,
    minUnits: typeof minUnits === "number" ? minUnits : 11,
    unit: typeof unit === "string" ? unit : "unité",
    rows: "aggregates",
    counts: [],
    columns: {},
    layout: [...layoutFields],
    released: releasedTable(figure),
  };
}

function releasedTable({ columns, numRows }: BundledFigure): Table {
  const made = Object.entries(columns).map(([name, { type, label, unit, values }]) => {
    const missing = Uint8Array.from(values, (value) => (missingReasons as readonly unknown[]).indexOf(value) + 1);
    return [
      name,
      type === "text"
        ? textColumn(values.map(String), { label })
        : numberColumn(values.map(Number), { label, unit, missing }),
    ] as const;
  });
  return { columns: Object.fromEntries(made), numRows, lineage: [] };
}

type Rows = readonly unknown[];

function datasetsOf(spec: Readonly<Record<string, unknown>>): readonly (readonly [string, Rows])[] {
  const found: [string, Rows][] = Object.entries((spec.datasets ?? {}) as Record<string, Rows>);
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const item of value) visit(item);
      return;
    }
    if (typeof value !== "object" || value === null) return;
    for (const [key, inner] of Object.entries(value)) {
      const values = key === "data" ? (inner as { values?: unknown } | null)?.values : undefined;
      if (
        values !== undefined &&
        !(Array.isArray(values) && values.every((row) => typeof row === "object" && row !== null))
      )
        throw new QuartiersError({
          what: "Une figure porte des données qui ne sont pas une liste de lignes",
          expected: "un tableau d'objets sous data.values",
        });
      if (Array.isArray(values)) found.push([values.length > 0 && !spec.datasets ? "drawn" : "inline", values]);
      if (key !== "datasets") visit(inner);
    }
  };
  visit(spec);
  return found;
}

const featureProperties = (row: unknown): Readonly<Record<string, unknown>> | null =>
  typeof row === "object" && row !== null && (row as { type?: unknown }).type === "Feature"
    ? ((row as { properties: Record<string, unknown> }).properties ?? {})
    : null;

function releasedRows({
  columns,
  numRows,
}: BundledFigure): readonly Readonly<Record<string, string | number | null>>[] {
  return Array.from({ length: numRows }, (_, row) =>
    Object.fromEntries(
      Object.entries(columns).map(([name, { type, values }]) => [
        name,
        type === "number" && typeof values[row] !== "number" ? null : (values[row] ?? null),
      ]),
    ),
  );
}

/** A missing number is drawn as null, a missing text as null or its reason; a perimeter without a row has an empty name. */
const same = (released: unknown, drawn: unknown): boolean =>
  released === drawn ||
  ((drawn === null || drawn === "") &&
    (released === null || released === "s" || released === "ns" || released === "nd" || released === ""));
