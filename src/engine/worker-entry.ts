import { parentPort } from "node:worker_threads";
import { QuartiersError } from "../codes/errors.ts";
import { type TaskAnswer, type TaskMessage, Transferred } from "./worker-messages.ts";

/** What runs in each thread of the pool: a function of a module, on one input, again and again. */
parentPort?.on("message", async ({ id, module, name, input }: TaskMessage) => {
  try {
    const exported = ((await import(module)) as Record<string, unknown>)[name];
    if (typeof exported !== "function") {
      throw new QuartiersError({
        what: "Ce module n'exporte pas la fonction demandée à la tâche parallèle",
        value: name,
        where: module.split("/").slice(-2).join("/"),
      });
    }
    const result: unknown = await (exported as (value: unknown) => unknown)(input);
    if (result instanceof Transferred)
      answer({ id, ok: true, result: result.value }, result.buffers as readonly ArrayBuffer[]);
    else answer({ id, ok: true, result });
  } catch (error) {
    answer(
      error instanceof QuartiersError
        ? { id, ok: false, parts: { ...error.parts, cause: undefined } }
        : { id, ok: false, stack: error instanceof Error ? (error.stack ?? error.message) : "" },
    );
  }
});

function answer(message: TaskAnswer, transfer: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}
