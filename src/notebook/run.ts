import { availableParallelism } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type ExecuteReply, Kernel, KernelDeath } from "./kernel.ts";
import { type Cell, type CodeCell, injectParameters, type Notebook, readNotebook, textOf } from "./nbformat.ts";
import { type Displays, OutputCollector } from "./outputs.ts";

/** A step of a run, for whoever shows progress. `cell` counts code cells from 1. */
export interface RunEvent {
  readonly notebook: string;
  readonly kind: "start" | "ready" | "cell" | "done" | "failed";
  readonly cell?: number;
  readonly cells?: number;
  readonly elapsedMs: number;
}

export interface RunOptions {
  /** Values for the cell tagged `parameters` (papermill's convention). */
  readonly parameters?: Readonly<Record<string, string | number | boolean>>;
  /** Longest time for one cell, in milliseconds. Default: 120 000. */
  readonly cellTimeoutMs?: number;
  /** Environment variables added for the kernel. */
  readonly env?: Readonly<Record<string, string>>;
  readonly onEvent?: (event: RunEvent) => void;
  /** Stop at the first cell that fails. Default: true. */
  readonly stopOnError?: boolean;
}

/** The first cell that failed. */
export interface CellFailure {
  readonly cellId: string;
  /** From 0, among all cells of the result's notebook. */
  readonly cellIndex: number;
  /** Line of the cell, from 1; null when nothing tells it. */
  readonly line: number | null;
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

export interface RunResult {
  /** The notebook with its outputs, up to the cell that failed. */
  readonly notebook: Notebook;
  readonly timings: readonly { readonly cellId: string; readonly ms: number }[];
  /** From the start of the kernel to its first answer. */
  readonly startMs: number;
  readonly failure: CellFailure | null;
}

const defaultCellTimeoutMs = 120_000;
/** How long an interrupted cell is given to stop, in milliseconds. */
const interruptionMs = 2_000;

/** The command that starts the project's kernel. */
export const kernelCommand: readonly string[] = [
  process.execPath,
  join(import.meta.dirname, "launcher/launcher.ts"),
  "{connection_file}",
];

/**
 * Runs a notebook from top to bottom in a fresh kernel, in the notebook's folder. A cell that fails, lasts too long or kills the kernel is reported in
 * `failure`, and the cells after it are not run. Throws a `QuartiersError` when the file is not a notebook or the kernel does not start.
 */
export async function runNotebook(file: string, options: RunOptions = {}): Promise<RunResult> {
  const started = performance.now();
  const { parameters = {}, env = {}, onEvent } = options;
  const notebook = injectParameters(readNotebook(file), parameters, file);
  const cells = notebook.cells.filter(isRunnable).length;
  const tell = (kind: RunEvent["kind"], cell?: number): void =>
    onEvent?.({
      notebook: file,
      kind,
      ...(cell === undefined ? {} : { cell, cells }),
      elapsedMs: Math.round(performance.now() - started),
    });

  tell("start");
  const kernel = await Kernel.start(kernelCommand, { cwd: dirname(resolve(file)), env });
  try {
    tell("ready");
    const run = new NotebookRun(kernel, notebook, options);
    await run.all((cell) => tell("cell", cell));
    tell(run.failure ? "failed" : "done");
    return { notebook: run.result(), timings: run.timings, startMs: kernel.startMs, failure: run.failure };
  } finally {
    await kernel.stop();
  }
}

/**
 * Runs notebooks in parallel kernels (as many as cores, unless told). Results come in the order of `files`; a notebook that fails does not stop the
 * others. What `runNotebook` throws is thrown once all have ended.
 */
export async function runNotebooks(
  files: readonly string[],
  options: RunOptions & { readonly parallel?: number } = {},
): Promise<readonly RunResult[]> {
  const { parallel = availableParallelism(), ...runOptions } = options;
  const results: PromiseSettledResult<RunResult>[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < files.length) {
      const index = next++;
      [results[index]] = (await Promise.allSettled([runNotebook(files[index] ?? "", runOptions)])) as [
        PromiseSettledResult<RunResult>,
      ];
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(parallel, files.length)) }, worker));
  return results.map((result) => {
    if (result.status === "rejected") throw result.reason;
    return result.value;
  });
}

/** A failure in one French sentence: notebook, cell, line, message. */
export function failureSentence(file: string, { cellId, cellIndex, line, ename, evalue }: CellFailure): string {
  return `${basename(file)}, cellule ${cellIndex + 1} (${cellId})${line === null ? "" : `, ligne ${line}`}\u00a0: ${ename}\u00a0: ${evalue}`;
}

const isRunnable = (cell: Cell): cell is CodeCell => cell.cell_type === "code" && textOf(cell.source).trim() !== "";

/** One notebook in one kernel. */
class NotebookRun {
  readonly timings: { readonly cellId: string; readonly ms: number }[] = [];
  failure: CellFailure | null = null;
  readonly #kernel: Kernel;
  readonly #notebook: Notebook;
  readonly #timeoutMs: number;
  readonly #stopOnError: boolean;
  readonly #displays: Displays = new Map();
  readonly #collectors = new Map<
    number,
    { readonly collector: OutputCollector; count: number | null; line: number | null }
  >();

