import { beforeAll, expect, it } from "vitest";
import type { Table } from "../../../src/codes/table.ts";
import { Refusal } from "../../../src/protection/refusal.ts";
import { release } from "../../../src/protection/release.ts";
import type { ReleaseOptions } from "../../../src/protection/release-options.ts";
import { highsSolver } from "../../../src/protection/solver/highs.ts";
import type { Solver } from "../../../src/protection/solver/program.ts";
import { releaseMany } from "./expect-unbroken.ts";
import { amountsTable, tooClose } from "./random-amounts.ts";
import { knownParts, knownSmall, type RandomRates, ratesTable, ratesWithParts } from "./random-rates.ts";
import { type Draw, drawing, linkedTable, nestedTable } from "./random-tables.ts";

const minutes = 60_000;
let solver: Solver;
beforeAll(async () => {
  solver = await highsSolver();
});

it(
  "2 000 tableaux liés, par âge et par sexe, qui partagent leurs totaux",
  () => {
    const { broken, accepted, hidden } = releaseMany(linkedTable, [0, 2000], solver);
    expect(broken).toEqual([]);
    expect(accepted).toBe(2000);
    expect(hidden).toBeGreaterThan(15_000);
  },
  5 * minutes,
);

it(
  "2 000 tableaux emboîtés, avec des étages d'un seul enfant",
  () => {
    const { broken, accepted, hidden } = releaseMany(nestedTable, [0, 2000], solver);
    expect(broken).toEqual([]);
    expect(accepted).toBe(2000);
    expect(hidden).toBeGreaterThan(8_000);
  },
  5 * minutes,
);

interface Drawn {
  readonly table: Table;
  readonly options: ReleaseOptions;
}

/** Releases tables drawn one after another; what the attack says of those that pass, and how many do. */
function attacked<Kind extends Drawn>(
  make: (draw: Draw) => Kind,
  count: number,
  attack: (random: Kind, released: Table) => readonly string[],
): { readonly broken: readonly string[]; readonly accepted: number } {
  const broken: string[] = [];
  let accepted = 0;
  for (let seed = 0; seed < count; seed++) {
    const random = make(drawing(seed));
    let released: Table;
    try {
      released = release(random.table, random.options);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      continue;
    }
    accepted++;
    broken.push(...attack(random, released).map((fault) => `graine ${seed} : ${fault}`));
  }
  return { broken, accepted };
}

it(
  "500 tableaux de taux à côté de leurs bases : aucun effectif n'est connu sous le seuil, même par différence avec l'ensemble",
  () => {
    const { broken, accepted } = attacked(ratesTable, 500, knownSmall);
    expect(broken).toEqual([]);
    expect(accepted).toBeGreaterThan(470);
    // The same rates, published as they are.
    const naked = Array.from({ length: 200 }, (_, seed) => ratesTable(drawing(seed)));
    expect(naked.filter((random) => knownSmall(random, random.table).length > 0).length).toBeGreaterThan(100);
  },
  5 * minutes,
);

it("300 tableaux de taux avec leurs numérateurs : ni la part, ni les autres de la base", () => {
  const attack = (random: RandomRates, released: Table) => knownParts(random, released, solver);
  const { broken, accepted } = attacked(ratesWithParts, 300, attack);
  expect(broken).toEqual([]);
  expect(accepted).toBeGreaterThan(280);
}, 300_000);

it(
  "500 tableaux de montants : ni un lecteur ni un contributeur seul n'approche un montant protégé",
  () => {
    const { broken, accepted } = attacked(amountsTable, 500, (random, released) => tooClose(random, released, solver));
    expect(broken).toEqual([]);
    expect(accepted).toBeGreaterThan(400);
  },
  5 * minutes,
);
