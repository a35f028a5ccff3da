import { QuartiersError } from "../../codes/errors.ts";

/** One stage of the draw, as columns of one value a respondent. */
export interface SamplingStage {
  /** Stratum; one stratum (within each unit of the stage above) when absent. */
  readonly strata?: readonly string[];
  /** Unit drawn; each respondent is one when absent. At a lower stage, named within the unit above. */
  readonly clusters?: readonly string[];
  /** Finite population: units of the stratum in the population (N_h), the same on all its rows; Infinity for a draw with replacement. */
  readonly populationUnits?: Float64Array;
  /** The same, as the share of the stratum's units that was drawn, over 0 and up to 1. */
  readonly samplingFractions?: Float64Array;
}

/** A stage coded once: units within strata within the units of the stage above. */
export interface DesignStage {
  readonly unitOf: Int32Array;
  /** Stratum of each unit. */
  readonly stratumOfUnit: Int32Array;
  readonly unitsInStratum: Int32Array;
  /** Units of each stratum in the population; Infinity for a draw with replacement. */
  readonly populationInStratum: Float64Array;
  /** What the variance of a stratum counts for: the sampling fractions of the units above it, multiplied (1 at the first stage). */
  readonly shareOfStratum: Float64Array;
}

export interface CodedStage {
  readonly stage: DesignStage;
  readonly stratumOf: Int32Array;
  readonly stratumNames: readonly string[];
  /** True when the stage says how large its population is. */
  readonly finite: boolean;
  /** Names of units that stand in several strata. */
  readonly sharedNames: readonly string[];
}

/** Codes one stage under the one above (null for the first). `where` names it in messages. O(n). */
export function codeStage(input: SamplingStage, n: number, above: CodedStage | null, where: string): CodedStage {
  checkLengths(input, n, where);
  const { strata, clusters, populationUnits, samplingFractions } = input;
  const stratumCodes = new Map<string, number>();
  const unitCodes = new Map<string, number>();
  const stratumNames: string[] = [];
  const stratumOfUnit: number[] = [];
  const firstRow: number[] = [];
  const stratumOf = new Int32Array(n);
  const unitOf = new Int32Array(n);
  const stratumOfName = new Map<string, number>();
  const sharedNames = new Set<string>();
  for (let i = 0; i < n; i++) {
    const name = strata?.[i] ?? "";
    const stratum = code(stratumCodes, above ? `${above.stage.unitOf[i]} ${name}` : name);
    if (stratum === stratumNames.length) {
      stratumNames.push(name);
      firstRow.push(i);
    }
    const unit = code(unitCodes, `${stratum} ${clusters ? clusters[i] : i}`);
    stratumOf[i] = stratum;
    unitOf[i] = unit;
    if (unit < stratumOfUnit.length) continue;
    stratumOfUnit.push(stratum);
    if (!clusters || above) continue;
    const known = stratumOfName.get(clusters[i]);
    if (known === undefined) stratumOfName.set(clusters[i], stratum);
    else if (known !== stratum) sharedNames.add(clusters[i]);
  }
  const unitsInStratum = new Int32Array(stratumNames.length);
  for (const stratum of stratumOfUnit) unitsInStratum[stratum]++;
  const populationInStratum = new Float64Array(stratumNames.length).fill(Number.POSITIVE_INFINITY);
  const given = populationUnits ?? samplingFractions;
  if (given) {
    for (let i = 0; i < n; i++) {
      if (Number.isNaN(given[i])) throw unknownPopulation(i, where);
      if (given[i] !== given[firstRow[stratumOf[i]]])
        throw varyingPopulation(given[firstRow[stratumOf[i]]], given[i], i, stratumNames[stratumOf[i]], where);
    }
    firstRow.forEach((row, stratum) => {
      const units = unitsInStratum[stratum];
      populationInStratum[stratum] = populationUnits
        ? populationSize(populationUnits[row], units, stratumNames[stratum], where)
        : units / samplingFraction(given[row], row, where);
    });
  }
  const shareOfStratum = Float64Array.from(firstRow, (row) => {
    if (!above) return 1;
    const parent = above.stratumOf[row];
    const { unitsInStratum: units, populationInStratum: population, shareOfStratum: share } = above.stage;
    return (share[parent] * units[parent]) / population[parent];
  });
  return {
    stage: {
      unitOf,
      stratumOfUnit: Int32Array.from(stratumOfUnit),
      unitsInStratum,
      populationInStratum,
      shareOfStratum,
    },
    stratumOf,
    stratumNames,
    finite: given !== undefined,
    sharedNames: [...sharedNames],
  };
}

