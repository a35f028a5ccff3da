import { clauseName } from "../terms.ts";
import { type FieldPath, fault, type Inconsistency } from "./fault.ts";
import { isUnstated, STRICTEST_THRESHOLD } from "./threshold.ts";

/** The secrecy rule in the words of a contract document. */
export interface WrittenSecrecy {
  readonly seuil: number;
  readonly enoncePar: string;
  readonly identifieePar?: string;
  readonly dominance?: readonly { readonly premiers: number; readonly pourcent: number }[];
  readonly intervalle?: readonly [number, number];
  readonly connuAilleurs?: readonly { readonly colonne: string; readonly auMoins?: number; readonly auPlus?: number }[];
}

/**
 * The first contradiction of a well-formed secrecy rule, or null: a low threshold that nobody states, a column that the contract does not have,
 * two shares for the same number of contributors, bounds the wrong way round.
 */
export function secrecyFault(rule: WrittenSecrecy, columns: readonly string[], path: FieldPath): Inconsistency | null {
  return (
    thresholdFault(rule, path) ??
    dominanceFault(rule, path) ??
    boundsFault(rule, path) ??
    columnFault(rule, columns, path)
  );
}

function thresholdFault({ seuil, enoncePar }: WrittenSecrecy, path: FieldPath): Inconsistency | null {
  if (!isUnstated({ statedBy: enoncePar }) || seuil >= STRICTEST_THRESHOLD) return null;
  return fault(
    [...path, "seuil"],
    "Ce seuil est plus bas que le plus strict connu, et personne ne l'énonce",
    String(seuil),
    `au moins ${STRICTEST_THRESHOLD}, ou dans enoncePar le texte du fournisseur qui énonce ce seuil, ${clauseName("secrecy")}`,
  );
}

function dominanceFault({ dominance = [] }: WrittenSecrecy, path: FieldPath): Inconsistency | null {
  const twice = dominance.findIndex(({ premiers }, i) => dominance.findIndex((rule) => rule.premiers === premiers) < i);
  if (twice < 0) return null;
  return fault(
    [...path, "dominance", twice, "premiers"],
    "Deux règles de dominance portent sur le même nombre de contributeurs",
    String(dominance[twice]?.premiers),
    "une règle par nombre de contributeurs, la plus stricte",
  );
}

function boundsFault({ intervalle, connuAilleurs = [] }: WrittenSecrecy, path: FieldPath): Inconsistency | null {
  if (intervalle && intervalle[0] >= intervalle[1])
    return fault(
      [...path, "intervalle"],
      "L'intervalle garanti ne laisse rien ignorer",
      intervalle.join(", "),
      "deux effectifs différents, le plus petit en premier, comme [0, 11]",
    );
  const odd = connuAilleurs.findIndex(
    ({ auMoins = Number.NEGATIVE_INFINITY, auPlus = Number.POSITIVE_INFINITY }) => auMoins > auPlus,
  );
  if (odd < 0) return null;
  const { auMoins, auPlus } = connuAilleurs[odd] ?? {};
  return fault(
    [...path, "connuAilleurs", odd],
    "Les bornes sont à l'envers",
    `${auMoins} > ${auPlus}`,
    "auMoins ≤ auPlus",
  );
}

function columnFault(
  { identifieePar, connuAilleurs = [] }: WrittenSecrecy,
  columns: readonly string[],
  path: FieldPath,
): Inconsistency | null {
  const named: readonly (readonly [FieldPath, string])[] = [
    ...(identifieePar === undefined ? [] : [[["identifieePar"], identifieePar] as const]),
    ...connuAilleurs.map(({ colonne }, i) => [["connuAilleurs", i, "colonne"], colonne] as const),
  ];
  const stranger = named.find(([, name]) => !columns.includes(name));
  if (!stranger) return null;
  const [place, name] = stranger;
  return fault(
    [...path, ...place],
    "La règle du secret nomme une colonne que le contrat n'a pas",
    name,
    `une colonne parmi ${columns.join(", ")}`,
  );
}
