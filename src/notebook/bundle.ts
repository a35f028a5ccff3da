import type { AlgorithmCard } from "../experiments/cards/card.ts";
import type { AreaViewer, ViewerExplanation } from "../figures/area-viewer.ts";

/**
 * What passes from a cell to the book: plain JSON under MIME types of our own, beside what a front end can show (SVG, HTML, text).
 * The book reads only these; standard output and plain results never reach a page.
 */
export const FIGURE_MIME = "application/vnd.quartiers.figure+json";
export const NUMBERS_MIME = "application/vnd.quartiers.numbers+json";
export const NOTE_MIME = "application/vnd.quartiers.note+json";
export const VIEWER_MIME = "application/vnd.quartiers.viewer+json";
export const CARD_MIME = "application/vnd.quartiers.card+json";

/** A released column as JSON: a missing value is its reason ("s", "ns", "nd"), an unreachable one "Infinity". */
export interface BundledColumn {
  readonly type: "number" | "text";
  readonly label: string;
  /** "" for text. */
  readonly unit: string;
  readonly values: readonly (number | string)[];
}

export interface BundledSource {
  readonly id: string;
  readonly title: string;
  readonly publisher: string;
  readonly licence: string;
  readonly vintage: string;
  readonly url: string;
  readonly file: string;
  readonly sha256: string;
  readonly synthetic: boolean;
  readonly secrecy: { readonly unit: string; readonly minUnits: number; readonly statedBy: string };
}

/** A figure as it travels: `Figure` with its released rows written out. */
export interface BundledFigure {
  readonly kind: "chart" | "table";
  readonly id: string;
  readonly title: string;
  readonly subtitle: string;
  readonly alt: string;
  readonly champ: string;
  readonly lecture: string;
  readonly source: string;
  readonly licence: string;
  readonly vintage: string;
  readonly synthetic: boolean;
  readonly orientation: "portrait" | "paysage";
  readonly columns: Readonly<Record<string, BundledColumn>>;
  readonly numRows: number;
  /** Complete Vega-Lite specification with its data inside, or null for a table. */
  readonly spec: Readonly<Record<string, unknown>> | null;
  readonly sources: readonly BundledSource[];
  readonly release: Readonly<Record<string, unknown>>;
  readonly parameters: Readonly<Record<string, string | number>>;
}

/** A number that the prose quotes as {{key}}: the value, how to print it, and what it says. */
export interface BundledNumber {
  readonly key: string;
  readonly label: string;
  readonly value: number | string;
  readonly unit: string;
  readonly decimals: number;
}

export interface BundledNumbers {
  readonly numbers: readonly BundledNumber[];
  readonly sources: readonly BundledSource[];
  readonly release: Readonly<Record<string, unknown>>;
}

/** A released table as it travels. */
export interface BundledTable {
  readonly columns: Readonly<Record<string, BundledColumn>>;
  readonly numRows: number;
}

/** A viewer of areas as it travels: `AreaViewer` with its released rows written out. */
export interface BundledViewer extends Omit<AreaViewer, "kind" | "areas" | "estimates" | "explanation"> {
  readonly areas: BundledTable;
  readonly estimates: BundledTable;
  readonly explanation: (Omit<ViewerExplanation, "data"> & { readonly data: BundledTable }) | null;
  readonly sources: readonly BundledSource[];
  /** The gate's record of each table. */
  readonly releases: readonly Readonly<Record<string, unknown>>[];
}

/** A card of transparency as it travels: `AlgorithmCard` with its released tables written out. */
export interface BundledCard extends Omit<AlgorithmCard, "kind" | "sensitivity" | "equity"> {
  readonly sensitivity: BundledTable;
  readonly equity: BundledTable | null;
  readonly sources: readonly BundledSource[];
  readonly releases: readonly Readonly<Record<string, unknown>>[];
}

/** Prose made by the computation, in Markdown: which data is missing here, from whom, what a data clause should ask. */
export interface BundledNote {
  readonly markdown: string;
}

/** Every bundle carries the seal of the gate: an HMAC of its canonical JSON under the key that the build gives to its kernels. */
export interface Sealed<T> {
  readonly content: T;
  /** null outside a build. The book refuses a bundle without a valid seal. */
  readonly seal: string | null;
}
