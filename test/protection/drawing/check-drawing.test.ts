import { describe, expect, test } from "vitest";
import { checkDrawing } from "../../../src/protection/drawing/check-drawing.ts";
import { acceptedFigures, refusedFigures } from "./section-18.ts";

describe("the figures of section 18", () => {
  test.each(Object.entries(refusedFigures))("%s is refused, with its reason", (_, { spec, context, code }) => {
    const findings = checkDrawing(spec, context);
    expect(findings.map((finding) => finding.code)).toContain(code);
    expect(findings.every(({ severity }) => severity === "refuse")).toBe(true);
  });

  test.each(Object.entries(acceptedFigures))("%s is accepted", (_, { spec, context }) => {
    expect(checkDrawing(spec, context)).toEqual([]);
  });
});
