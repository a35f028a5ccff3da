import { QuartiersError } from "../../codes/errors.ts";
import { column, numbers, reasonAt, type Table } from "../../codes/table.ts";
import { strictestRule } from "../threshold.ts";
import { codedColumn, type EquivalenceClasses, equivalenceClasses, kAnonymity } from "./equivalence-classes.ts";
import { expectedReidentifications, householdRisks, recordRisks } from "./individual-risk.ts";
import { distinctValues, effectiveValues, recursiveRatios } from "./l-diversity.ts";
import { sensitiveCounts } from "./sensitive-counts.ts";
import { classDistances } from "./t-closeness.ts";

export interface IndividualFileOptions {
  readonly quasiIdentifiers: readonly string[];
  readonly sensitive: readonly string[];
  /** Smallest class allowed; the contracts of the sources raise it when they are stricter. */
  readonly k: number;
  /** Fewest distinct sensitive values of a class. 2 by default and at least: a class of one value tells it of everybody. */
  readonly l?: number;
  /** Least exp(entropy) of a class. */
  readonly entropyL?: number;
  /** Recursive (c, l)-diversity. */
  readonly recursive?: { readonly c: number; readonly l: number };
  /** Greatest distance of a class from the file. */
  readonly t?: number;
  /** Column of survey weights; without it the file is the whole population. */
  readonly weights?: string;
  /** Greatest individual risk allowed. */
  readonly maxRisk?: number;
  /** Column of the household of each record, and the greatest household risk allowed. */
  readonly household?: { readonly column: string; readonly maxRisk: number };
}

export type IndividualRule = "k" | "l" | "entropyL" | "recursive" | "t" | "risk" | "household";

/** A rule that classes fail, described by counts only. */
export interface IndividualFinding {
  readonly rule: IndividualRule;
  /** The sensitive column, where the rule bears on one. */
  readonly sensitive: string | null;
  /** Exact, for the author's own screen: what is printed is the sentence, which counts none under k. */
  readonly classes: number;
  readonly records: number;
  readonly sentence: string;
  readonly remedy: string;
}

export interface IndividualJudgement {
  readonly verdict: "accept" | "refuse";
  /** The class size that was asked for, contracts included. */
  readonly k: number;
  readonly findings: readonly IndividualFinding[];
  /** Quasi-identifiers to coarsen, the one whose removal leaves fewest records in small classes first; empty when accepted. */
  readonly coarsen: readonly string[];
  /** For an accepted file only: its smallest class and the expected number of re-identified records. */
  readonly measures: { readonly k: number; readonly expectedReidentifications: number } | null;
}

const recordsIn = (
  { sizes }: EquivalenceClasses,
  fails: (own: number) => boolean,
): [classes: number, records: number] => {
  let [classes, records] = [0, 0];
  sizes.forEach((size, own) => {
    if (!fails(own)) return;
    classes++;
    records += size;
  });
  return [classes, records];
};

/** A number of failing classes or records, never told under the threshold. */
const told = (count: number, k: number): string => (count < k ? `moins de ${k}` : String(count));

/** Whether a column says nothing of anyone, since it says the same of all. */
function sameEverywhere(t: Table, name: string): boolean {
  const own = column(t, name);
  const said = (row: number): string => `${reasonAt(own, row)} ${own.values[row]}`;
  for (let row = 1; row < t.numRows; row++) if (said(row) !== said(0)) return false;
  return true;
}

const namedColumns = ({
  quasiIdentifiers,
  sensitive,
  household,
  weights,
}: IndividualFileOptions): readonly string[] => [
  ...quasiIdentifiers,
  ...sensitive,
  ...(household ? [household.column] : []),
  ...(weights ? [weights] : []),
];

/** Refuses a file that would be delivered with a column that no rule judged: a name would pass beside the best of classes. */
function checkRoles(t: Table, options: IndividualFileOptions): void {
  const named = namedColumns(options);
  const roleless = Object.keys(t.columns).filter((name) => !named.includes(name) && !sameEverywhere(t, name));
  if (roleless.length === 0) return;
  throw new QuartiersError({
    what: "Des colonnes du fichier individuel n'ont pas de rôle\u00a0: elles seraient livrées sans être jugées",
    value: roleless.join(", "),
    expected: "chaque colonne parmi quasiIdentifiers, sensitive, weights ou household",
    remedy: "la dire quasi-identifiante ou sensible, ou la retirer du fichier",
  });
}

function checkOptions(t: Table, options: IndividualFileOptions): void {
  const { sensitive, k, l = 2, recursive, household } = options;
  const named = namedColumns(options);
  const limits = [options.t, options.maxRisk, household?.maxRisk].every(
    (limit) => limit === undefined || (limit >= 0 && limit <= 1),
  );
  const diversity =
    l >= 2 &&
    (options.entropyL ?? 1) >= 1 &&
    (!recursive || (recursive.c > 0 && Number.isInteger(recursive.l) && recursive.l >= 2));
  for (const name of named) column(t, name);
  if (
    t.numRows === 0 ||
    !(k >= 2) ||
    !limits ||
    !diversity ||
    new Set(named).size < named.length ||
    sensitive.length === 0
  ) {
    throw new QuartiersError({
      what: "Le contrôle du fichier individuel est mal posé",
      expected:
        "un fichier non vide, k et l d'au moins 2, t et risques entre 0 et 1, au moins une colonne sensible, chaque colonne dans un seul rôle",
    });
  }
}

