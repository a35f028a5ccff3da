import type { Solver } from "../solver/program.ts";
import { type Guarantee, judge, type Verdict } from "./guarantee.ts";
import type { Part } from "./part.ts";
import { type Knowledge, Reader } from "./reader.ts";

/** What a reader beyond rank uses; the least values come from the promises. */
export type Use = Omit<Knowledge, "least">;

/** The verdicts of one reader on the cells of a part: what follows from the lines together with what he uses. */
export class Verdicts {
  readonly #promises: readonly Guarantee[];
  readonly #knowing: Reader;
  readonly #ignorant: Reader;

  constructor(part: Part, promises: readonly Guarantee[], use: Use, solver: Solver) {
    this.#promises = promises;
    this.#knowing = new Reader(part, { ...use, least: (unknown) => promises[unknown]?.least ?? 0 }, solver);
    this.#ignorant = new Reader(part, { ...use, least: () => 0 }, solver);
  }

  of(unknown: number): Verdict {
    const promise = this.#promises[unknown];
    return promise ? judge(unknown, promise, this.#knowing, this.#ignorant) : "safe";
  }
}
