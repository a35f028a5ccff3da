import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { knownAttacks } from "../../../src/experiments/protection/attack-list.ts";

/** Titles of the tests of the protection, one a line. */
function titles(): string {
  const folder = join(import.meta.dirname, "..");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".test.ts"));
  const texts = files.map((file) => readFileSync(join(folder, file), "utf8"));
  return texts
    .flatMap((text) => [...text.matchAll(/^\s*(?:test|describe)\(\s*"([^"]*)"/gm)].map(([, title]) => title))
    .join("\n");
}

test("each of the twenty-four attacks of the chapter's list is a test", () => {
  expect(knownAttacks.map(({ number }) => number)).toEqual(Array.from({ length: 24 }, (_, i) => i + 1));
  const all = titles();
  const untested = knownAttacks.filter(
    ({ number }) => !new RegExp(`^(?:attaque|attack) 0?${number}\\b`, "m").test(all),
  );
  expect(untested.map(({ number, name }) => `${number} ${name}`)).toEqual([]);
});
