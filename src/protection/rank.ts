/** Two primes under 2^26: products of residues stay whole numbers in a double, and one prime's bad luck is not the other's. */
const primes = [67_108_859, 67_108_837] as const;

/**
 * Which unknowns the equations alone determine: unknown i is determined when the unit vector e_i lies in the row space,
 * that is, when its row of the reduced echelon form has no other entry. Exact arithmetic modulo a prime; a claim of either prime counts.
 */
export function determinedUnknowns(
  equations: readonly ReadonlyMap<number, number>[],
  unknowns: number,
): readonly boolean[] {
  const found = new Array<boolean>(unknowns).fill(false);
  for (const prime of primes) {
    for (const { pivot, size } of reducedRows(equations, unknowns, prime)) if (size === 1) found[pivot] = true;
  }
  return found;
}

/** Gauss and Jordan on dense rows of residues; `size` is the number of entries of a reduced row. */
function reducedRows(
  equations: readonly ReadonlyMap<number, number>[],
  unknowns: number,
  prime: number,
): readonly { readonly pivot: number; readonly size: number }[] {
  const rows = equations.map((equation) => {
    const row = new Float64Array(unknowns);
    for (const [unknown, value] of equation) row[unknown] = ((value % prime) + prime) % prime;
    return row;
  });
  const pivots = rows.map((row) => {
    const pivot = row.findIndex((value) => value !== 0);
    if (pivot < 0) return pivot;
    const scale = inverse(row[pivot], prime);
    const entries: number[] = [];
    for (let k = 0; k < unknowns; k++) {
      if (row[k] === 0) continue;
      row[k] = multiply(row[k], scale, prime);
      entries.push(k);
    }
    for (const other of rows) {
      const factor = other[pivot];
      if (other === row || factor === 0) continue;
      for (const k of entries) other[k] = (other[k] + multiply(prime - factor, row[k], prime)) % prime;
    }
    return pivot;
  });
  return pivots.flatMap((pivot, i) =>
    pivot < 0 ? [] : [{ pivot, size: rows[i]?.reduce((size, value) => size + (value === 0 ? 0 : 1), 0) ?? 0 }],
  );
}

const multiply = (a: number, b: number, prime: number): number => (a * b) % prime;

/** Fermat's little theorem. */
function inverse(value: number, prime: number): number {
  let result = 1;
  let base = value;
  for (let exponent = prime - 2; exponent > 0; exponent = Math.floor(exponent / 2)) {
    if (exponent % 2 === 1) result = multiply(result, base, prime);
    base = multiply(base, base, prime);
  }
  return result;
}