/** Share of the stratum's units that were not drawn, 1 - n_h / N_h: 0 for a census, 1 with replacement. */
export const unseenShare = ({ unitsInStratum, populationInStratum }: DesignStage, stratum: number): number =>
  populationInStratum[stratum] === Number.POSITIVE_INFINITY
    ? 1
    : (populationInStratum[stratum] - unitsInStratum[stratum]) / populationInStratum[stratum];

/** True for a stratum with one unit drawn among several: its variance cannot be seen. */
export const isLonely = (stage: DesignStage, stratum: number): boolean =>
  stage.unitsInStratum[stratum] === 1 && unseenShare(stage, stratum) >= 1e-7;

function code(codes: Map<string, number>, name: string): number {
  const known = codes.get(name);
  if (known !== undefined) return known;
  codes.set(name, codes.size);
  return codes.size - 1;
}

function checkLengths(stage: SamplingStage, n: number, where: string): void {
  for (const [name, column] of [
    ["strates", stage.strata],
    ["grappes", stage.clusters],
    ["tailles de population", stage.populationUnits],
    ["taux de sondage", stage.samplingFractions],
  ] as const) {
    if (column && column.length !== n)
      throw new QuartiersError({
        what: `Colonne des ${name} trop courte ou trop longue`,
        value: String(column.length),
        where,
        expected: `${n} lignes, comme les poids`,
      });
  }
  if (stage.populationUnits && stage.samplingFractions)
    throw new QuartiersError({
      what: "Population finie donnée deux fois",
      where,
      expected: "des tailles (populationUnits) ou des taux (samplingFractions), pas les deux",
    });
}

function populationSize(size: number, units: number, stratum: string, where: string): number {
  if (size >= units) return size;
  throw new QuartiersError({
    what: `Population plus petite que l'échantillon dans la strate «\u202f${stratum || "unique"}\u202f»`,
    value: `${size} unités dans la population, ${units} tirées`,
    where,
    expected: "au moins autant d'unités dans la population que dans l'échantillon",
    remedy: "vérifier que N compte des unités tirées (grappes), pas des personnes, et par strate",
  });
}

function samplingFraction(fraction: number, row: number, where: string): number {
  if (fraction > 0 && fraction <= 1) return fraction;
  throw new QuartiersError({
    what: `Taux de sondage impossible à la ligne ${row + 1}`,
    value: String(fraction),
    where,
    expected: "un nombre supérieur à 0 et d'au plus 1",
    remedy: "donner des tailles de population par populationUnits",
  });
}

const unknownPopulation = (row: number, where: string): QuartiersError =>
  new QuartiersError({
    what: `Population finie inconnue à la ligne ${row + 1}`,
    where,
    expected: "un nombre sur toutes les lignes, ou pas de colonne",
  });

const varyingPopulation = (one: number, two: number, row: number, stratum: string, where: string): QuartiersError =>
  new QuartiersError({
    what: `Population finie qui change dans la strate «\u202f${stratum || "unique"}\u202f» à la ligne ${row + 1}`,
    value: `${one} puis ${two}`,
    where,
    expected: "une seule taille, ou un seul taux, par strate",
  });
