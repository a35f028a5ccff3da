import { Transferred, type WorkerPool } from "../../engine/workers.ts";
import { type PreparedTransit, transitRows } from "../../models/transit/transit-matrix.ts";

/** Homes of one task. */
export interface TransitTask {
  readonly prepared: PreparedTransit;
  readonly start: number;
  readonly end: number;
}

/** The rows of some homes, one matrix a percentile: what a thread runs. */
export function homeRows({ prepared, start, end }: TransitTask): Transferred<Float64Array[]> {
  const workplaces = prepared.egress.starts.length - 1;
  const minutes = Array.from(prepared.ranks, () => new Float64Array((end - start) * workplaces));
  transitRows(prepared, start, end, minutes, start);
  return new Transferred(
    minutes,
    minutes.map(({ buffer }) => buffer as ArrayBuffer),
  );
}

/** The rows of some homes, by a thread of the pool or here. */
export async function transitHomes(pool: WorkerPool | null, task: TransitTask): Promise<Float64Array[]> {
  if (pool === null) return homeRows(task).value;
  return pool.run<Float64Array[]>({ module: import.meta.url, name: homeRows.name }, task);
}

/** The same value with its columns in memory that threads share. */
export function shareColumns<T>(value: T): T {
  if (value instanceof Float64Array) return new Float64Array(sharedBytes(value)) as T;
  if (value instanceof Int32Array) return new Int32Array(sharedBytes(value)) as T;
  if (value instanceof Uint8Array) return new Uint8Array(sharedBytes(value)) as T;
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, shareColumns(part)])) as T;
}

function sharedBytes({ buffer, byteOffset, byteLength }: ArrayBufferView): SharedArrayBuffer {
  const shared = new SharedArrayBuffer(byteLength);
  new Uint8Array(shared).set(new Uint8Array(buffer, byteOffset, byteLength));
  return shared;
}
