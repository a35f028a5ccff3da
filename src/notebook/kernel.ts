import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Dealer, Subscriber } from "zeromq";
import { QuartiersError } from "../codes/errors.ts";
import {
  addressOf,
  type ConnectionInfo,
  decodeMessage,
  encodeMessage,
  type Message,
  newConnection,
  newMessage,
  WrongSignature,
} from "./connection.ts";

/** What a cell shows while it runs: the type of the message and its content. */
export type OutputListener = (type: string, content: Readonly<Record<string, unknown>>) => void;

/** The kernel's answer to an execute request. */
export interface ExecuteReply {
  readonly status: "ok" | "error" | "aborted";
  readonly execution_count?: number | null;
}

/** The process ended by itself. `lastWords` is what it wrote on its own output. */
export class KernelDeath extends Error {
  override readonly name: string = "KernelDeath";
  readonly reason: string;
  readonly lastWords: string;
  /** Execution count and line of the statement that was running, when the kernel could tell. */
  readonly position: { readonly cell: number; readonly line: number } | null;

  constructor(reason: string, lastWords: string, position: { readonly cell: number; readonly line: number } | null) {
    super(`Le noyau est mort (${reason}).${lastWords ? ` Ses derniers mots\u00a0: ${lastWords}` : ""}`);
    this.reason = reason;
    this.lastWords = lastWords;
    this.position = position;
  }
}

interface Request {
  readonly listener: OutputListener | undefined;
  readonly resolve: (reply: Readonly<Record<string, unknown>>) => void;
  readonly reject: (reason: unknown) => void;
  reply: Readonly<Record<string, unknown>> | null;
  idle: boolean;
}

const longestStartMs = 60_000;
const lastWordsLength = 4_000;
/** How long a kernel is given to stop by itself, in milliseconds. */
const patienceMs = 2_000;

const living = new Set<Kernel>();
let guarded = false;

/** Kernels never outlive their runner, however it ends. (A runner that is killed closes their standard input, and they leave.) */
function guardKernels(): void {
  if (guarded) return;
  guarded = true;
  const killAll = (): void => {
    for (const kernel of living) kernel.kill();
  };
  process.on("exit", killAll);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    const onSignal = (): void => {
      killAll();
      process.removeListener(signal, onSignal);
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
    };
    process.on(signal, onSignal);
  }
}

/** A running kernel, seen from a front end: one socket for requests, one for outputs, one for control. */
export class Kernel {
  /** From the start of the process to its first answer, in milliseconds. */
  startMs = 0;
  /** The kernel's description of itself (`kernel_info_reply`). */
  info: Readonly<Record<string, unknown>> = {};

  readonly #requests = new Map<string, Request>();
  readonly #late = new Map<string, OutputListener>();
  readonly #session: string = crypto.randomUUID();
  readonly #folder: string = mkdtempSync(join(tmpdir(), "quartiers-kernel-"));
  readonly #iopub: Subscriber = new Subscriber({ receiveHighWaterMark: 0, linger: 0 });
  readonly #shell: Dealer;
  readonly #control: Dealer;
  #process: ChildProcess | null = null;
  #connection: ConnectionInfo | null = null;
  #sending: Promise<void> = Promise.resolve();
  #log = "";
  #death: KernelDeath | null = null;
  #closing = false;
  #exited: Promise<void> = Promise.resolve();

  private constructor() {
    this.#shell = new Dealer({ linger: 0, sendHighWaterMark: 0, routingId: this.#session });
    this.#control = new Dealer({ linger: 0, sendHighWaterMark: 0, routingId: this.#session });
  }

  /** Starts `argv` (where `{connection_file}` stands for the connection file) and waits until it answers. */
  static async start(
    argv: readonly string[],
    options: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
  ): Promise<Kernel> {
    for (let attempt = 1; ; attempt++) {
      const kernel = new Kernel();
      try {
        await kernel.#start(argv, options);
        return kernel;
      } catch (error) {
        await kernel.stop();
        // Two kernels that took the same port: one of them takes others.
        if (!(error instanceof WrongSignature) || attempt === 3) throw error;
      }
    }
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  async #start(
    argv: readonly string[],
    { cwd, env = {} }: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
  ): Promise<void> {
    const started = performance.now();
    guardKernels();
    const connection = await newConnection();
    this.#connection = connection;
    const connectionFile = join(this.#folder, "connection.json");
    writeFileSync(connectionFile, JSON.stringify(connection), { mode: 0o600 });

    const [command = "", ...args] = argv.map((word) => word.replace("{connection_file}", connectionFile));
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, QUARTIERS_RUNNER: "1", QUARTIERS_POSITION: this.#positionFile, ...env },
      stdio: ["pipe", "pipe", "pipe"],
      detached: process.platform !== "win32", // Ctrl-C in a terminal is for the runner, which then stops its kernels
    });
    this.#process = child;
    living.add(this);
    const hear = (text: Buffer): void => {
      this.#log = (this.#log + text.toString("utf8")).slice(-lastWordsLength);
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.stdin?.on("error", () => {});
    this.#exited = new Promise((resolve) => {
      const end = (reason: string): void => {
        living.delete(this);
        this.#death = new KernelDeath(reason, this.#log.trim(), this.position());
        for (const request of this.#requests.values()) request.reject(this.#death);
        resolve();
      };
      child.on("close", (code, signal) => end(signal ?? `code de sortie ${code}`));
      child.on("error", (error) => end(error.message));
    });

