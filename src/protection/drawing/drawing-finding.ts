import type { GateFinding } from "../gate-finding.ts";
import type { DrawingContext } from "./drawing-context.ts";
import { type DrawingCode, drawingRules } from "./drawing-rules.ts";

/** The finding of one rule at one place. Its words depend on the rule, the threshold and the unit alone. */
export function drawingFinding(code: DrawingCode, place: string, context: DrawingContext): GateFinding {
  const { rule, sentence, remedy } = drawingRules[code];
  return {
    code,
    place: `figure « ${context.name} », ${place}`,
    rule: `${rule}, t = ${context.minUnits}`,
    clause: context.clause ?? null,
    sentence: filled(sentence, context),
    remedy,
    severity: "refuse",
  };
}

/** The same finding once the rewriting has been applied, or null when there is none. */
export function rewrittenFinding(finding: GateFinding, context: DrawingContext): GateFinding | null {
  const { rewriting } = drawingRules[finding.code as DrawingCode];
  if (rewriting === null) return null;
  return { ...finding, sentence: filled(rewriting, context), remedy: "", severity: "change" };
}

const filled = (text: string, { minUnits, unit }: DrawingContext): string =>
  text.replaceAll("{t}", String(minUnits)).replaceAll("{unit}", unit);
