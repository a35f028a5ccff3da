import { describe, expect, test } from "vitest";
import { checkDrawing } from "../../../src/protection/drawing/check-drawing.ts";
import { releasedContext } from "../../../src/protection/drawing/drawing-context.ts";
import { safeDrawing } from "../../../src/protection/drawing/safe-drawing.ts";
import { people, peopleTable } from "./people.ts";
import { render } from "./rendered.ts";
import { refusedFigures } from "./section-18.ts";

const records = peopleTable(people(400));

describe("the refused figures of section 18, rewritten", () => {
  test.each(Object.entries(refusedFigures))(
    "%s has a safe rewriting that the gate accepts",
    async (_, { spec, context, code }) => {
      const safe = safeDrawing(spec, records, context);
      expect(safe).not.toBeNull();
      if (safe === null) return;
      expect(checkDrawing(safe.spec, releasedContext(safe.data, "essai"))).toEqual([]);
      expect(safe.changes.map((change) => change.code)).toContain(code);
      expect(safe.changes.every(({ severity, remedy }) => severity === "change" && remedy === "")).toBe(true);
      const { svg, compiled } = await render(safe.spec);
      for (const { nom } of people(400)) expect(`${svg} ${compiled} ${JSON.stringify(safe.spec)}`).not.toContain(nom);
      expect(svg).toContain("<path");
    },
  );
});