    this.#iopub.subscribe();
    this.#iopub.connect(addressOf(connection, connection.iopub_port));
    this.#shell.connect(addressOf(connection, connection.shell_port));
    this.#control.connect(addressOf(connection, connection.control_port));
    for (const socket of [this.#iopub, this.#shell, this.#control]) void this.#listen(socket);
    await this.#waitUntilReady(started);
  }

  /** A subscriber that joins late misses messages: the kernel is ready when the answer to kernel_info and its "idle" both came. */
  async #waitUntilReady(started: number): Promise<void> {
    for (;;) {
      const { id, done } = this.#request(this.#shell, "kernel_info_request", {});
      const info = await Promise.race([done, sleep(100, null), this.#exited.then(() => null)]);
      this.#requests.delete(id);
      if (this.#death) throw this.#death;
      this.startMs = Math.round(performance.now() - started);
      if (info) {
        this.info = info;
        return;
      }
      if (this.startMs > longestStartMs) {
        throw new QuartiersError({
          what: "Le noyau ne répond pas",
          value: `${this.startMs} ms`,
          expected: "une réponse en moins d’une minute",
          remedy: "relancer ; si cela se répète, lancer « npm run kernel » et lire son message",
        });
      }
    }
  }

  /** Runs one cell; resolves with the reply once all its outputs came. Rejects with `KernelDeath` when the kernel dies. */
  async execute(
    code: string,
    options: { readonly stopOnError?: boolean; readonly onOutput?: OutputListener } = {},
  ): Promise<ExecuteReply> {
    if (this.#death) throw this.#death;
    const content = {
      code,
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: false,
      stop_on_error: options.stopOnError ?? true,
    };
    const { id, done } = this.#request(this.#shell, "execute_request", content, options.onOutput);
    const reply = await done;
    if (options.onOutput) this.#late.set(id, options.onOutput);
    return reply as unknown as ExecuteReply;
  }

  /** Waits until what the finished cells still had to say has come (an unhandled rejection, for instance). */
  async settle(): Promise<void> {
    if (this.#death) throw this.#death;
    await this.#request(this.#shell, "kernel_info_request", {}).done;
  }

  /** Stops the running cell; the kernel stays alive. */
  interrupt(): void {
    this.#process?.kill("SIGINT");
  }

  /** The statement that is running or was the last to run, as the kernel keeps it in a file that survives its death. */
  position(): { readonly cell: number; readonly line: number } | null {
    try {
      const [cell, line] = readFileSync(this.#positionFile, "utf8").trim().split(" ").map(Number);
      return cell && line ? { cell, line } : null;
    } catch {
      return null;
    }
  }

  get #positionFile(): string {
    return join(this.#folder, "position");
  }

  /** Ends the process at once and removes its files. */
  kill(): void {
    this.#process?.kill("SIGKILL");
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Asks the kernel to leave, ends it if it does not, closes the sockets and removes its files. */
  async stop(): Promise<void> {
    if (this.#closing) return;
    this.#closing = true;
    if (this.#process && !this.#death) {
      this.#request(this.#control, "shutdown_request", { restart: false });
      const killer = setTimeout(() => this.#process?.kill("SIGKILL"), patienceMs);
      await this.#exited;
      clearTimeout(killer);
    }
    for (const socket of [this.#iopub, this.#shell, this.#control]) socket.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #request(
    socket: Dealer,
    type: string,
    content: Readonly<Record<string, unknown>>,
    listener?: OutputListener,
  ): { readonly id: string; readonly done: Promise<Readonly<Record<string, unknown>>> } {
    const message = newMessage(type, content, { session: this.#session });
    const id = message.header.msg_id;
    const done = new Promise<Readonly<Record<string, unknown>>>((resolve, reject) => {
      this.#requests.set(id, { listener, resolve, reject, reply: null, idle: false });
      // A zeromq socket refuses a second send while one is under way.
      this.#sending = this.#sending
        .then(() => socket.send(encodeMessage(message, this.#connection?.key ?? "") as string[]))
        .catch(reject);
    });
    done.catch(() => {});
    return { id, done };
  }

  async #listen(socket: Dealer | Subscriber): Promise<void> {
    try {
      for await (const frames of socket)
        this.#receive(decodeMessage(frames, this.#connection?.key ?? ""), socket === this.#iopub);
    } catch (error) {
      if (this.#closing) return;
      for (const request of this.#requests.values()) request.reject(error);
    }
  }

  #receive({ header, parent, content }: Message, isOutput: boolean): void {
    const id = parent.msg_id ?? "";
    const request = this.#requests.get(id);
    if (!request) {
      if (isOutput && header.msg_type !== "status") this.#late.get(id)?.(header.msg_type, content);
      return;
    }
    if (!isOutput) request.reply = content;
    else if (header.msg_type !== "status") request.listener?.(header.msg_type, content);
    else if (content.execution_state === "idle") request.idle = true;
    // Both are needed: outputs may arrive after the reply, never after "idle".
    if (!request.reply || !request.idle) return;
    this.#requests.delete(id);
    request.resolve(request.reply);
  }
}
