import type { BundledFigure } from "../../notebook/bundle.ts";
import { openTerritory, territoryNames } from "../../sources/territory.ts";
import { appendBook, type LedgerEdition } from "./append-book.ts";
import { communesOfNeighbourhoods } from "./communes.ts";
import { loadLedger, writeLedger } from "./ledger-files.ts";
import { publicTables } from "./public-tables.ts";

/** Where the ledger is, and whose it is. */
export interface LedgerPlan {
  /** Folder of the reports, with the earlier ledger. */
  readonly out: string;
  readonly territory: string;
  readonly data: string;
  /** Words of the edition, which date its publications. */
  readonly edition: string;
  readonly say: (line: string) => void;
}

/**
 * Attacks the book's stated tables together with all earlier publications of its territory in this folder of reports, and writes the ledger that holds them into
 * a folder that is not yet published. The ledgers of other territories are carried as they are.
 */
export async function keepLedger(
  figures: readonly BundledFigure[],
  staging: string,
  { out, territory, data, edition, say }: LedgerPlan,
): Promise<LedgerEdition> {
  const opened = territoryNames.includes(territory) ? openTerritory({ territory, data }) : null;
  // Only tables that this book cites: one folder of data may serve several territories.
  const cited = new Set(figures.flatMap(({ sources }) => sources.map(({ id }) => id)));
  const known = opened ? (await publicTables(opened)).filter(({ id }) => cited.has(id)) : [];
  const made = await appendBook({
    earlier: loadLedger(out, territory),
    figures,
    communes: opened ? await communesOfNeighbourhoods(opened) : new Map(),
    known,
    date: edition,
  });
  writeLedger({ from: out, into: staging, territory }, made.ledger);
  const { publications, numbers, atoms } = made.overview;
  say(
    `Registre\u00a0: ${publications} publications, ${numbers} nombres, ${atoms} morceaux de population, ${made.added} ajoutées`,
  );
  return made;
}
