import { expect } from "vitest";
import type { Figure } from "../../src/figures/figure.ts";
import { bundled, drawn } from "./bundled.ts";

/** The drawing of a figure, once it has passed the book's check: no hole in it, and a size that a page holds. */
export async function svgOf(made: Figure): Promise<string> {
  const { svg, width, height } = await drawn(await bundled(made));
  expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  expect(width).toBeGreaterThan(200);
  expect(width).toBeLessThan(760);
  expect(height).toBeLessThan(830);
  return svg;
}
