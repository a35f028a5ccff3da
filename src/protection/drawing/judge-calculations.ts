import type { GateFinding } from "../gate-finding.ts";
import type { DrawingContext } from "./drawing-context.ts";
import { drawingFinding } from "./drawing-finding.ts";
import type { DrawingCode } from "./drawing-rules.ts";
import { type Sayable, sayable, saysOnly } from "./judge-texts.ts";
import { isObject, type Json, listOf, type SpecParts, walk } from "./read-spec.ts";

/** Transforms that keep in the file rows that the drawing leaves out. */
const hiding: ReadonlySet<string> = new Set(["filter", "sample", "window", "impute"]);

/** Keys that ask for a calculation wherever they stand. */
const computing: ReadonlySet<string> = new Set(["aggregate", "timeUnit", "expr", "signal", "calculate"]);

/** What a choice by click may say: which column it chooses by, and how it is made and undone. */
const choiceKeys: ReadonlySet<string> = new Set(["type", "fields", "on", "clear"]);

/** Clicks on marks, and nothing that computes or filters: « @key_marks:click, dblclick ». */
const clicks = /^(@\w+:)?(dbl)?click(, (@\w+:)?(dbl)?click)*$/;

/** Calculations left in a published specification: their inputs would be in the file, and their results were judged by nobody. */
export function judgeCalculations(spec: Json, parts: SpecParts, context: DrawingContext): readonly GateFinding[] {
  const open = context.released ? sayable(parts, context) : null;
  const findings: GateFinding[] = [];
  const add = (code: DrawingCode, path: string, key: string): void => {
    findings.push(drawingFinding(code, path === "" ? key : `${path}.${key}`, context));
  };
  walk(spec, (object, path) => {
    if (/(^|\.)transform\[\d+\]/.test(path)) return;
    if ("transform" in object && !isObject(object.transform)) {
      for (const transform of listOf(object.transform)) add(transformCode(transform), path, "transform");
    }
    for (const key of Object.keys(object)) {
      if (computing.has(key)) add("calcul", path, key);
      if (key === "bin" && object.bin !== "binned" && object.bin !== false && object.bin !== null)
        add("calcul", path, key);
      if (key === "params" && !isChoiceByClick(object.params)) add("calcul", path, key);
      if ((key === "labelExpr" || key === "test") && !showsOnly(object[key], open)) add("calcul", path, key);
    }
  });
  return findings;
}

/**
 * Whether a condition only asks what the reader has chosen, or an expression only writes or emphasises released values: it calls nothing but a number
 * format, and each number in it is public, or a power of ten.
 */
function showsOnly(expression: unknown, open: Sayable | null): boolean {
  if (isObject(expression)) {
    return Object.entries(expression).every(([key, inner]) => {
      if (key === "param") return typeof inner === "string";
      if (key === "empty") return typeof inner === "boolean";
      if (key === "not") return showsOnly(inner, open);
      return (key === "and" || key === "or") && Array.isArray(inner) && inner.every((each) => showsOnly(each, open));
    });
  }
  if (typeof expression !== "string" || open === null) return false;
  const plain = expression.replace(quoted, "");
  const called = [...plain.matchAll(/([\w.]+)\s*\(/g)].map(([, name]) => name);
  // A name may be written cut: « Les Hauts de…12 ».
  const words = (expression.match(quoted) ?? []).flatMap((word) => word.slice(1, -1).replaceAll("\\", "").split("…"));
  return (
    called.every((name) => name === "format") &&
    saysOnly(plain.replace(/\b10*\b|\b0\b/g, ""), open) &&
    words.every(
      (word) => numberFormat.test(word) || saysOnly(word, open) || open.names.some((name) => name.includes(word)),
    )
  );
}

const quoted = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g;

/** A number format of D3: « +,.6~f ». */
const numberFormat = /^[+,.~\w]{1,8}$/;

function transformCode(transform: Json): DrawingCode {
  const keys = Object.keys(transform);
  if (keys.includes("lookup")) return "jointure";
  return keys.some((key) => hiding.has(key)) ? "donnees-cachees" : "calcul";
}

/** Parameters that only let a reader choose drawn points by their own columns: no start value, no expression, no control. */
export function isChoiceByClick(params: unknown): boolean {
  return (
    Array.isArray(params) &&
    params.every((param: unknown) => {
      const { name, select, ...rest } = (param ?? {}) as Json;
      return (
        Object.keys(rest).length === 0 &&
        typeof name === "string" &&
        isObject(select) &&
        select.type === "point" &&
        Array.isArray(select.fields) &&
        select.fields.every((field) => typeof field === "string") &&
        [select.on, select.clear].every((event) => event === undefined || clicks.test(String(event))) &&
        Object.keys(select).every((key) => choiceKeys.has(key))
      );
    })
  );
}
