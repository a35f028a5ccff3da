/** How alike two partitions of the same people are, from their cross table (row-major, `width` classes across): counts of people in both. */
export interface PartitionAgreement {
  /** Adjusted Rand index (Hubert and Arabie 1985): 1 when equal, about 0 when no more alike than by chance. */
  readonly adjustedRand: number;
  /** For each row class, its greatest Jaccard likeness with a column class: people of both over people of either. 0 for a class without people. */
  readonly jaccard: Float64Array;
}

/**
 * Adjusted Rand index and Jaccard likeness from a cross table. Two partitions that are both in one class, or both without any two people together, are equal. O(table).
 * @example
 * ```ts
 * const { adjustedRand, jaccard } = partitionAgreement(Float64Array.of(3, 0, 1, 4), 2);
 * [adjustedRand.toFixed(6), [...jaccard]] // [ '0.494845', [ 0.75, 0.8 ] ]
 * ```
 */
export function partitionAgreement(table: Float64Array, width: number): PartitionAgreement {
  const height = table.length / width;
  const [rows, columns] = [new Float64Array(height), new Float64Array(width)];
  const pairs = (count: number): number => (count * (count - 1)) / 2;
  let [all, together] = [0, 0];
  table.forEach((count, at) => {
    rows[Math.floor(at / width)] += count;
    columns[at % width] += count;
    all += count;
    together += pairs(count);
  });
  const inRows = rows.reduce((sum, count) => sum + pairs(count), 0);
  const inColumns = columns.reduce((sum, count) => sum + pairs(count), 0);
  const expected = all > 1 ? (inRows * inColumns) / pairs(all) : 0;
  const most = (inRows + inColumns) / 2;
  const jaccard = rows.map((people, row) => {
    let best = 0;
    for (let column = 0; column < width && people > 0; column++) {
      const both = table[row * width + column];
      best = Math.max(best, both / (people + columns[column] - both));
    }
    return best;
  });
  return { adjustedRand: most === expected ? 1 : (together - expected) / (most - expected), jaccard };
}
