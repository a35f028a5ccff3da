import { linesOf, type MimeBundle, type Output, textOf } from "./nbformat.ts";

interface Shown {
  output_type: "display_data" | "execute_result";
  execution_count?: number | null;
  data: MimeBundle;
  metadata: Readonly<Record<string, unknown>>;
}

type Gathered = Output | Shown;

/** The displays of a notebook that can be updated, by `display_id`: a later cell may change what an earlier one shows. */
export type Displays = Map<string, Shown[]>;

/** Gathers what one cell shows, from the messages of the kernel. */
export class OutputCollector {
  #outputs: Gathered[] = [];
  #clearNext = false;
  readonly #displays: Displays;

  constructor(displays: Displays) {
    this.#displays = displays;
  }

  /** The outputs so far, as nbformat stores them. */
  get outputs(): readonly Output[] {
    return this.#outputs.map((output) =>
      output.output_type === "stream" ? { ...output, text: linesOf(textOf(output.text)) } : ({ ...output } as Output),
    );
  }

  /** The error of the cell, when it showed one. */
  get error(): (Output & { readonly output_type: "error" }) | null {
    return (
      (this.#outputs.find(({ output_type }) => output_type === "error") as
        | (Output & { readonly output_type: "error" })
        | undefined) ?? null
    );
  }

  add(output: Output): void {
    this.#outputs.push(output);
  }

  /** Takes a message of the kernel. */
  receive(type: string, content: Readonly<Record<string, unknown>>): void {
    if (type === "clear_output") {
      if (content.wait === true) this.#clearNext = true;
      else this.#outputs = [];
      return;
    }
    if (type === "update_display_data") {
      this.#update(content);
      return;
    }
    const output = this.#read(type, content);
    if (!output) return;
    if (this.#clearNext) this.#outputs = [];
    this.#clearNext = false;
    const last = this.#outputs.at(-1);
    if (output.output_type === "stream" && last?.output_type === "stream" && last.name === output.name)
      this.#outputs[this.#outputs.length - 1] = { ...last, text: textOf(last.text) + textOf(output.text) };
    else this.#outputs.push(output);
  }

  #read(type: string, content: Readonly<Record<string, unknown>>): Gathered | null {
    switch (type) {
      case "stream":
        return { output_type: "stream", name: String(content.name), text: String(content.text) };
      case "error":
        return {
          output_type: "error",
          ename: String(content.ename),
          evalue: String(content.evalue),
          traceback: (content.traceback as readonly unknown[]).map(String),
        };
      case "display_data":
      case "execute_result": {
        const shown: Shown = {
          output_type: type,
          data: (content.data ?? {}) as MimeBundle,
          metadata: (content.metadata ?? {}) as Readonly<Record<string, unknown>>,
        };
        if (type === "execute_result") shown.execution_count = Number(content.execution_count);
        const id = displayId(content);
        if (id) {
          this.#update(content);
          this.#displays.set(id, [...(this.#displays.get(id) ?? []), shown]);
        }
        return shown;
      }
      default:
        return null;
    }
  }

  #update(content: Readonly<Record<string, unknown>>): void {
    for (const shown of this.#displays.get(displayId(content)) ?? []) {
      shown.data = (content.data ?? {}) as MimeBundle;
      shown.metadata = (content.metadata ?? {}) as Readonly<Record<string, unknown>>;
    }
  }
}

const displayId = (content: Readonly<Record<string, unknown>>): string =>
  (content.transient as { display_id?: string } | undefined)?.display_id ?? "";
