import { shards, sharedColumn, type WorkerPool } from "../engine/workers.ts";
import { sharedIntegers } from "./grid-cut.ts";
import { countPoints, locateInto, type PointIndex } from "./point-in-polygon.ts";

interface PointTask {
  readonly index: PointIndex;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly out: Int32Array;
  readonly start: number;
  readonly end: number;
}

const rowsPerTask = 1 << 18;

/**
 * The first shape of each point, or -1, by all the threads of the pool; the same as `locatePoints`. Columns already in shared memory
 * are read where they are, others are copied there once. Pays from about a million points.
 */
export async function locatePointsInThreads(
  index: PointIndex,
  x: Float64Array,
  y: Float64Array,
  pool: WorkerPool,
): Promise<Int32Array> {
  locateInto(index, x, y, new Int32Array(0), 0, 0); // refuses columns of different lengths
  const out = sharedIntegers(x.length);
  const columns = { index, x: sharedColumn(x), y: sharedColumn(y), out };
  await pool.map(
    { module: import.meta.url, name: "locateShard" },
    shards(x.length, rowsPerTask).map((shard) => ({ ...columns, ...shard })),
  );
  return out;
}

/** Adds to `counts` the points of each shape, by all the threads of the pool; the same as `countPoints`, integers being summed. */
export async function countPointsInThreads(
  index: PointIndex,
  x: Float64Array,
  y: Float64Array,
  counts: Float64Array,
  pool: WorkerPool,
): Promise<void> {
  countPoints(index, x, y, counts, 0, 0);
  const columns = { index, x: sharedColumn(x), y: sharedColumn(y) };
  const parts = await pool.map<Float64Array>(
    { module: import.meta.url, name: "countShard" },
    shards(x.length, rowsPerTask).map((shard) => ({ ...columns, ...shard })),
  );
  for (const part of parts) for (let shape = 0; shape < part.length; shape++) counts[shape] += part[shape];
}

/** What a thread runs: writes its rows of the answer where all threads write theirs. */
export function locateShard({ index, x, y, out, start, end }: PointTask): void {
  locateInto(index, x, y, out, start, end);
}

/** What a thread runs: the counts of its rows. */
export function countShard({ index, x, y, start, end }: Omit<PointTask, "out">): Float64Array {
  const counts = new Float64Array(index.shapes);
  countPoints(index, x, y, counts, start, end);
  return counts;
}
