import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { namedAdministration } from "../../../src/book/transparency/administration.ts";
import { cardMarkdown } from "../../../src/book/transparency/card-markdown.ts";
import { checkCard } from "../../../src/book/transparency/check-card.ts";
import { fillCard } from "../../../src/book/transparency/fill-card.ts";
import type { TransparencyCard } from "../../../src/book/transparency/transparency-card.ts";
import { frenchSpaces, typographyFaults } from "../../../src/book/typography.ts";
import { c2sNonTakeUp } from "../../../src/experiments/c2s-non-take-up.ts";
import type { AlgorithmCard } from "../../../src/experiments/cards/card.ts";
import { culturalPractices } from "../../../src/experiments/cultural-practices.ts";
import { employmentAccess } from "../../../src/experiments/employment-access.ts";
import { employmentDistance } from "../../../src/experiments/employment-distance.ts";
import type { Note } from "../../../src/experiments/experiment.ts";
import { bundleCard } from "../../../src/notebook/card-bundle.ts";
import { openTerritory } from "../../../src/sources/territory.ts";

const territory = openTerritory({ territory: "exemple", data: join(import.meta.dirname, "../../../data-samples") });

/** Names of the settings that the figures and viewers of an experiment print, wherever they stand in its results. */
function printedBy(results: unknown): Set<string> {
  if (typeof results !== "object" || results === null) return new Set();
  if ("kind" in results && "parameters" in results) return new Set(Object.keys(results.parameters as object));
  return new Set(Object.values(results).flatMap((value) => [...printedBy(value)]));
}

function filled(card: AlgorithmCard | Note): TransparencyCard {
  if (card.kind === "note") throw new Error("the sample has every data");
  return fillCard(bundleCard(card), {
    ...{ notebook: "essai.ipynb", figures: [], viewers: [], codeVersion: "abc", seed: 1 },
    ...{ territory: "Armorelle", edition: "essai", administration: namedAdministration() },
  });
}

const experiments = [
  ["the distance to jobs", () => employmentDistance(territory)],
  ["the access to jobs", () => employmentAccess(territory, { draws: 10 })],
  ["the non-take-up", () => c2sNonTakeUp(territory, { draws: 20 })],
  ["the practices", () => culturalPractices(territory, { draws: 20, resamples: 4 })],
] as const;

describe("the cards of the sample are complete", () => {
  test.each(experiments)("%s", { timeout: 600_000 }, async (_, run) => {
    const results = await run();
    const card = filled(await results.card());
    expect(() => checkCard(card, printedBy(results))).not.toThrow();
    for (const { key, sentence } of card.items.parameters.list) {
      expect(sentence, key).toMatch(/^\p{Lu}.{20,}\.$/u);
      expect(card.sensitivity.filter(({ parameter }) => parameter === key).length, key).toBeGreaterThan(0);
    }
    // Each line of the table belongs to a setting, and most settings move the result.
    const keys = card.items.parameters.list.map(({ key }) => key);
    expect(card.sensitivity.map(({ parameter }) => parameter).filter((key) => !keys.includes(key))).toEqual([]);
    const moved = card.sensitivity.filter(({ low, base, high }) => low.result !== base || high.result !== base);
    expect(moved.length).toBeGreaterThan(card.sensitivity.length / 2);
    const text = frenchSpaces(cardMarkdown(card, 1))
      .replaceAll(/^\|-.*$/gm, "")
      .replaceAll(/ ?\| ?/g, "\n");
    expect(typographyFaults(text.replaceAll(/^: /gm, ""))).toEqual([]);
  });
});
