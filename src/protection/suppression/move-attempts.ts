/** Rounds of attempts: how many, and how many cells a move may have. Short moves are looked for first. */
export const rounds = [
  { attempts: 160, longest: 12 },
  { attempts: 60, longest: 40 },
  { attempts: 20, longest: 150 },
] as const;
/** The same through cells already hidden, where failing is common and costs nothing but time. */
export const freeRounds = [
  { attempts: 30, longest: 12 },
  { attempts: 12, longest: 40 },
] as const;
/** Attempts in vain after which the best move found is kept. */
export const patience = 40;
/** Steps that spread the attempts over the combinations of first choices: fractional parts of square roots of primes. */
const spread = [0.4142135623730951, 0.7320508075688772, 0.23606797749978969, 0.6457513110645906, 0.3166247903553998];

/** The choice of an attempt in one line: the best of all first, then the better ones more often. */
export function place(trial: number, line: number, length: number): number {
  const fraction = (trial * (spread[line % spread.length] ?? 0)) % 1;
  return Math.floor(fraction * fraction * length);
}
