import { sharedColumn, Transferred, type WorkerPool } from "../../engine/workers.ts";
import { contractStreets } from "../../models/streets/contract-streets.ts";
import type { StreetHierarchy } from "../../models/streets/hierarchy.ts";
import type { StreetCost } from "../../models/streets/shortest-path.ts";
import type { StreetGraph } from "../../models/streets/street-graph.ts";
import { eachStreetRow, type StreetTargets } from "../../models/streets/street-matrix.ts";
import type { TripEnds } from "./street-trips.ts";

/** What the trips of one cost need, in memory that threads share. */
export interface SharedStreets {
  readonly hierarchy: StreetHierarchy;
  readonly targets: StreetTargets;
  readonly to: TripEnds;
}

/** Rows of one task: the origins of these numbers, the only ones that `from` holds. */
export interface RowTask {
  readonly streets: SharedStreets;
  readonly from: TripEnds;
}

/** Contracts streets, in shared memory. */
export function contractShared(input: { readonly graph: StreetGraph; readonly cost: StreetCost }): StreetHierarchy {
  return sharedArrays(contractStreets(input.graph, { cost: input.cost }));
}

/**
 * Door-to-door rows of a task, row-major: minutes or kilometres. The walk at both ends is added; a point to itself (same coordinates) is 0, whatever its walk; a
 * point without a street is at Infinity of all the others.
 */
export function doorToDoorRows({ streets: { hierarchy, targets, to }, from }: RowTask): Transferred<Float64Array> {
  const columns = to.nodes.length;
  const rows = new Float64Array(from.nodes.length * columns);
  const access = hierarchy.cost === "seconds" ? "accessSeconds" : "accessMetres";
  const unit = hierarchy.cost === "seconds" ? 60 : 1000;
  const departure = from[access];
  const arrival = to[access];
  eachStreetRow(hierarchy, targets, from.nodes, (origin, costs) => {
    const start = origin * columns;
    for (let j = 0; j < columns; j++) rows[start + j] = (departure[origin] + costs[j] + arrival[j]) / unit;
    for (let j = 0; j < columns; j++)
      if (from.lon[origin] === to.lon[j] && from.lat[origin] === to.lat[j] && to.nodes[j] !== -1) rows[start + j] = 0;
  });
  return new Transferred(rows, [rows.buffer]);
}

/** Runs a function of this module in the pool, or here when there is none. */
export async function runHere<Input, Result>(
  pool: WorkerPool | null,
  task: (input: Input) => Result | Transferred<Result>,
  input: Input,
): Promise<Result> {
  if (pool) return pool.run<Result>({ module: import.meta.url, name: task.name }, input);
  const result = task(input);
  return result instanceof Transferred ? result.value : result;
}

/** Runs tasks with two a thread under way, and hands over their results in the order of the tasks: memory follows the threads, not the tasks. */
export async function inOrder<Result>(
  pool: WorkerPool | null,
  tasks: readonly (() => Promise<Result>)[],
  take: (result: Result, task: number) => void | Promise<void>,
): Promise<void> {
  const ahead = pool ? pool.size * 2 : 1;
  const underWay: Promise<Result>[] = [];
  for (let next = 0, taken = 0; taken < tasks.length; taken++) {
    while (next < tasks.length && next < taken + ahead) {
      const running = tasks[next++]();
      // A task that fails is told when its turn comes; until then its refusal is not an unhandled one.
      running.catch(() => undefined);
      underWay.push(running);
    }
    await take(await (underWay.shift() as Promise<Result>), taken);
  }
}

/** The same value with its columns of numbers in shared memory, which a thread reads where they are. */
export function sharedArrays<T>(value: T): T {
  if (value instanceof Float64Array) return sharedColumn(value) as T;
  if (value instanceof Int32Array) {
    if (value.buffer instanceof SharedArrayBuffer) return value;
    const shared = new Int32Array(new SharedArrayBuffer(value.byteLength));
    shared.set(value);
    return shared as T;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value) || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, sharedArrays(part)])) as T;
}
