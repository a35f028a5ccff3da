import type { Table } from "../codes/table.ts";
import { checkDrawing } from "./drawing/check-drawing.ts";
import type { DrawingContext } from "./drawing/drawing-context.ts";
import type { Json } from "./drawing/read-spec.ts";
import { safeDrawing } from "./drawing/safe-drawing.ts";
import { type GateFinding, type GateVerdict, verdictOf } from "./gate-finding.ts";
import { type KeyNumber, keyNumbers } from "./key-numbers.ts";
import { judgeModel } from "./model-outputs/judge-model.ts";
import type { ModelOutput } from "./model-outputs/model-output.ts";
import { Refusal } from "./refusal.ts";
import { release, releaseModel } from "./release.ts";
import type { ReleaseOptions } from "./release-options.ts";
import { isReleased, type Released } from "./released.ts";
import { strictestRule } from "./threshold.ts";

/** What may be handed to the gate. */
export type Publishable =
  | ({ readonly kind: "table"; readonly table: Table } & ReleaseOptions)
  | {
      readonly kind: "model";
      readonly name: string;
      readonly output: ModelOutput;
      /** Coefficients, shares of leaves, steps: what would be printed. */
      readonly table: Table;
    }
  | {
      readonly kind: "drawing";
      readonly name: string;
      /** A Vega-Lite specification, whoever wrote it. */
      readonly spec: Json;
      /** What it was drawn from. */
      readonly records: Table;
      readonly context: DrawingContext;
      /** True asks for the safe form, where one exists; otherwise a fault refuses. */
      readonly rewrite?: boolean;
    }
  | { readonly kind: "numbers"; readonly numbers: readonly KeyNumber[]; readonly from: readonly Table[] };

/** The gate's answer. `released` is null when it refuses, and nothing else can be published. */
export interface Judgement {
  readonly verdict: GateVerdict;
  readonly findings: readonly GateFinding[];
  readonly released: Released | null;
  /** The specification to publish, for a drawing that was accepted or rewritten. */
  readonly drawing?: Json;
}

/**
 * The gate: accepts, accepts with changes that it lists, or refuses with its reasons. A refusal is an answer here; `release()` throws it instead.
 * @throws QuartiersError on what is no question of secrecy: an unknown column, a missing option
 * @example
 * ```ts
 * const zones = table({
 *   zone: textColumn(["A", "B", "C"], { label: "Zone" }),
 *   n: numberColumn([40, 3, 25], { label: "Habitants", unit: "personnes", summable: true }),
 * }, [{ id: "exemple", title: "Exemple", publisher: "Quartiers", licence: "MIT", vintage: "2024", url: "", file: "exemple.csv", sha256: "0", synthetic: true, published: false, secrecy: { unit: "personne", minUnits: 11, statedBy: "exemple" } }]);
 * const { verdict, released } = publish({ kind: "table", table: zones, name: "exemple", counts: "n" });
 * [verdict, released && reasonAt(numbers(released, "n"), 1)] // ["accept with changes", "s"]
 * ```
 */
export function publish(value: Publishable): Judgement {
  if (value.kind === "drawing") return judgeDrawing(value);
  try {
    const released = releasedOf(value);
    return { verdict: verdictOf(released.release.findings), findings: released.release.findings, released };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const findings = error.findings.length > 0 ? error.findings : [refusalFinding(error, value)];
    return { verdict: "refuse", findings, released: null };
  }
}

/** A drawing without fault passes when what it draws is a released table; a faulty one is refused, or written anew from what passes. */
function judgeDrawing({
  spec,
  records,
  context,
  rewrite = false,
}: Extract<Publishable, { kind: "drawing" }>): Judgement {
  const findings = [...checkDrawing(spec, context), ...strangeRows(spec, records, context)];
  const refused = findings.some(({ severity }) => severity === "refuse");
  if (!refused && isReleased(records))
    return { verdict: verdictOf(findings), findings, released: records, drawing: spec };
  const safe = rewrite ? safeDrawing(spec, records, context) : null;
  if (safe === null)
    return { verdict: "refuse", findings: refused ? findings : [unreleased(context.name)], released: null };
  return { verdict: "accept with changes", findings: safe.changes, released: safe.data, drawing: safe.spec };
}

/** Rows that the drawing carries and that the released table does not hold: what passed was another table. */
const strangeRows = (spec: Json, records: Table, context: DrawingContext): readonly GateFinding[] =>
  isReleased(records)
    ? checkDrawing(spec, { ...context, released: records }).filter(({ code }) => code === "ligne-hors-table")
    : [];

const unreleased = (place: string): GateFinding => ({
  code: "table-non-controlee",
  place,
  rule: "un dessin ne porte que les lignes d'une table contrôlée",
  clause: null,
  sentence: "Ce dessin n'a pas de faute en lui-même, mais la table qu'il porte n'a pas passé la porte.",
  remedy: "dessiner la table rendue par release(), ou demander la réécriture",
  severity: "refuse",
});

function releasedOf(value: Exclude<Publishable, { kind: "drawing" }>): Released {
  switch (value.kind) {
    case "table":
      return release(value.table, value);
    case "model": {
      const { minUnits } = strictestRule(value.table.lineage, value.name);
      return releaseModel(value.table, value.name, judgeModel(value.name, value.output, minUnits));
    }
    case "numbers":
      return keyNumbers(value.numbers, value.from);
  }
}

const refusalFinding = ({ parts }: Refusal, value: Exclude<Publishable, { kind: "drawing" }>): GateFinding => ({
  code: "refus",
  place: value.kind === "numbers" ? "chiffres cités dans le texte" : value.name,
  rule: parts.expected ?? "",
  clause: null,
  sentence: `${parts.what}.`,
  remedy: parts.remedy ?? "",
  severity: "refuse",
});
