import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { QuartiersError } from "../../codes/errors.ts";
import type { GateFinding } from "../../protection/gate-finding.ts";

/** An export that the gate refused: what, by which rule, on which day. Never a value, and no sentence that could hold one. */
export interface RefusedExport {
  /** Day of the refusal, AAAA-MM-JJ, given by the caller. */
  readonly on: string;
  readonly code: string;
  /** Table or figure. */
  readonly place: string;
  readonly rule: string;
  readonly clause: string | null;
}

/** Refusals that say the same: one line, with the first and last days and how many times. */
export interface CountedRefusal extends Omit<RefusedExport, "on"> {
  readonly first: string;
  readonly last: string;
  readonly count: number;
}

/** What is kept of the findings that refuse: their code, place, rule and clause. */
export const refusedExports = (findings: readonly GateFinding[], on: string): readonly RefusedExport[] =>
  findings
    .filter(({ severity }) => severity === "refuse")
    .map(({ code, place, rule, clause }) => ({ on, code, place, rule, clause }));

/**
 * Adds refusals at the end of the record: one JSON line each, nothing before it is touched.
 * @throws QuartiersError when the record is damaged
 */
export function recordRefusals(path: string, refusals: readonly RefusedExport[]): void {
  if (refusals.length === 0) return;
  readRefusals(path);
  mkdirSync(dirname(path), { recursive: true });
  appendFileSync(
    path,
    refusals
      .map(({ on, code, place, rule, clause }) => `${JSON.stringify({ on, code, place, rule, clause })}\n`)
      .join(""),
  );
}

/**
 * The refusals of a record, those that say the same counted together, in the order of their first day; none without a record.
 * @throws QuartiersError naming the line that cannot be read
 */
export function readRefusals(path: string): readonly CountedRefusal[] {
  if (!existsSync(path)) return [];
  const text = readFileSync(path, "utf8");
  const damaged = (line: number): QuartiersError =>
    new QuartiersError({
      what: "Le registre des refus est abîmé",
      where: `${basename(path)}, ligne ${line}`,
      expected: "une ligne JSON entière par refus\u00a0: on, code, place, rule, clause",
      remedy: "reprendre ce fichier dans l'historique du dépôt ; rien n'y a été ajouté",
    });
  const lines = text.split("\n");
  if (lines.pop() !== "") throw damaged(lines.length + 1);
  return countRefusals(
    lines.map((line, i) => {
      const refusal = parsed(line);
      if (!refusal) throw damaged(i + 1);
      return refusal;
    }),
  );
}

/** Refusals that say the same, counted together, in the order of their first day. */
export function countRefusals(refusals: readonly RefusedExport[]): readonly CountedRefusal[] {
  const counted = new Map<string, CountedRefusal>();
  for (const { on, code, place, rule, clause } of refusals) {
    const key = JSON.stringify([code, place, rule, clause]);
    const before = counted.get(key) ?? { code, place, rule, clause, first: on, last: on, count: 0 };
    const [first = on, , last = on] = [before.first, on, before.last].sort();
    counted.set(key, { ...before, first, last, count: before.count + 1 });
  }
  return [...counted.values()].sort((a, b) => (a.first === b.first ? 0 : a.first < b.first ? -1 : 1));
}

function parsed(line: string): RefusedExport | null {
  try {
    const value = JSON.parse(line) as Readonly<Record<string, unknown>>;
    const texts = [value["on"], value["code"], value["place"], value["rule"]];
    const known = Object.keys(value).length === 5 && (value["clause"] === null || typeof value["clause"] === "string");
    return known && texts.every((text) => typeof text === "string") ? (value as unknown as RefusedExport) : null;
  } catch {
    return null;
  }
}
