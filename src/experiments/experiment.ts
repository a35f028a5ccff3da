import type { Contract } from "../sources/contract.ts";
import type { Territory } from "../sources/territory.ts";

/** What an experiment declares before it may read anything: its purpose, held against every partner's contract, and the sources that it reads. */
export interface DataUse {
  /** Identifier that contracts name among their purposes. */
  readonly purpose: string;
  /** As a noun phrase, for the catalogue. */
  readonly title: string;
  readonly sources: readonly Contract[];
}

/** Data that an experiment would need and that this territory does not have: said in the chapter instead of invented. */
export interface MissingData {
  /** What is missing, as a noun phrase. */
  readonly what: string;
  /** Who holds it. */
  readonly holder: string;
  /** What the chapter cannot say without it. */
  readonly consequence: string;
  /** What a data clause should ask for: unit, columns, threshold. */
  readonly clause: string;
}

/** A paragraph that takes a figure's place, or says what a territory lacks. It quotes numbers by key ({{key}}), never by value. */
export interface Note {
  readonly kind: "note";
  readonly markdown: string;
}

export const note = (markdown: string): Note => ({ kind: "note", markdown });

/** The paragraph « Ce qui manque ici », or one that says that nothing does. */
export function missingDataNote(territory: Territory, missing: readonly MissingData[]): Note {
  if (missing.length === 0) {
    return note(`Pour ce territoire, ${territory.label}, toutes les données que l’expérience demande sont réunies.`);
  }
  const items = missing.map(
    ({ what, holder, consequence, clause }) =>
      `- **${capital(what)}** (détenteur\u00a0: ${holder}). Sans cela, ${consequence}. *Clause à demander\u00a0: ${clause}.*`,
  );
  return note(
    `Pour ce territoire, ${territory.label}, il manque\u00a0:\n\n${items.join("\n")}\n\nRien n’a été inventé pour combler ce manque\u00a0: le chapitre s’arrête où les données s’arrêtent.`,
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
