import type { Commitment } from "./charter.ts";
import type { TestResults } from "./test-results.ts";

/** What is known of a rule: its tests all pass, one fails, or nobody knows. */
export type Verification = "vérifié" | "en échec" | "non vérifié";

/** One test that a commitment names, and its last result. */
export interface TestEvidence {
  readonly test: string;
  readonly result: Verification;
  /** How many tests stand under this name. */
  readonly count: number;
}

/** What shows, or does not show, that a commitment is held. */
export interface Evidence {
  readonly commitment: Commitment;
  readonly result: Verification;
  readonly tests: readonly TestEvidence[];
  /** Day of the results, AAAA-MM-JJ; null when nothing is verified. */
  readonly day: string | null;
}

/**
 * The evidence of a commitment: verified when each test that it names ran on this version of the code and passed. Without a test, or without
 * results, it is not verified.
 */
export function evidenceOf(commitment: Commitment, results: TestResults | null): Evidence {
  const tests = commitment.tests.map((test) => testEvidence(test, results));
  const failed = tests.some(({ result }) => result === "en échec");
  const verified = tests.length > 0 && tests.every(({ result }) => result === "vérifié");
  const result = failed ? "en échec" : verified ? "vérifié" : "non vérifié";
  return { commitment, result, tests, day: result === "non vérifié" ? null : (results?.day ?? null) };
}

function testEvidence(test: string, results: TestResults | null): TestEvidence {
  const under = Object.entries(results?.passed ?? {}).filter(
    ([name]) => name === test || name.startsWith(`${test} > `),
  );
  const result = under.length === 0 ? "non vérifié" : under.every(([, passed]) => passed) ? "vérifié" : "en échec";
  return { test, result, count: under.length };
}
