import { mergeLineages } from "../codes/lineage.ts";
import type { AlgorithmCard } from "../experiments/cards/card.ts";
import { assertReleased, type Released } from "../protection/released.ts";
import type { BundledCard, BundledTable } from "./bundle.ts";
import { bundleColumn, recordOf, sourcesOf } from "./bundle-parts.ts";

/** The tables of a card, each let through by the gate. */
export function cardTables({ id, sensitivity, equity }: AlgorithmCard): readonly Released[] {
  const tables = [sensitivity, ...(equity ? [equity] : [])];
  for (const table of tables) assertReleased(table, `La carte « ${id} »`);
  return tables;
}

/** A card as it travels: its words and settings, its tables written out, the files that they come from. */
export function bundleCard(card: AlgorithmCard): BundledCard {
  const tables = cardTables(card);
  const { kind: _, sensitivity, equity, ...words } = card;
  const written = (data: Released): BundledTable => ({
    columns: Object.fromEntries(Object.keys(data.columns).map((name) => [name, bundleColumn(data, name)])),
    numRows: data.numRows,
  });
  return {
    ...words,
    sensitivity: written(sensitivity),
    equity: equity && written(equity),
    sources: sourcesOf(mergeLineages(...tables.map(({ lineage }) => lineage))),
    releases: tables.map(recordOf),
  };
}
