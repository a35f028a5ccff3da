import { describe, test } from "vitest";
import { givenReplicates } from "../../../src/models/survey/given-replicates.ts";
import { expectQuantile } from "./expect-quantile.ts";
import { columns, designs, own, pick, type QuantileCase } from "./survey-reference.ts";

const named = (cases: readonly QuantileCase[]) =>
  cases.map((c) => [`${c.design} ${c.rule} ${c.interval} ${c.probability} ${c.domain}`, c] as const);

describe("quantiles and Woodruff's interval equal R survey's svyquantile to 1e-9, by rule and interval", () => {
  test.each(named(own.quantiles))("%s", (_, expected) => {
    expectQuantile(designs[expected.design], columns, expected);
  });

  const kept = own.complete;
  const given = givenReplicates({
    weights: Float64Array.from(pick(own.rows.weight, kept)),
    replicates: own.given.matrix.map((column) => Float64Array.from(column)),
    scale: own.given.scale,
    replicateScales: Float64Array.from(own.given.replicateScales),
  });
  test.each(named(own.given.quantiles))("replicates: %s", (_, expected) => {
    expectQuantile(
      given,
      { y: Float64Array.from(pick(columns.y, kept)), domains: pick(columns.domains, kept) },
      expected,
    );
  });
});
