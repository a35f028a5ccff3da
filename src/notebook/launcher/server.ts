import { readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { Publisher, Reply, Router } from "zeromq";
import {
  addressOf,
  type ConnectionInfo,
  decodeMessage,
  encodeMessage,
  type Message,
  newMessage,
} from "../connection.ts";
import type { CellError, CellExecution } from "./execution.ts";

const require = createRequire(import.meta.url);

/** How long text waits for more text, in milliseconds: a message for each console.log would flood the front end. */
const gatherMs = 30;
const longestText = 1 << 20;
/** How long requests that were sent together with a failed one are still refused, in milliseconds: some wait in the socket. */
const abortMs = 200;

type Content = Readonly<Record<string, unknown>>;

interface JupyterModule {
  lastWriteDisplayData: ((content: Content, isUpdate: boolean) => void) | null;
}

/** The outputs of one cell, on their way to the front ends. */
class CellPublisher {
  readonly executionCount: number;
  readonly #send: (type: string, content: Content) => void;
  #waiting: { readonly name: string; text: string } | null = null;
  #timer: NodeJS.Timeout | null = null;
  #sentAt = 0;

  constructor(executionCount: number, send: (type: string, content: Content) => void) {
    this.executionCount = executionCount;
    this.#send = send;
  }

  /** Gathers text; sends it at once when nothing was sent for a while, so that a long computation shows its progress. */
  write(name: string, text: string): void {
    if (this.#waiting && this.#waiting.name !== name) this.flush();
    this.#waiting ??= { name, text: "" };
    this.#waiting.text += text;
    if (performance.now() - this.#sentAt > gatherMs || this.#waiting.text.length > longestText) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), gatherMs);
  }

  flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#waiting) this.#send("stream", this.#waiting);
    this.#waiting = null;
    this.#sentAt = performance.now();
  }

  publish(type: string, content: Content): void {
    this.flush();
    this.#send(type, content);
  }

  error({ ename, evalue, traceback, line }: CellError): void {
    this.publish("error", { ename, evalue, traceback, line });
  }
}

/** The kernel's side of the Jupyter protocol: requests come on shell and control, outputs leave on iopub. */
export class KernelServer {
  readonly #execution: CellExecution;
  readonly #connectionFile: string;
  readonly #connection: ConnectionInfo;
  // The default limit of 1 000 waiting messages loses outputs, and even the final "idle".
  readonly #iopub: Publisher = new Publisher({ sendHighWaterMark: 0, linger: 1_000 });
  readonly #shell: Router = new Router({ sendHighWaterMark: 0, receiveHighWaterMark: 0, linger: 1_000 });
  readonly #control: Router = new Router({ sendHighWaterMark: 0, linger: 1_000 });
  readonly #stdin: Router = new Router({ linger: 0 });
  readonly #heartbeat: Reply = new Reply({ linger: 0 });
  readonly #jupyter: JupyterModule = require("tslab/dist/jupyter.js") as JupyterModule;
  #sending: Promise<unknown> = Promise.resolve();
  #turn: Promise<unknown> = Promise.resolve();
  #executionCount = 0;
  #abortBefore = 0;
  /** The last cell that ran: what comes late belongs to it. */
  #cell: CellPublisher | null = null;
  readonly #exit: (code: number) => never;

  constructor(connectionFile: string, execution: CellExecution) {
    this.#connection = JSON.parse(readFileSync(connectionFile, "utf8")) as ConnectionInfo;
    this.#connectionFile = connectionFile;
    this.#execution = execution;
    this.#exit = process.exit.bind(process);
    this.#takeOutputs();
    this.#takeFailures();
  }

  async listen(): Promise<void> {
    const { shell_port, iopub_port, stdin_port, control_port, hb_port } = this.#connection;
    const at = (port: number): string => addressOf(this.#connection, port);
    await Promise.all([
      this.#iopub.bind(at(iopub_port)),
      this.#shell.bind(at(shell_port)),
      this.#control.bind(at(control_port)),
      this.#stdin.bind(at(stdin_port)),
      this.#heartbeat.bind(at(hb_port)),
    ]);
    void this.#serve(this.#shell);
    void this.#serve(this.#control);
    for await (const frames of this.#heartbeat) await this.#heartbeat.send(frames);
  }

  async #serve(socket: Router): Promise<void> {
    for await (const frames of socket) {
      try {
        const request = decodeMessage(frames, this.#connection.key);
        void this.#answer(socket, request);
      } catch (error) {
        process.stderr.write(`${(error as Error).message}\n`);
      }
    }
  }

  async #answer(socket: Router, request: Message): Promise<void> {
    const publish = (type: string, content: Content): void =>
      this.#send(this.#iopub, {
        ...newMessage(type, content, { session: request.header.session, parent: request }),
        identities: [Buffer.from(type)],
      });
    const reply = (type: string, content: Content): void =>
      this.#send(socket, newMessage(type, content, { session: request.header.session, parent: request }));
    publish("status", { execution_state: "busy" });
    try {
      await this.#handle(request, publish, reply);
    } catch (error) {
      const { name, message } = error as Error;
      reply(request.header.msg_type.replace(/_request$/, "_reply"), {
        status: "error",
        ename: name,
        evalue: message,
        traceback: [],
      });
    }
    publish("status", { execution_state: "idle" });
    if (request.header.msg_type === "shutdown_request") await this.#leave();
  }

  async #handle(
    request: Message,
    publish: (type: string, content: Content) => void,
    reply: (type: string, content: Content) => void,
  ): Promise<void> {
    const { content } = request;
    const code = String(content.code ?? "");
    const cursor = Number(content.cursor_pos ?? 0);
    switch (request.header.msg_type) {
      case "kernel_info_request":
        return reply("kernel_info_reply", kernelInfo());
      case "execute_request":
        return reply("execute_reply", await this.#inTurn(content, publish));
      case "is_complete_request": {
        const { isCompleteCode } = require("tslab/dist/converter.js") as {
          isCompleteCode(code: string): { completed: boolean; indent?: string };
        };
        const { completed, indent = "" } = isCompleteCode(code);
        return reply("is_complete_reply", completed ? { status: "complete" } : { status: "incomplete", indent });
      }
      case "inspect_request": {
        const { printQuickInfo } = require("tslab/dist/inspect.js") as { printQuickInfo(info: unknown): string };
        const info = this.#execution.inspect(code, cursor);
        return reply("inspect_reply", {
          status: "ok",
          found: Boolean(info),
          data: info ? { "text/plain": printQuickInfo(info) } : {},
          metadata: {},
        });
      }
      case "complete_request": {
        const { start, end, candidates } = this.#execution.complete(code, cursor);
        return reply("complete_reply", {
          status: "ok",
          cursor_start: start,
          cursor_end: end,
          matches: candidates,
          metadata: {},
        });
      }
      case "comm_info_request":
        return reply("comm_info_reply", { status: "ok", comms: {} });
      case "history_request":
        return reply("history_reply", { status: "ok", history: [] });
      case "interrupt_request":
        this.#execution.interrupt();
        return reply("interrupt_reply", { status: "ok" });
      case "shutdown_request":
        return reply("shutdown_reply", { status: "ok", restart: content.restart === true });
    }
  }

  /** Front ends send all cells at once: each waits for its turn, and is refused when one before it failed. */
  #inTurn(content: Content, publish: (type: string, content: Content) => void): Promise<Content> {
    const arrived = performance.now();
    const result = this.#turn.then(() =>
      arrived < this.#abortBefore
        ? { status: "aborted", execution_count: this.#executionCount }
        : this.#execute(content, publish),
    );
    this.#turn = result.catch(() => {});
    return result;
  }

  async #execute(content: Content, publish: (type: string, content: Content) => void): Promise<Content> {
    const executionCount = ++this.#executionCount;
    const code = String(content.code ?? "");
    const cell = new CellPublisher(executionCount, publish);
    this.#cell?.flush();
    this.#cell = cell;
    cell.publish("execute_input", { code, execution_count: executionCount });
    this.#jupyter.lastWriteDisplayData = (data, isUpdate) =>
      cell.publish(isUpdate ? "update_display_data" : "display_data", data);
    const error = await this.#execution.run(executionCount, code, {
      result: (data) => cell.publish("execute_result", { execution_count: executionCount, data, metadata: {} }),
    });
    if (!error) {
      cell.flush();
      return { status: "ok", execution_count: executionCount, user_expressions: {}, payload: [] };
    }
    cell.error(error);
    if (content.stop_on_error !== false) this.#abortBefore = performance.now() + abortMs;
    const { ename, evalue, traceback, line } = error;
    return { status: "error", execution_count: executionCount, ename, evalue, traceback, line };
  }

  /** What cells print goes to the front end, not to the terminal that started the kernel. */
  #takeOutputs(): void {
    for (const name of ["stdout", "stderr"] as const) {
      const decoder = new TextDecoder();
      const write = process[name].write.bind(process[name]);
      process[name].write = ((text: string | Uint8Array, encodingOrDone?: unknown, done?: () => void): boolean => {
        if (!this.#cell) return write(text as string);
        this.#cell.write(name, typeof text === "string" ? text : decoder.decode(text, { stream: true }));
        const callback = typeof encodingOrDone === "function" ? (encodingOrDone as () => void) : done;
        if (callback) queueMicrotask(callback);
        return true;
      }) as typeof process.stdout.write;
    }
  }

  /** An error that nobody caught fails the cell that runs; when none runs, it is shown under the last one. */
  #takeFailures(): void {
    const fail = (reason: unknown): void => {
      if (this.#execution.fail(reason)) return;
      if (this.#cell) this.#cell.error(this.#execution.describe(reason, this.#cell.executionCount));
      else process.stderr.write(`${String((reason as Error)?.stack ?? reason)}\n`);
    };
    process.on("unhandledRejection", fail);
    process.on("uncaughtException", fail);
    process.on("SIGINT", () => this.#execution.interrupt());
    process.exit = ((code?: number) => {
      throw new KernelExit(code ?? 0);
    }) as typeof process.exit;
    if (!process.env.QUARTIERS_RUNNER) return;
    // The runner holds the other end of the standard input: when it dies, the kernel leaves.
    const leave = (): never => {
      rmSync(dirname(this.#connectionFile), { recursive: true, force: true });
      return this.#exit(1);
    };
    process.stdin.on("end", leave).on("error", leave).resume();
  }

  #send(socket: Router | Publisher, message: Message): void {
    // A zeromq socket refuses a second send while one is under way.
    const frames = encodeMessage(message, this.#connection.key) as string[];
    if (socket === this.#iopub) void this.#iopub.send(frames).catch(() => {});
    else this.#sending = this.#sending.then(() => (socket as Router).send(frames)).catch(() => {});
  }

  async #leave(): Promise<void> {
    await this.#sending;
    this.#execution.close();
    for (const socket of [this.#iopub, this.#shell, this.#control, this.#stdin, this.#heartbeat]) socket.close();
    setTimeout(() => this.#exit(0), 20);
  }
}

/** A cell asked the process to end: the cell fails with its place, and the kernel stays. */
class KernelExit extends Error {
  override readonly name: string = "ProcessExit";

  constructor(code: number) {
    super(
      `process.exit(${code}) est appelé dans un carnet. À faire\u00a0: lever une erreur (throw new Error("…")) pour arrêter le carnet.`,
    );
  }
}

function kernelInfo(): Content {
  return {
    status: "ok",
    protocol_version: "5.3",
    implementation: "quartiers-tslab",
    implementation_version: "1.0.22",
    banner: "TypeScript (Quartiers)",
    language_info: {
      name: "typescript",
      version: "5.0.4",
      mimetype: "text/typescript",
      file_extension: ".ts",
      codemirror_mode: { mode: "typescript", name: "javascript", typescript: true },
    },
    help_links: [],
  };
}
