import { QuartiersError } from "../../codes/errors.ts";
import type { CategoricalVariable } from "./categorical-variable.ts";
import type { McaOptions } from "./mca-options.ts";

/** Which rows count, and for how much. */
export interface RowStatus {
  /** 1 counts in the axes, 2 is projected only, 0 is dropped. */
  readonly status: Uint8Array;
  /** Shares of the rows that count: sum 1. */
  readonly masses: Float64Array;
  /** Shares in the reference of the categories: the rows in and out of the class. `masses` itself when there is no class. */
  readonly referenceMasses: Float64Array;
  readonly sumOfWeights: number;
}

/**
 * Which rows count in the axes: those of positive weight that are not supplementary, are in the class when there is one, and have all their answers under the rule "drop-rows".
 * Refuses fewer than two of them, columns of different lengths, a weight that is negative or missing. O(n Q).
 * @example
 * ```ts
 * const sport = { name: "sport", levels: ["non", "oui"], codes: Int32Array.of(0, 1, -1, 1) };
 * rowStatus([sport], { missing: "drop-rows", weights: Float64Array.of(1, 3, 2, 0) }).masses // Float64Array(4) [ 0.25, 0.75, 0, 0 ]
 * ```
 */
export function rowStatus(variables: readonly CategoricalVariable[], options: McaOptions): RowStatus {
  const count = variables[0]?.codes.length ?? 0;
  checkColumns(variables, options, count);
  const weights = options.weights ?? new Float64Array(count).fill(1);
  const status = new Uint8Array(count).fill(1);
  for (let row = 0; row < count; row++) if (weights[row] === 0) status[row] = 2;
  for (const row of options.supplementaryRows ?? []) status[row] = 2;
  if (options.missing === "drop-rows")
    for (const { codes } of variables) for (let row = 0; row < count; row++) if (codes[row] < 0) status[row] = 0;
  const reference = Float64Array.from(weights, (weight, row) => (status[row] === 1 ? weight : 0));
  if (options.classRows) {
    const inClass = new Uint8Array(count);
    for (const row of options.classRows) inClass[row] = 1;
    for (let row = 0; row < count; row++) if (status[row] === 1 && inClass[row] === 0) status[row] = 2;
  }
  const active = status.reduce((sum, kind) => sum + (kind === 1 ? 1 : 0), 0);
  if (active < 2) tooFewRows(variables, options, active);
  const inside = options.classRows ? reference.map((weight, row) => (status[row] === 1 ? weight : 0)) : reference;
  const masses = shares(inside);
  return {
    status,
    masses,
    referenceMasses: options.classRows ? shares(reference) : masses,
    sumOfWeights: total(inside),
  };
}

const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);

function shares(weights: Float64Array): Float64Array {
  const sum = total(weights);
  return weights.map((weight) => weight / sum);
}

function checkColumns(variables: readonly CategoricalVariable[], options: McaOptions, count: number): void {
  if (variables.length === 0)
    throw new QuartiersError({
      what: "Une analyse des correspondances multiples sans question",
      expected: "au moins une question active",
    });
  const twice = variables.find(({ name }, at) => variables.findIndex((other) => other.name === name) < at);
  if (twice)
    throw new QuartiersError({
      what: "Deux questions actives portent le même nom",
      value: twice.name,
      expected: "un nom par question",
    });
  const columns = [
    ...variables.map(({ name, codes }) => ({ name, length: codes.length })),
    ...(options.supplementary ?? []).map(({ name, codes }) => ({ name, length: codes.length })),
    ...(options.numbers ?? []).map(({ name, values }) => ({ name, length: values.length })),
    ...(options.weights ? [{ name: "poids", length: options.weights.length }] : []),
  ];
  const other = columns.find(({ length }) => length !== count);
  if (other)
    throw new QuartiersError({
      what: `La colonne « ${other.name} » n'a pas le nombre de lignes des autres`,
      value: String(other.length),
      expected: `${count} lignes`,
    });
  for (const { name, levels, codes } of [...variables, ...(options.supplementary ?? [])]) {
    const unknown = codes.find((code) => code >= levels.length);
    if (unknown !== undefined)
      throw new QuartiersError({
        what: `Code sans modalité dans « ${name} »`,
        value: String(unknown),
        expected: `un code de 0 à ${levels.length - 1}, ou -1 sans réponse`,
      });
  }
  const wrong = (options.weights ?? []).findIndex((weight) => !(weight >= 0 && Number.isFinite(weight)));
  if (wrong >= 0)
    throw new QuartiersError({
      what: `Poids impossible à la ligne ${wrong + 1}`,
      value: String(options.weights?.[wrong]),
      expected: "un nombre fini, positif ou nul",
    });
  const outside = [...(options.supplementaryRows ?? []), ...(options.classRows ?? [])].find(
    (row) => row < 0 || row >= count,
  );
  if (outside !== undefined)
    throw new QuartiersError({
      what: "Ligne supplémentaire ou de la classe hors du tableau",
      value: String(outside),
      expected: `un rang de 0 à ${count - 1}`,
    });
}

function tooFewRows(variables: readonly CategoricalVariable[], options: McaOptions, active: number): never {
  const empty = variables.find(({ codes }) => codes.length > 0 && codes.every((code) => code < 0));
  const dropped = options.missing === "drop-rows";
  throw new QuartiersError({
    what:
      dropped && empty
        ? `La question « ${empty.name} » n'a aucune réponse, et les lignes incomplètes sont retirées`
        : "Trop peu de lignes pour une analyse",
    value: `${active} ligne${active > 1 ? "s" : ""} active${active > 1 ? "s" : ""}`,
    expected: "au moins deux lignes de poids positif",
    remedy: dropped
      ? "retirer les questions trop lacunaires, ou garder les non-réponses par la règle own-level ou passive"
      : "vérifier les poids, la classe et les lignes supplémentaires",
  });
}
