import { describe, expect, it } from "vitest";
import { appendToLedger } from "../../../src/protection/ledger/ledger.ts";
import { count, empty, ledgerOf, options, publication, zone } from "./support.ts";

describe("attacks of the note on several publications", () => {
  it("3, dates: two cumulated counts give the month between them", () => {
    const months = [zone("janvier à octobre", "01-10"), zone("janvier à novembre", "01-10", "11")];
    const one = ledgerOf(publication("octobre", months, [count("inscrits", "janvier à octobre", 240)]));
    const next = (value: number) => publication("novembre", [], [count("inscrits", "janvier à novembre", value)]);
    expect(() => appendToLedger(one, next(246), options)).toThrow(/octobre.*novembre/);
    expect(appendToLedger(one, next(270), options).notes).toEqual([]);
  });
  it("14: numbers rounded apart, and a total that was not", () => {
    const rounded = (total: number) =>
      publication(
        "arrondis",
        [zone("a", "a"), zone("b", "b"), zone("tout", "a", "b")],
        [count("a", "a", 10, { rounding: 5 }), count("b", "b", 20, { rounding: 5 }), count("total", "tout", total)],
      );
    expect(() => appendToLedger(empty, rounded(21), options)).toThrow(/«\s*b\s*».*«\s*total\s*»/);
    expect(appendToLedger(empty, rounded(30), options).status).toBe("added");
  });
  it("14: a count rounded again and again, by other rules each time", () => {
    const again = (id: string, value: number, rounding: number) =>
      publication(id, [], [count("n", "a", value, { rounding })]);
    const one = ledgerOf(
      publication("base 20", [zone("a", "a")], [count("n", "a", 20, { rounding: 10 })]),
      again("base 30", 0, 15),
    );
    expect(() => appendToLedger(one, again("base 7", 7, 3), options)).toThrow(/base 7/);
  });
});
