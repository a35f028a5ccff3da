import { frenchNumber } from "../codes/french.ts";
import { reasonAt } from "../codes/table.ts";
import type { AlgorithmCard } from "../experiments/cards/card.ts";
import type { Note } from "../experiments/experiment.ts";
import type { AreaViewer } from "../figures/area-viewer.ts";
import type { Figure } from "../figures/figure.ts";
import type { KeyNumbers } from "../figures/key-numbers.ts";
import { assertReleased } from "../protection/released.ts";
import {
  type BundledFigure,
  type BundledNote,
  type BundledNumbers,
  CARD_MIME,
  FIGURE_MIME,
  NOTE_MIME,
  NUMBERS_MIME,
  type Sealed,
  VIEWER_MIME,
} from "./bundle.ts";
import { bundleColumn, recordOf, sourcesOf } from "./bundle-parts.ts";
import { bundleCard, cardTables } from "./card-bundle.ts";
import { seal } from "./seal.ts";
import { renderSvg } from "./vega-svg.ts";
import { bundleViewer, viewerTables } from "./viewer-bundle.ts";

/** The symbol under which the kernel finds how a value shows itself (the convention of the Deno kernel). */
export const displaySymbol: unique symbol = Symbol.for("Jupyter.display") as never;

/** A value that a notebook can end a cell with. */
export interface Displayable {
  readonly [displaySymbol]: () => Promise<Readonly<Record<string, unknown>>>;
}

const SEAL_VARIABLE = "QUARTIERS_SEAL";

/** What a cell may show. */
export type Shown = Figure | KeyNumbers | Note | AreaViewer | AlgorithmCard;

/**
 * Shows a figure, a viewer of areas, a list of key numbers, a note or a card of transparency. In Jupyter: the drawing; in a terminal: a sentence; in a build: the sealed bundle that becomes a
 * page of the book. Refuses what did not come out of `release()`.
 */
export function show(value: Shown): Displayable {
  if (value.kind === "numbers") assertReleased(value.data, "Un chiffre du texte");
  else if (value.kind === "viewer") viewerTables(value);
  else if (value.kind === "card") cardTables(value);
  else if (value.kind !== "note") assertReleased(value.data, `La figure « ${value.id} »`);
  return { [displaySymbol]: () => bundleOf(value) };
}

async function bundleOf(value: Shown): Promise<Readonly<Record<string, unknown>>> {
  if (value.kind === "note") {
    const content: BundledNote = { markdown: value.markdown };
    return { [NOTE_MIME]: sealed(content), "text/markdown": value.markdown, "text/plain": value.markdown };
  }
  if (value.kind === "card") {
    const words = `Carte de transparence : ${value.title}. ${value.summary} Elle est imprimée en entier dans la dernière partie du livre.`;
    return { [CARD_MIME]: sealed(bundleCard(value)), "text/markdown": words, "text/plain": words };
  }
  if (value.kind === "viewer") {
    const plain = `${value.title}\n${value.alt}\nDans le livre, c’est une page du site\u00a0: visionneuse-${value.id}.html.`;
    return {
      [VIEWER_MIME]: sealed(bundleViewer(value)),
      "text/plain": plain,
      "text/html": `<p>${escapeHtml(plain).replaceAll("\n", "<br>")}</p>`,
    };
  }
  if (value.kind === "numbers") {
    const content = bundleNumbers(value);
    const lines = content.numbers.map(
      ({ key, label, value: v, unit, decimals }) =>
        `${label}\u00a0: ${typeof v === "number" ? frenchNumber(v, { decimals, unit }) : v} [${key}]`,
    );
    return {
      [NUMBERS_MIME]: sealed(content),
      "text/html": `<ul>${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join("")}</ul>`,
      "text/plain": lines.join("\n"),
    };
  }
  const content = bundleFigure(value);
  const plain = `${value.title}\n${value.alt}`;
  const bundle: Record<string, unknown> = { [FIGURE_MIME]: sealed(content), "text/plain": plain };
  if (!process.env[SEAL_VARIABLE]) {
    // A build draws by itself; a person at the keyboard sees the drawing here.
    bundle["text/html"] = value.spec
      ? `<figure>${await renderSvg(value.spec)}<figcaption>${captionHtml(value)}</figcaption></figure>`
      : tableHtml(value);
    if (value.spec) bundle["application/vnd.vegalite.v5+json"] = value.spec;
  }
  return bundle;
}

const sealed = <T>(content: T): Sealed<T> => seal(content, process.env[SEAL_VARIABLE] ?? null);

/** What a figure says of itself; whatever else an object carries stays behind. */
const saidFields = [
  "kind",
  "id",
  "title",
  "subtitle",
  "alt",
  "champ",
  "lecture",
  "source",
  "licence",
  "vintage",
  "synthetic",
  "orientation",
  "spec",
  "parameters",
] as const;

function bundleFigure(value: Figure): BundledFigure {
  assertReleased(value.data, `La figure « ${value.id} »`);
  const said = Object.fromEntries(saidFields.map((field) => [field, value[field]])) as Pick<
    Figure,
    (typeof saidFields)[number]
  >;
  return {
    ...said,
    columns: Object.fromEntries(value.columns.map((name) => [name, bundleColumn(value.data, name)])),
    numRows: value.data.numRows,
    sources: sourcesOf(value.data.lineage),
    release: recordOf(value.data),
  };
}

function bundleNumbers({ data }: KeyNumbers): BundledNumbers {
  assertReleased(data, "Un chiffre du texte");
  const at = (name: string, row: number): string | number => {
    const column = data.columns[name];
    return column ? (reasonAt(column, row) ?? column.values[row] ?? "") : "";
  };
  return {
    numbers: Array.from({ length: data.numRows }, (_, row) => {
      const word = at("text", row);
      const value = word === "" ? at("value", row) : word;
      return {
        key: String(at("key", row)),
        label: String(at("label", row)),
        value: value === Number.POSITIVE_INFINITY ? "Infinity" : value,
        unit: String(at("unit", row)),
        decimals: Number(at("decimals", row)),
      };
    }),
    sources: sourcesOf(data.lineage),
    release: recordOf(data),
  };
}

const escapeHtml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

function captionHtml({ title, subtitle, lecture, champ, source, licence }: Figure): string {
  return `<strong>${escapeHtml(title)}</strong><br>${escapeHtml(subtitle)}<br><small>Lecture\u00a0: ${escapeHtml(lecture)} Champ\u00a0: ${escapeHtml(champ)}. Source\u00a0: ${escapeHtml(source)}. ${escapeHtml(licence)}.</small>`;
}

function tableHtml(value: Figure): string {
  const { data, columns } = value;
  const bundled = columns.map((name) => bundleColumn(data, name));
  const head = bundled
    .map(
      ({ label, unit }) => `<th scope="col">${escapeHtml(unit && unit !== "part" ? `${label} (${unit})` : label)}</th>`,
    )
    .join("");
  const rows = Array.from(
    { length: data.numRows },
    (_, row) =>
      `<tr>${bundled.map(({ values, type }) => `<td${type === "number" ? ' style="text-align:right"' : ""}>${cellHtml(values[row])}</td>`).join("")}</tr>`,
  );
  return `<table><caption>${captionHtml(value)}</caption><thead><tr>${head}</tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

function cellHtml(value: string | number | undefined): string {
  if (typeof value === "number") return frenchNumber(value, { decimals: Number.isInteger(value) ? 0 : 1 });
  return escapeHtml(value === "Infinity" ? "hors d’atteinte" : (value ?? ""));
}
