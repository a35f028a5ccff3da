import { texts } from "../../codes/table.ts";
import { sha256 } from "../../engine/hash.ts";
import type { BundledFigure } from "../../notebook/bundle.ts";
import { chainText } from "../../protection/ledger/admit.ts";
import type { Exposure } from "../../protection/ledger/attack-newcomer.ts";
import { appendToLedger, type Ledger } from "../../protection/ledger/ledger.ts";
import { type LedgerOverview, overview } from "../../protection/ledger/overview.ts";
import type { Publication } from "../../protection/ledger/publication.ts";
import { publicationOf } from "../../protection/ledger/publication-of.ts";
import { highsSolver } from "../../protection/solver/highs.ts";
import { bookZones, withNamedZones } from "./book-zones.ts";
import { figurePublication, statementOf } from "./figure-publication.ts";
import type { PublicTable } from "./public-tables.ts";

/** What a build adds to the ledger. */
export interface LedgerEdition {
  readonly ledger: Ledger;
  readonly added: number;
  readonly skipped: number;
  readonly overview: LedgerOverview;
  /** What was let through and must be told: an inhabited ring with nobody, totals that public sources expose. French sentences. */
  readonly notes: readonly string[];
}

export interface LedgerRun {
  readonly earlier: Ledger;
  /** In the order of the book. */
  readonly figures: readonly BundledFigure[];
  /** Commune of each neighbourhood. */
  readonly communes: ReadonlyMap<string, string>;
  /** What producers have published: it enters first, and is never refused. */
  readonly known?: readonly PublicTable[];
  /** Words that date the publications: those of the edition. */
  readonly date: string;
}

/**
 * Attacks each stated table of the book together with all earlier publications, then writes it after them; the earlier ledger is untouched. One that is
 * already there with the same numbers is skipped.
 * @throws Refusal naming the figure and the published numbers that a reader would combine
 */
export async function appendBook({ earlier, figures, communes, known = [], date }: LedgerRun): Promise<LedgerEdition> {
  const stated = figures.flatMap((figure) => {
    const statement = statementOf(figure);
    return statement === null ? [] : [{ figure, statement }];
  });
  const named = stated.flatMap(({ figure, statement: { zone } }) =>
    zone === null || zone.gathers
      ? []
      : (figure.columns[zone.column]?.values ?? [])
          .filter((code) => code !== zone.whole)
          .map((code) => ({ kind: zone.kind, code: String(code) })),
  );
  const publicZones = known.flatMap(({ table, statement: { zone } }) =>
    zone === null ? [] : texts(table, zone.column).values.map((code) => ({ kind: zone.kind, code })),
  );
  const zones = withNamedZones(
    bookZones(
      stated.map(({ statement }) => statement),
      communes,
    ),
    [...named, ...publicZones],
  );
  const solver = await highsSolver();
  let ledger = earlier;
  let [added, skipped] = [0, 0];
  const notes: string[] = [];
  const enter = (publication: Publication): readonly Exposure[] => {
    const appended = appendToLedger(ledger, publication, { hash: sha256, solver });
    ledger = appended.ledger;
    if (appended.status === "skipped") skipped++;
    else added++;
    return appended.notes;
  };
  for (const { id, table, statement, date: vintage } of known)
    enter(publicationOf(table, statement, zones, { id, date: vintage }));
  for (const { figure } of stated) {
    const publication = figurePublication(figure, zones, date);
    if (publication === null) continue;
    notes.push(...enter(publication).map(({ chain }) => `${figure.id}\u00a0: ${chainText(chain)}`));
  }
  return { ledger, added, skipped, overview: overview(ledger.publications), notes };
}
