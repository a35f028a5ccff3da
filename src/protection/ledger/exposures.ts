import { determinedUnknowns } from "../rank.ts";
import type { Line, Source, System } from "./system.ts";
import { type Band, wholePoint } from "./whole-points.ts";

/** What a reader learns by combining numbers; the value itself is never kept. */
export interface Exposure {
  /** Index of the unknown in the system, -1 for a contradiction. */
  readonly unknown: number;
  readonly verdict: "recovered" | "known small" | "not proven" | "contradiction";
  /** Numbers that suffice, none of which can be left out. */
  readonly chain: readonly Source[];
}

/**
 * Exposures of one connected part of the system that need a number of the newcomer.
 * A count is exposed when it surely lies between 1 and threshold - 1; a hidden cell also when it has one value;
 * a sum when the equations give it and its count does not surely reach the threshold.
 */
export function exposures(
  system: System,
  lines: readonly Line[],
  threshold: number,
  newcomer: string,
): readonly Exposure[] {
  const whole = new Part(system, lines);
  if (!whole.consistent()) {
    return [{ unknown: -1, verdict: "contradiction", chain: shortest(system, lines, (part) => !part.consistent()) }];
  }
  const old = lines.filter(({ source }) => source?.publication !== newcomer);
  const before = new Part(system, old);
  const found: Exposure[] = [];
  for (const unknown of whole.unknowns) {
    const verdict = whole.verdict(unknown, threshold);
    if (verdict === null) continue;
    const fresh = system.unknowns[unknown]?.hidden?.publication === newcomer;
    if (!fresh && before.verdict(unknown, threshold) !== null) continue;
    const chain = shortest(system, lines, (part) => part.verdict(unknown, threshold) !== null);
    found.push({ unknown, verdict, chain });
  }
  return found;
}

/** Drops one number after another while the rest still shows it: what remains is the combination, in order of publication. */
function shortest(system: System, lines: readonly Line[], shows: (part: Part) => boolean): readonly Source[] {
  const key = ({ source }: Line): string => JSON.stringify(source);
  let kept = lines;
  for (const name of new Set(lines.filter(({ source }) => source !== null).map(key))) {
    const fewer = kept.filter((line) => key(line) !== name);
    if (shows(new Part(system, fewer))) kept = fewer;
  }
  const named = new Map(kept.flatMap((line) => (line.source ? [[key(line), line.source] as const] : [])));
  return [...named.values()];
}

/** Lines with the questions a reader asks of them. */
export class Part {
  readonly unknowns: readonly number[];
  readonly #system: System;
  readonly #lines: readonly Line[];
  readonly #local: ReadonlyMap<number, number>;
  readonly #bands: readonly Band[];
  readonly #whole: readonly boolean[];
  readonly #points: Float64Array[] = [];
  #given: readonly boolean[] | null = null;

  constructor(system: System, lines: readonly Line[]) {
    this.#system = system;
    this.#lines = lines;
    this.unknowns = [...new Set(lines.flatMap(({ coefficients }) => [...coefficients.keys()]))];
    this.#local = new Map(this.unknowns.map((unknown, k) => [unknown, k]));
    const kinds = this.unknowns.map((unknown) => system.unknowns[unknown]?.kind);
    const negative = new Map<number, number>();
    let columns = kinds.length;
    kinds.forEach((kind, k) => {
      // A sum may be negative: it is the difference of two unknowns >= 0.
      if (kind === "sum") negative.set(k, columns++);
    });
    this.#whole = Array.from({ length: columns }, (_, k) => kinds[k] === "count");
    this.#bands = lines.map(({ coefficients, low, high }) => {
      const own = new Map<number, number>();
      for (const [unknown, value] of coefficients) {
        const k = this.#local.get(unknown) ?? -1;
        own.set(k, value);
        const other = negative.get(k);
        if (other !== undefined) own.set(other, -value);
      }
      return { coefficients: own, low, high };
    });
  }

  consistent(): boolean {
    return this.#ask([]) !== null;
  }

  /** Whether one value only fits, over all whole counts; null when the search ran out. */
  determined(unknown: number): boolean | null {
    const k = this.#local.get(unknown);
    if (k === undefined) return false;
    if (this.#givenByRank(k)) return true;
    const point = this.#ask([]);
    if (point === null || point === "undecided") return null;
    const above = this.#reaches(k, point[k] + 1, Number.POSITIVE_INFINITY);
    if (above !== false) return above === null ? null : false;
    const below = point[k] < 1 ? false : this.#reaches(k, 0, point[k] - 1);
    return below === null ? null : !below;
  }

  verdict(unknown: number, threshold: number): Exclude<Exposure["verdict"], "contradiction"> | null {
    const k = this.#local.get(unknown);
    const what = this.#system.unknowns[unknown];
    if (k === undefined || what === undefined) return null;
    if (what.kind === "sum") {
      if (!this.#givenByRank(k)) return null;
      return what.hidden === null && this.#surelyReaches(what.base, threshold) ? null : "recovered";
    }
    if (what.hidden !== null) {
      const one = this.determined(unknown);
      if (one !== false) return one === null ? "not proven" : "recovered";
    }
    const large = this.#reaches(k, threshold, Number.POSITIVE_INFINITY);
    if (large === true) return null;
    const some = this.#reaches(k, 1, Number.POSITIVE_INFINITY);
    if (some === false) return null;
    if (large === null || some === null) return "not proven";
    return this.determined(unknown) === true ? "recovered" : "known small";
  }

  #surelyReaches(unknown: number, threshold: number): boolean {
    const k = this.#local.get(unknown);
    return k !== undefined && this.#reaches(k, 0, threshold - 1) === false;
  }

  /** In the row space of the exact equations; a rounded sum is held as known, which is the severe side. */
  #givenByRank(k: number): boolean {
    this.#given ??= determinedUnknowns(
      this.#lines
        .filter(({ low, high, coefficients }) => low === high || this.#sumsOnly(coefficients, low, high))
        .map(({ coefficients }) => new Map([...coefficients].map(([at, value]) => [this.#local.get(at) ?? -1, value]))),
      this.unknowns.length,
    );
    return this.#given[k] ?? false;
  }

  #sumsOnly(coefficients: ReadonlyMap<number, number>, low: number, high: number): boolean {
    const bounded = Number.isFinite(low) && Number.isFinite(high);
    return bounded && [...coefficients.keys()].every((at) => this.#system.unknowns[at]?.kind === "sum");
  }

  #reaches(k: number, low: number, high: number): boolean | null {
    if (this.#points.some((point) => point[k] >= low && point[k] <= high)) return true;
    const answer = this.#ask([{ coefficients: new Map([[k, 1]]), low, high }]);
    return answer === "undecided" ? null : answer !== null;
  }

  #ask(more: readonly Band[]): Float64Array | null | "undecided" {
    if (more.length === 0 && this.#points[0]) return this.#points[0];
    const answer = wholePoint([...this.#bands, ...more], this.#whole);
    if (answer !== null && answer !== "undecided") this.#points.push(answer);
    return answer;
  }
}
