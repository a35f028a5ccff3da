import { join } from "node:path";
import { Refusal } from "../../protection/refusal.ts";
import { StrangersFound } from "../scan/refuse-strangers.ts";
import { recordRefusals, refusedExports } from "./refusals.ts";

/** Where refused exports are recorded, out of the reports: two builds give the same book whatever was refused between them, once it is told. */
export const refusalsFile = (root: string): string => join(root, ".quartiers", "refus.jsonl");

/** The project, and the day of the build where it was given. */
export interface RefusalRun {
  readonly root: string;
  readonly today?: string;
}

/** Keeps what the gate, the ledger or the reading of written files refused: by place and rule, never a value. Other errors are not refusals. */
export function keepRefusal(error: unknown, run: RefusalRun): void {
  if (error instanceof Refusal && error.findings.length > 0)
    recordRefusals(refusalsFile(run.root), refusedExports(error.findings, dayOf(run)));
  else if (error instanceof Refusal) recordRefused({ code: "recoupement", place: error.parts.value ?? "livre" }, run);
  else if (error instanceof StrangersFound)
    for (const { code, place } of error.findings) recordRefused({ code, place }, run);
}

/** Keeps one refusal that is known by its place only. */
export function recordRefused(
  { code, place }: { readonly code: string; readonly place: string },
  run: RefusalRun,
): void {
  recordRefusals(refusalsFile(run.root), [{ on: dayOf(run), code, place, rule: "porte", clause: null }]);
}

const dayOf = ({ today }: RefusalRun): string => today ?? new Date().toISOString().slice(0, 10);
