import type { BundledCard, BundledFigure, BundledSource, BundledTable, BundledViewer } from "../../notebook/bundle.ts";
import type { NamedAdministration } from "./administration.ts";
import {
  CARD_SCHEMA,
  type CardEquity,
  type CardGate,
  type CardSensitivity,
  type TransparencyCard,
} from "./transparency-card.ts";

/** What the run knows of the algorithm whose card this is. */
export interface CardRun {
  /** Notebook that shows the card, and its figures, tables and viewers. */
  readonly notebook: string;
  readonly figures: readonly BundledFigure[];
  readonly viewers: readonly BundledViewer[];
  readonly codeVersion: string;
  readonly seed: number;
  readonly territory: string;
  readonly edition: string;
  readonly administration: NamedAdministration;
}

/** A card filled from its run: nothing here is written by hand. */
export function fillCard(card: BundledCard, run: CardRun): TransparencyCard {
  const { figures, viewers } = run;
  return {
    schema: CARD_SCHEMA,
    id: card.id,
    title: card.title,
    summary: card.summary,
    updated: run.edition,
    territory: run.territory,
    administration: run.administration,
    items: {
      contribution: card.contribution,
      data: distinct([...figures, ...viewers, card].flatMap(({ sources }) => sources)),
      parameters: { appliesTo: card.appliesTo, weighting: card.weighting, list: card.parameters },
      operations: card.operations,
    },
    purpose: {
      why: card.why,
      context: card.context,
      audience: card.audience,
      legalGrounds: card.legalGrounds,
      previousProcess: card.previousProcess,
      alternatives: card.alternatives,
    },
    decision: {
      decisionsPerYear: "aucune",
      automation: "aucune décision, donc aucune automatisation de décision ; le calcul est relu avant d’être publié",
      humanOversight: card.humanOversight,
      personList: card.personList,
    },
    method: { nature: card.nature, code: card.code },
    run: {
      notebook: run.notebook,
      code: run.codeVersion,
      seed: run.seed,
      figures: [...figures, ...viewers].map(({ id }) => id),
    },
    gate: gateOf([
      ...figures.map(({ release }) => release),
      ...viewers.flatMap(({ releases }) => releases),
      ...card.releases,
    ]),
    sensitivity: sensitivityOf(card.sensitivity),
    equity: { words: card.equityWords, rows: card.equity ? equityOf(card.equity) : [] },
    risks: card.risks,
    limits: card.limits,
  };
}

const distinct = (sources: readonly BundledSource[]): readonly BundledSource[] => [
  ...new Map(sources.map((source) => [`${source.id} ${source.sha256}`, source])).values(),
];

/** Records of the gate, added up. A finding is told once, with the number of tables that it was found in. */
function gateOf(records: readonly Readonly<Record<string, unknown>>[]): CardGate {
  const total = (field: string): number => records.reduce((sum, record) => sum + Number(record[field] ?? 0), 0);
  const found = new Map<string, number>();
  for (const { findings } of records)
    for (const sentence of new Set(Array.isArray(findings) ? findings.map(sentenceOf) : []))
      found.set(sentence, (found.get(sentence) ?? 0) + 1);
  return {
    checked: records.length,
    hidden: total("hidden"),
    inherited: total("inherited"),
    findings: [...found].map(([sentence, tables]) => ({ sentence, tables })),
  };
}

const sentenceOf = (finding: unknown): string =>
  typeof finding === "string" ? finding : String((finding as { readonly sentence?: unknown }).sentence ?? "");

/** The cells of a bundled table by row: text as it is, a missing number null. */
function rowsOf({ columns, numRows }: BundledTable): readonly ((name: string) => string | number | null)[] {
  return Array.from({ length: numRows }, (_, row) => (name: string) => {
    const column = columns[name];
    const value = column?.values[row];
    if (column?.type === "text") return String(value ?? "");
    return typeof value === "number" ? value : null;
  });
}

const text = (value: string | number | null): string => String(value ?? "");
const number = (value: string | number | null): number | null => (typeof value === "number" ? value : null);

const sensitivityOf = (table: BundledTable): readonly CardSensitivity[] =>
  rowsOf(table).map((at) => ({
    parameter: text(at("reglage")),
    measured: text(at("grandeur")),
    unit: text(at("unite")),
    decimals: number(at("decimales")) ?? 0,
    low: { setting: text(at("valeur_basse")), result: number(at("resultat_bas")) },
    base: number(at("resultat")),
    high: { setting: text(at("valeur_haute")), result: number(at("resultat_haut")) },
    why: text(at("raison")),
  }));

const equityOf = (table: BundledTable): readonly CardEquity[] =>
  rowsOf(table).map((at) => ({
    group: text(at("groupe")),
    against: text(at("reference")),
    bias: number(at("biais")),
    error: number(at("erreur")),
    compared: number(at("comparaisons")) ?? 0,
  }));