  constructor(
    kernel: Kernel,
    notebook: Notebook,
    { cellTimeoutMs = defaultCellTimeoutMs, stopOnError = true }: RunOptions,
  ) {
    this.#kernel = kernel;
    this.#notebook = notebook;
    this.#timeoutMs = cellTimeoutMs;
    this.#stopOnError = stopOnError;
  }

  async all(onCell: (cell: number) => void): Promise<void> {
    let ordinal = 0;
    for (const [index, cell] of this.#notebook.cells.entries()) {
      if (!isRunnable(cell)) continue;
      onCell(++ordinal);
      const alive = await this.#cell(index, cell);
      if (!alive || (this.failure && this.#stopOnError)) return;
    }
    await this.#settle();
  }

  /** Runs a cell; returns false when the kernel is no more. */
  async #cell(index: number, cell: CodeCell): Promise<boolean> {
    const run = {
      collector: new OutputCollector(this.#displays),
      count: null as number | null,
      line: null as number | null,
    };
    this.#collectors.set(index, run);
    const started = performance.now();
    let late = false;
    const onOutput = (type: string, content: Readonly<Record<string, unknown>>): void => {
      if (late && type === "error") return; // the interruption is ours: the failure is the time limit
      if (type === "execute_input") run.count = Number(content.execution_count);
      if (type === "error") run.line = typeof content.line === "number" ? content.line : null;
      run.collector.receive(type, content);
      if (type === "error") this.#noteFailure(index, cell);
    };
    try {
      const reply = await this.#withinTime(
        this.#kernel.execute(textOf(cell.source), { stopOnError: this.#stopOnError, onOutput }),
        () => {
          late = true;
          run.line = this.#kernel.position()?.line ?? null;
        },
      );
      if (reply.status !== "ok" && !run.collector.error)
        onOutput("error", { ename: "Error", evalue: "La cellule a échoué sans message.", traceback: [] });
      return true;
    } catch (error) {
      const { ename, evalue, traceback, line } = describeEnd(error, run.line);
      run.collector.add({ output_type: "error", ename, evalue, traceback });
      run.line = line;
      this.#noteFailure(index, cell);
      return error instanceof TimeLimit && error.kernelAlive;
    } finally {
      this.timings.push({ cellId: cell.id, ms: Math.round(performance.now() - started) });
    }
  }

  /** Stops a cell that lasts too long: by an interruption, or with its kernel when it does not listen. */
  async #withinTime(reply: Promise<ExecuteReply>, onLate: () => void): Promise<ExecuteReply> {
    const done = new AbortController();
    const late = sleep(this.#timeoutMs, "late" as const, { signal: done.signal }).catch(() => "late" as const);
    const first = await Promise.race([reply, late]).finally(() => done.abort());
    if (first !== "late") return first;
    onLate();
    this.#kernel.interrupt();
    const stopped = await Promise.race([reply.then(() => true), sleep(interruptionMs, false)]).catch(() => false);
    if (!stopped) this.#kernel.kill();
    throw new TimeLimit(this.#timeoutMs, stopped);
  }

  /** A finished cell can still fail: what it left running may throw. */
  async #settle(): Promise<void> {
    try {
      await this.#kernel.settle();
    } catch (error) {
      const [index, run] = [...this.#collectors].at(-1) ?? [];
      const cell = this.#notebook.cells[index ?? -1];
      if (index === undefined || !run || cell?.cell_type !== "code") throw error;
      const { ename, evalue, traceback, line } = describeEnd(error, run.line);
      run.collector.add({ output_type: "error", ename, evalue, traceback });
      run.line = line;
      this.#noteFailure(index, cell);
    }
  }

  #noteFailure(index: number, cell: CodeCell): void {
    const run = this.#collectors.get(index);
    const error = run?.collector.error;
    if (!run || !error) return;
    this.failure ??= {
      cellId: cell.id,
      cellIndex: index,
      line: run.line,
      ename: error.ename,
      evalue: error.evalue,
      traceback: error.traceback,
    };
  }

  result(): Notebook {
    const cells = this.#notebook.cells.map((cell, index): Cell => {
      if (cell.cell_type !== "code") return cell;
      const run = this.#collectors.get(index);
      return { ...cell, outputs: run?.collector.outputs ?? [], execution_count: run?.count ?? null };
    });
    return {
      ...this.#notebook,
      cells,
      metadata: { ...this.#notebook.metadata, language_info: this.#kernel.info.language_info },
    };
  }
}

class TimeLimit extends Error {
  readonly kernelAlive: boolean;

  constructor(limitMs: number, kernelAlive: boolean) {
    super(`La cellule n’a pas fini en ${limitMs / 1_000}\u00a0s.`);
    this.kernelAlive = kernelAlive;
  }
}

function describeEnd(
  error: unknown,
  line: number | null,
): { ename: string; evalue: string; traceback: readonly string[]; line: number | null } {
  if (error instanceof TimeLimit)
    return { ename: "TimeLimit", evalue: error.message, traceback: [`TimeLimit: ${error.message}`], line };
  if (error instanceof KernelDeath)
    return {
      ename: "KernelDeath",
      evalue: error.message,
      traceback: [`KernelDeath: ${error.message}`],
      line: error.position?.line ?? line,
    };
  throw error;
}
