import type { ErrorParts } from "../codes/errors.ts";

/** A task on its way to a thread. */
export interface TaskMessage {
  readonly id: number;
  /** Address of the module (its own `import.meta.url`). */
  readonly module: string;
  /** Name of the exported function. */
  readonly name: string;
  readonly input: unknown;
}

/** Its answer: a result, the parts of an error that teaches, or the stack of one that does not. */
export type TaskAnswer =
  | { readonly id: number; readonly ok: true; readonly result: unknown }
  | { readonly id: number; readonly ok: false; readonly parts: ErrorParts }
  | { readonly id: number; readonly ok: false; readonly stack: string };

/** A result whose buffers are handed over to the caller rather than copied; the thread can no longer read them. */
export class Transferred<T = unknown> {
  readonly value: T;
  readonly buffers: readonly ArrayBufferLike[];

  constructor(value: T, buffers: readonly ArrayBufferLike[]) {
    this.value = value;
    this.buffers = buffers;
  }
}
