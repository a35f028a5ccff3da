import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { numberColumn, type Table, table, textColumn } from "../../../src/codes/table.ts";
import { keyedPseudonyms } from "../../../src/protection/individual/pseudonyms.ts";
import { publish } from "../../../src/protection/publish.ts";
import { Refusal } from "../../../src/protection/refusal.ts";
import { release } from "../../../src/protection/release.ts";
import { source } from "../support.ts";

describe("what a refusal says", () => {
  const list = (small: number): Table =>
    table(
      {
        zone: textColumn(["Nord", "Sud", "Ensemble"], { label: "Zone" }),
        n: numberColumn([small, 40, small + 40], { label: "Effectif", unit: "personnes", summable: true }),
      },
      [source(11)],
    );
  /** Nothing but the small cell may be hidden: the total and the other cell are declared public. */
  const options = {
    name: "attaque 21",
    counts: "n",
    open: ["zone"],
    margins: [{ column: "n", total: 2, parts: [0, 1] }],
  } as const;
  const messageOf = (act: () => unknown): string => {
    try {
      act();
      return "";
    } catch (error) {
      if (error instanceof Refusal) return error.message;
      throw error;
    }
  };

  test("attaque 21 : le message de refus, son texte et sa longueur", () => {
    // A checker that explains itself gives the value away.
    const naive = (small: number): string => `La cellule Nord compte ${small} personnes, moins que 11.`;
    expect(/compte (\d+)/.exec(naive(7))?.[1]).toBe("7");

    const openTable = (small: number): Table =>
      table(
        {
          zone: textColumn(["Nord"], { label: "Zone" }),
          n: numberColumn([small], { label: "Effectif", unit: "personnes", summable: true }),
          autres: numberColumn([40], { label: "Autres", unit: "personnes", summable: true }),
          total: numberColumn([small + 40], { label: "Total", unit: "personnes", summable: true }),
        },
        [source(11)],
      );
    const said = (small: number): readonly string[] => {
      const { findings, verdict } = publish({ kind: "table", table: list(small), ...options });
      return [
        verdict,
        JSON.stringify(findings),
        messageOf(() =>
          release(openTable(small), {
            name: "attaque 21",
            counts: "n",
            open: ["zone", "autres", "total"],
            columnSums: [{ total: "total", parts: ["n", "autres"] }],
          }),
        ),
        messageOf(() => release(list(Number.NaN), { name: "sans effectif" })),
      ];
    };
    const first = said(1);
    for (const message of first.slice(2)) expect(message.length).toBeGreaterThan(20);
    // Whatever is hidden, the same words: nothing is learnt from the text nor from its length.
    for (let small = 2; small <= 10; small++) expect(said(small)).toEqual(first);
  });
});

describe("identifiers", () => {
  test("attaque 24 : l'empreinte d'un identifiant pauvre se retrouve par essais", async () => {
    const published = ["QP000017 34", "QP000052 71", "QP000008 19"];
    const plain = (identifier: string, salt = ""): string =>
      createHash("sha256")
        .update(salt + identifier)
        .digest("hex");
    const trials = Array.from({ length: 78 * 100 }, (_, i) => {
      const code = String(1 + Math.floor(i / 100)).padStart(6, "0");
      return `QP${code} ${i % 100}`;
    });
    const crack = (
      hashes: readonly string[],
      hash: (identifier: string) => string,
    ): readonly (string | undefined)[] => {
      const book = new Map(trials.map((identifier) => [hash(identifier), identifier]));
      return hashes.map((one) => book.get(one));
    };
    expect(
      crack(
        published.map((one) => plain(one)),
        plain,
      ),
    ).toEqual(published);
    // A salt written beside the file is tried as well.
    const salted = (identifier: string): string => plain(identifier, "sel-2026");
    expect(crack(published.map(salted), salted)).toEqual(published);

    const key = Uint8Array.from({ length: 32 }, (_, i) => (91 * i + 7) % 256);
    const column = textColumn(published, { label: "Identifiant" });
    const { values } = await keyedPseudonyms(column, key, "partenaire A");
    const cut = (identifier: string): string => plain(identifier).slice(0, 32);
    expect(crack(values, cut)).toEqual([undefined, undefined, undefined]);
    expect(crack(values, (identifier) => plain(identifier, "partenaire A").slice(0, 32))).toEqual(
      Array(3).fill(undefined),
    );
    // Nor joined with another delivery, nor computed with a wrong key.
    const other = await keyedPseudonyms(column, key, "partenaire B");
    expect(values.some((one) => other.values.includes(one))).toBe(false);
    const wrong = await keyedPseudonyms(
      textColumn(trials, { label: "Essais" }),
      key.map((byte) => byte ^ 1),
      "partenaire A",
    );
    expect(values.some((one) => wrong.values.includes(one))).toBe(false);
    // Whoever holds the key comes back, which is why it stands outside the repository.
    const right = await keyedPseudonyms(textColumn(trials, { label: "Essais" }), key, "partenaire A");
    expect(values.every((one) => right.values.includes(one))).toBe(true);
  });
});
