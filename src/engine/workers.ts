import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { QuartiersError } from "../codes/errors.ts";
import type { TaskAnswer, TaskMessage } from "./worker-messages.ts";

export { Transferred } from "./worker-messages.ts";

/** A function that a thread can call: an export of a module, by the module's own address (`import.meta.url`). */
export interface TaskFunction {
  readonly module: string;
  readonly name: string;
}

/** Threads that run tasks. It has a life cycle: close it, or use `withWorkers`. */
export interface WorkerPool {
  readonly size: number;
  /** Runs the function on one input. Shared buffers are shared, buffers listed in `transfer` are handed over, the rest is copied. */
  readonly run: <Result>(task: TaskFunction, input: unknown, transfer?: readonly ArrayBufferLike[]) => Promise<Result>;
  /** Runs the function on each input; results are in the order of the inputs, whatever the number of threads. */
  readonly map: <Result>(task: TaskFunction, inputs: readonly unknown[]) => Promise<Result[]>;
  /** Stops the threads. Tasks that are not done are refused with an error that says so. */
  readonly close: () => Promise<void>;
}

export interface WorkerOptions {
  /** Number of threads; the cores that the machine gives to this process when absent. Results never depend on it. */
  readonly size?: number;
}

interface Job {
  readonly message: TaskMessage;
  readonly transfer: readonly ArrayBufferLike[];
  readonly resolve: (result: never) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Starts a pool. Threads begin with their first task, and do not keep the process alive when they have nothing to do. A thread that
 * dies (out of memory, exit) refuses the task that it held and is replaced for the next one.
 */
export function openWorkers({ size = availableParallelism() }: WorkerOptions = {}): WorkerPool {
  if (!Number.isInteger(size) || size < 1) {
    throw new QuartiersError({
      what: "Nombre de fils d'exécution impossible",
      value: String(size),
      expected: "un entier à partir de 1",
    });
  }
  const waiting: Job[] = [];
  const held = new Map<Worker, Job | null>();
  let closed = false;
  let nextId = 0;

  const settle = (worker: Worker, finish: (job: Job) => void): void => {
    const job = held.get(worker);
    held.set(worker, null);
    worker.unref();
    if (job) finish(job);
    feed();
  };
  const start = (): Worker => {
    // Without the flags of this process: « --eval » and its like mean nothing to a thread.
    const worker = new Worker(new URL("./worker-entry.ts", import.meta.url), { execArgv: [] });
    held.set(worker, null);
    worker.on("message", (answer: TaskAnswer) =>
      settle(worker, (job) => (answer.ok ? job.resolve(answer.result as never) : job.reject(taskError(answer, job)))),
    );
    const lose = (cause: unknown): void => {
      const job = held.get(worker);
      held.delete(worker);
      worker.terminate();
      job?.reject(closed ? stopped() : lost(job, cause));
      feed();
    };
    worker.on("error", lose);
    worker.on("messageerror", lose);
    worker.on("exit", (code) => held.has(worker) && lose(new Error(`exit ${code}`)));
    return worker;
  };
  const feed = (): void => {
    while (!closed && waiting.length > 0) {
      const idle = [...held].find(([, job]) => job === null)?.[0] ?? (held.size < size ? start() : null);
      if (!idle) return;
      const job = waiting.shift() as Job;
      held.set(idle, job);
      idle.ref();
      try {
        idle.postMessage(job.message, job.transfer as readonly ArrayBuffer[]);
      } catch (cause) {
        settle(idle, () => job.reject(unsendable(job, cause)));
      }
    }
  };

  const run = <Result>(
    task: TaskFunction,
    input: unknown,
    transfer: readonly ArrayBufferLike[] = [],
  ): Promise<Result> =>
    new Promise((resolve, reject) => {
      if (closed) return reject(stopped());
      waiting.push({ message: { id: nextId++, ...task, input }, transfer, resolve, reject });
      feed();
    });
  return {
    size,
    run,
    map: async (task, inputs) => {
      const results = await Promise.allSettled(inputs.map((input) => run<never>(task, input)));
      // The first refusal in the order of the inputs, not of the clock: the same message at each run.
      for (const result of results) if (result.status === "rejected") throw result.reason;
      return results.map((result) => (result as PromiseFulfilledResult<never>).value);
    },
    close: async () => {
      closed = true;
      for (const job of waiting.splice(0)) job.reject(stopped());
      const workers = [...held.keys()];
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

/** Opens a pool, lends it to the task, and closes it whatever happens. */
export async function withWorkers<T>(task: (pool: WorkerPool) => Promise<T>, options: WorkerOptions = {}): Promise<T> {
  const pool = openWorkers(options);
  try {
    return await task(pool);
  } finally {
    await pool.close();
  }
}

/** Rows of one task. */
export interface Shard {
  readonly start: number;
  readonly end: number;
}

/**
 * Cuts rows into shards of a fixed size: it depends on the data alone, so that a sum made shard by shard is the same on any machine.
 * @example
 * ```ts
 * shards(5, 2) // [{ start: 0, end: 2 }, { start: 2, end: 4 }, { start: 4, end: 5 }]
 * ```
 */
export function shards(rows: number, size: number): Shard[] {
  return Array.from({ length: Math.ceil(rows / size) }, (_, i) => ({
    start: i * size,
    end: Math.min(rows, (i + 1) * size),
  }));
}

/** The same column in memory that threads read together; a column already there is given back as it is. */
export function sharedColumn(values: Float64Array): Float64Array {
  if (values.buffer instanceof SharedArrayBuffer) return values;
  const shared = new Float64Array(new SharedArrayBuffer(values.byteLength));
  shared.set(values);
  return shared;
}

const nameOf = ({ message: { module, name } }: Job): string => `${name}, ${module.split("/").slice(-2).join("/")}`;

function taskError(answer: Extract<TaskAnswer, { ok: false }>, job: Job): QuartiersError {
  if ("parts" in answer) return new QuartiersError(answer.parts);
  return new QuartiersError({
    what: "Une tâche parallèle a échoué",
    where: nameOf(job),
    remedy: "lire la cause de cette erreur\u00a0: c'est un défaut du programme",
    cause: answer.stack,
  });
}

const lost = (job: Job, cause: unknown): QuartiersError =>
  new QuartiersError({
    what: "Un fil d'exécution s'est arrêté avant la fin de sa tâche",
    where: nameOf(job),
    remedy: "vérifier la mémoire disponible, ou traiter moins de lignes à la fois",
    cause,
  });

const unsendable = (job: Job, cause: unknown): QuartiersError =>
  new QuartiersError({
    what: "Ces données ne passent pas à un fil d'exécution",
    where: nameOf(job),
    expected: "des colonnes et des valeurs simples, sans fonction",
    cause,
  });

const stopped = (): QuartiersError =>
  new QuartiersError({ what: "Le travail parallèle a été arrêté avant la fin de cette tâche" });