/**
 * May this file of individuals be handed to a partner? Refused when a class is smaller than k, holds too few sensitive values, or lies too far from the
 * file, or when a risk exceeds its limit. Findings count classes and records; they name columns, never a record, a value or a combination.
 * Time O(rows x columns), and as many passes as quasi-identifiers to say which to coarsen when refused.
 * @throws when the rules are contradictory, a column that varies has no role, or a weight is not positive
 */
export function judgeIndividualFile(t: Table, options: IndividualFileOptions): IndividualJudgement {
  checkOptions(t, options);
  const { quasiIdentifiers, l = 2, entropyL, recursive, household } = options;
  const k =
    t.lineage.length > 0 ? Math.max(options.k, strictestRule(t.lineage, "fichier individuel").minUnits) : options.k;
  const classes = equivalenceClasses(t, quasiIdentifiers);
  checkRoles(t, options);
  const findings: IndividualFinding[] = [];
  const check = (
    rule: IndividualRule,
    sensitive: string | null,
    fails: (own: number) => boolean,
    what: string,
    remedy: string,
  ): void => {
    const [count, records] = recordsIn(classes, fails);
    if (count === 0) return;
    const on = sensitive === null ? "" : ` sur «\u202f${sensitive}\u202f»`;
    const sentence = `Classes ${what}${on}\u00a0: ${told(count, k)}, soit ${told(records, k)} enregistrements sur ${t.numRows}.`;
    findings.push({ rule, sensitive, classes: count, records, sentence, remedy });
  };
  const group = "regrouper les modalités des colonnes à élargir, dans l'ordre donné, ou retirer ces colonnes";
  const mix =
    "élargir les quasi-identifiants pour mêler des situations différentes, ou regrouper la colonne sensible, ou ne pas la livrer";
  check("k", null, (own) => classes.sizes[own] < k, `de moins de ${k} personnes`, group);
  for (const name of options.sensitive) {
    const counts = sensitiveCounts(classes, column(t, name));
    const distinct = distinctValues(counts);
    check("l", name, (own) => distinct[own] < l, `de moins de ${l} valeurs distinctes`, mix);
    if (entropyL !== undefined) {
      const effective = effectiveValues(counts);
      check(
        "entropyL",
        name,
        (own) => effective[own] < entropyL * (1 - 1e-12),
        `de moins de ${entropyL} valeurs effectives (entropie)`,
        mix,
      );
    }
    if (recursive) {
      const ratios = recursiveRatios(counts, recursive.l);
      check(
        "recursive",
        name,
        (own) => !(ratios[own] < recursive.c),
        `sans diversité récursive (${recursive.c}, ${recursive.l})`,
        mix,
      );
    }
    const limit = options.t;
    if (limit !== undefined) {
      const distances = classDistances(counts);
      check("t", name, (own) => distances[own] > limit + 1e-12, `à plus de ${limit} de la répartition du fichier`, mix);
    }
  }
  const risks = recordRisks(classes, options.weights ? numbers(t, options.weights).values : null);
  const over = (values: Float64Array, limit: number): ((own: number) => boolean) => {
    const reached = new Uint8Array(classes.sizes.length);
    values.forEach((risk, row) => {
      if (risk > limit + 1e-12) reached[classes.classOf[row]] = 1;
    });
    return (own) => reached[own] === 1;
  };
  if (options.maxRisk !== undefined)
    check("risk", null, over(risks, options.maxRisk), `dont le risque individuel dépasse ${options.maxRisk}`, group);
  if (household) {
    const together = householdRisks(risks, codedColumn(column(t, household.column)).codes);
    const remedy = `${group} ; ne pas livrer l'identifiant du ménage`;
    check(
      "household",
      null,
      over(together, household.maxRisk),
      `où le risque d'un ménage dépasse ${household.maxRisk}`,
      remedy,
    );
  }
  if (findings.length === 0) {
    const measures = { k: kAnonymity(classes), expectedReidentifications: expectedReidentifications(risks) };
    return { verdict: "accept", k, findings, coarsen: [], measures };
  }
  return { verdict: "refuse", k, findings, coarsen: columnsToCoarsen(t, quasiIdentifiers, k), measures: null };
}

/** Quasi-identifiers by the records left in classes under k once each is removed, fewest first; equal ones in the order given. Counts stay inside. */
function columnsToCoarsen(t: Table, quasiIdentifiers: readonly string[], k: number): string[] {
  if (quasiIdentifiers.length === 1) return [...quasiIdentifiers];
  const left = quasiIdentifiers.map((name) => {
    const others = equivalenceClasses(
      t,
      quasiIdentifiers.filter((other) => other !== name),
    );
    return { name, records: recordsIn(others, (own) => others.sizes[own] < k)[1] };
  });
  return left.sort((a, b) => a.records - b.records).map(({ name }) => name);
}
