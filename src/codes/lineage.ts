/** The rule under which a producer lets its data be published. The threshold belongs to the producer; nobody else relaxes it. */
export interface SecrecyRule {
  /** What is counted: "ménage", "personne", "demandeur d'emploi", "établissement", "enquêté". */
  readonly unit: string;
  /** Column whose distinct values are the units counted, when a row is not one of them: "id_interimaire" of a file of assignments. */
  readonly identifiedBy?: string;
  /** A published cell counts 0 units, or at least this many. */
  readonly minUnits: number;
  /** Who states the threshold, or "seuil non publié : le plus strict connu (11)". */
  readonly statedBy: string;
  /** Concentration rules: with n = 1, the greatest contributor makes strictly more than k % of the cell; with more, the n greatest make at least k %. */
  readonly dominance?: readonly { readonly n: number; readonly k: number }[];
  /** The second contributor must not estimate the first to less than this percentage. */
  readonly pPercent?: number;
  /** "structural" (the default): a frequency of 0 is published, as INSEE does. "sensitive": a total of 0 over real contributors is hidden. */
  readonly zeros?: "structural" | "sensitive";
  /** Values that a hidden count must still be able to take for whoever reads everything; from 0 to `minUnits` by default. */
  readonly interval?: readonly [number, number];
  /** A hidden amount must stay uncertain by this percentage of itself, above and below; 10 by default. */
  readonly amountPercent?: number;
  /** Which count of a weighted survey the threshold bears on; "both" by default. */
  readonly weighted?: "both" | "weighted" | "unweighted";
  /** A published rate stays when some count that it stands for reaches the threshold ("ambiguous", the default), or only when all from 0 to it do. */
  readonly rates?: "ambiguous" | "interval";
  /** What a reader may know from elsewhere of any one cell of a column: bounds that the attack takes as known. */
  readonly outsideKnowledge?: readonly {
    readonly column: string;
    readonly least?: number;
    readonly greatest?: number;
  }[];
}

/** One file that a table comes from, and the conditions that follow it through filters, joins and groups. */
export interface SourceRef {
  readonly id: string;
  readonly title: string;
  readonly publisher: string;
  readonly licence: string;
  readonly vintage: string;
  readonly url: string;
  /** Path of the file, relative to the data folder. */
  readonly file: string;
  readonly sha256: string;
  /** True for invented data: every figure made from it carries the SYNTHÉTIQUE stamp. */
  readonly synthetic: boolean;
  /** True when the file is itself a publication: its aggregates are already public, its holes already made. */
  readonly published: boolean;
  /** Datasets that its contract allows it to be joined with; absent when all are. */
  readonly joins?: readonly string[];
  readonly secrecy: SecrecyRule;
  /** Predicates that the rows were kept by ("18-29 ans"), in the order of the filters; absent when all rows are there. */
  readonly universe?: readonly string[];
}

/** Union of lineages, one entry a file and universe, in order of first use. */
export function mergeLineages(...lineages: readonly (readonly SourceRef[])[]): readonly SourceRef[] {
  const seen = new Map<string, SourceRef>();
  for (const ref of lineages.flat()) {
    const key = JSON.stringify([ref.id, ref.sha256, ref.universe ?? []]);
    if (!seen.has(key)) seen.set(key, ref);
  }
  return [...seen.values()];
}

/** Predicates of the universe of a table, each once, in order. */
export const universeOf = (lineage: readonly SourceRef[]): readonly string[] => [
  ...new Set(lineage.flatMap(({ universe = [] }) => universe)),
];
