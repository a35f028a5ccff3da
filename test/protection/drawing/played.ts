import { expect } from "vitest";
import { checkDrawing } from "../../../src/protection/drawing/check-drawing.ts";
import type { DrawingContext } from "../../../src/protection/drawing/drawing-context.ts";
import { safeDrawing } from "../../../src/protection/drawing/safe-drawing.ts";
import { type Person, people, peopleTable } from "./people.ts";
import { type Rendered, render } from "./rendered.ts";

export type Json = Readonly<Record<string, unknown>>;

/** The people whom the attacks look for. */
export const list: readonly Person[] = people(400);
export const records: ReturnType<typeof peopleTable> = peopleTable(list);
export const minUnits = 11;

/** The gate refuses the drawing for that reason; what it offers instead is drawn. */
export async function rewritten(spec: Json, context: DrawingContext, code: string): Promise<Rendered> {
  expect(checkDrawing(spec, context).map((finding) => finding.code)).toContain(code);
  const safe = safeDrawing(spec, records, context);
  if (safe === null) throw new Error("no safe rewriting");
  return render(safe.spec);
}

/** Every object of a file of JSON that holds this field, wherever it stands. */
export function objectsWith(json: string, field: string): readonly Json[] {
  const found: Json[] = [];
  JSON.parse(json, (_, value: unknown) => {
    if (typeof value === "object" && value !== null && !Array.isArray(value) && field in value)
      found.push(value as Json);
    return value;
  });
  return found;
}
