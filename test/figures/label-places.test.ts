import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { placeLabels, spreadLabels } from "../../src/figures/label-places.ts";
import { roughWidth, wrapWords } from "../../src/figures/text-room.ts";
import { linearDomain, logDomain } from "../../src/figures/value-axis.ts";
import { renderedWidths } from "./rendered-widths.ts";

describe("labels along a line", () => {
  const label = fc.record({
    at: fc.double({ min: -50, max: 350, noNaN: true }),
    size: fc.integer({ min: 4, max: 40 }),
  });
  test("never cover each other, keep their order, stay between the bounds when they fit", () => {
    fc.assert(
      fc.property(fc.array(label, { maxLength: 25 }), (labels) => {
        const sizes = labels.map(({ size }) => size);
        const wanted = labels.map(({ at }) => at);
        const places = spreadLabels(wanted, sizes, { low: 0, high: 300 });
        const order = places.map((_, i) => i).sort((a, b) => places[a] - places[b]);
        for (let k = 1; k < order.length; k++) {
          const [above, below] = [order[k - 1], order[k]];
          expect(places[below] - places[above]).toBeGreaterThanOrEqual((sizes[above] + sizes[below]) / 2 - 1e-6);
          expect(wanted[above]).toBeLessThanOrEqual(wanted[below]);
        }
        const total = sizes.reduce((sum, size) => sum + size, 0);
        for (const [i, place] of places.entries()) {
          expect(place - sizes[i] / 2).toBeGreaterThanOrEqual(-1e-6);
          if (total <= 300) expect(place + sizes[i] / 2).toBeLessThanOrEqual(300 + 1e-6);
        }
      }),
    );
  });

  test("those that touch nothing do not move; two that want one place share the move", () => {
    expect(spreadLabels([20, 100, 180], [10, 10, 10], { low: 0, high: 200 })).toEqual([20, 100, 180]);
    expect(spreadLabels([100, 100], [10, 10], { low: 0, high: 200 })).toEqual([95, 105]);
  });
});

describe("labels of points", () => {
  test("a lone name stands at the right of its point; two near points take different sides", () => {
    const frame = { left: 0, right: 400, top: 0, bottom: 300 };
    const name = { width: 60, height: 14 };
    expect(placeLabels([{ x: 100, y: 100, ...name }], frame)).toEqual([{ left: 109, middle: 100 }]);
    const [first, second] = placeLabels(
      [
        { x: 100, y: 100, ...name },
        { x: 120, y: 100, ...name },
      ],
      frame,
    );
    expect(Math.abs((first?.left ?? 0) - (second?.left ?? 0)) >= 60 || first?.middle !== second?.middle).toBe(true);
  });
});

describe("the room of texts", () => {
  test("is within a fifth of the width that the renderer measures", () => {
    for (const [text, measured] of renderedWidths([
      "Maurepas-Gayeulles",
      "Quai-Neuf et Vieux-Port de la Hève",
      "12,2\u00a0km",
      "hors d’atteinte",
      "AGGLOMÉRATION",
    ]))
      expect(Math.abs(roughWidth(text, 12) / measured - 1)).toBeLessThan(0.2);
  });

  test("a word longer than the line keeps a line of its own", () => {
    expect(wrapWords("Anticonstitutionnellement vrai", 40, 12)).toEqual(["Anticonstitutionnellement", "vrai"]);
  });
});

describe("axes", () => {
  test("enclose the values between round numbers", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { maxLength: 30 }),
        fc.boolean(),
        (values, zero) => {
          const { low, high, ticks, fraction } = linearDomain(values, { zero });
          expect(high).toBeGreaterThan(low);
          expect(ticks.length).toBeGreaterThanOrEqual(2);
          expect(ticks.length).toBeLessThanOrEqual(12);
          for (const value of values) {
            expect(fraction(value)).toBeGreaterThanOrEqual(-1e-9);
            expect(fraction(value)).toBeLessThanOrEqual(1 + 1e-9);
          }
        },
      ),
    );
  });

  test("a logarithmic axis keeps zero and a lone value", () => {
    expect(logDomain([0]).fraction(0)).toBe(0);
    expect(logDomain([0.02, 0.9]).ticks).toEqual([0, 0.01, 0.1, 1]);
    expect(logDomain([1000]).fraction(1000)).toBeLessThanOrEqual(1);
  });
});
