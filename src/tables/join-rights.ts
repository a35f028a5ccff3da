import { QuartiersError } from "../codes/errors.ts";
import type { SourceRef } from "../codes/lineage.ts";
import { clauseName } from "../sources/terms.ts";

/** A text of law or a published figure that our code holds is no dataset: no contract needs to name it. */
const isDataset = ({ file }: SourceRef): boolean => !file.startsWith("src/");

/**
 * Refuses to bring together two datasets when the contract of either does not allow it. A contract that lists nothing allows all.
 * O(datasets of both sides).
 * @throws QuartiersError naming both datasets and the article of the data clause
 */
export function checkJoinRights(left: readonly SourceRef[], right: readonly SourceRef[]): void {
  for (const a of left.filter(isDataset)) {
    for (const b of right.filter(isDataset)) {
      for (const [one, other] of [
        [a, b],
        [b, a],
      ] as const) {
        if (one.id === other.id || !one.joins || one.joins.includes(other.id)) continue;
        throw new QuartiersError({
          what: `Le contrat de «\u202f${one.title}\u202f» (${one.id}) n'autorise pas son croisement avec «\u202f${other.title}\u202f» (${other.id})`,
          expected: one.joins.length > 0 ? `un croisement avec ${one.joins.join(", ")}` : "aucun croisement",
          remedy: `demander à ${one.publisher} un avenant à l'${clauseName("joins")}`,
        });
      }
    }
  }
}

/**
 * What the reader must know when invented and real data meet in one table: the result is stamped as synthetic. Null when they do not meet.
 */
export function syntheticMeeting(left: readonly SourceRef[], right: readonly SourceRef[]): string | null {
  const refs = [...left, ...right];
  const invented = refs.filter(({ synthetic }) => synthetic).map(({ id }) => id);
  const real = refs.filter(({ synthetic }) => !synthetic).map(({ id }) => id);
  if (invented.length === 0 || real.length === 0) return null;
  return `Des données synthétiques (${[...new Set(invented)].join(", ")}) rencontrent des données réelles (${[...new Set(real)].join(", ")})\u00a0: tout résultat porte la mention SYNTHÉTIQUE.`;
}
