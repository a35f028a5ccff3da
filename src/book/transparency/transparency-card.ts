import type { CardParameter, CardStory } from "../../experiments/cards/card.ts";
import type { NamedAdministration } from "./administration.ts";

/** Address of the schema that a card says it follows; the file is published beside the cards. */
export const CARD_SCHEMA = "carte-algorithme-1.schema.json";

/** A file that the algorithm read. */
export interface CardData {
  readonly id: string;
  readonly title: string;
  readonly publisher: string;
  /** Year or day of the data. */
  readonly vintage: string;
  readonly licence: string;
  readonly url: string;
  readonly file: string;
  readonly sha256: string;
  readonly synthetic: boolean;
  /** Unit, least number of units of a published cell, and who states it. */
  readonly secrecy: { readonly unit: string; readonly minUnits: number; readonly statedBy: string };
}

/** One line of the table of sensitivities. A result is null where it cannot be computed, and `why` says so. */
export interface CardSensitivity {
  readonly parameter: string;
  readonly measured: string;
  readonly unit: string;
  readonly decimals: number;
  readonly low: { readonly setting: string; readonly result: number | null };
  readonly base: number | null;
  readonly high: { readonly setting: string; readonly result: number | null };
  readonly why: string;
}

/** One line of the table of errors by group; null where the gate hides the group. */
export interface CardEquity {
  readonly group: string;
  readonly against: string;
  readonly bias: number | null;
  readonly error: number | null;
  readonly compared: number;
}

/** What the gate did to all that the algorithm shows. */
export interface CardGate {
  readonly checked: number;
  /** Cells hidden by the gate, and those that producers had hidden. */
  readonly hidden: number;
  readonly inherited: number;
  /** What was found, one sentence each, with how many tables it was found in. */
  readonly findings: readonly { readonly sentence: string; readonly tables: number }[];
}

/** A card with all that the run knows: the one object from which every file is written. French values; JSON as it stands. */
export interface TransparencyCard {
  readonly schema: typeof CARD_SCHEMA;
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** Day or edition of the last update: the book's, since the build reads no clock. */
  readonly updated: string;
  readonly territory: string;
  readonly administration: NamedAdministration;
  /** The four items that article R. 311-3-1-2 of the CRPA asks for. */
  readonly items: {
    readonly contribution: string;
    readonly data: readonly CardData[];
    readonly parameters: {
      readonly appliesTo: string;
      readonly weighting: string;
      readonly list: readonly CardParameter[];
    };
    readonly operations: readonly string[];
  };
  readonly purpose: {
    readonly why: string;
    readonly context: string;
    readonly audience: string;
    readonly legalGrounds: string;
    readonly previousProcess: string;
    readonly alternatives: readonly string[];
  };
  readonly decision: {
    /** Always "aucune": nothing is decided about anybody. */
    readonly decisionsPerYear: "aucune";
    readonly automation: string;
    readonly humanOversight: string;
    readonly personList: CardStory["personList"];
  };
  readonly method: { readonly nature: string; readonly code: readonly string[] };
  readonly run: {
    readonly notebook: string;
    readonly code: string;
    readonly seed: number;
    readonly figures: readonly string[];
  };
  readonly gate: CardGate;
  readonly sensitivity: readonly CardSensitivity[];
  readonly equity: { readonly words: string; readonly rows: readonly CardEquity[] };
  readonly risks: CardStory["risks"];
  readonly limits: readonly string[];
}
