import { Refusal } from "../refusal.ts";
import type { Solver } from "../solver/program.ts";
import { attackNewcomer, type Exposure } from "./attack-newcomer.ts";
import type { Publication } from "./publication.ts";
import type { Source } from "./system.ts";

/** Numbers named in a message before the others are only counted. */
const named = 8;

/**
 * Attacks a publication together with all earlier ones, and throws a `Refusal` naming the chain of numbers that a reader would combine.
 * What the earlier publications exposed alone is not held against it, unless it makes it worse. Totals known from elsewhere, and
 * publications signed for in spite of what they expose, are not refused, unless they contradict.
 * Gives what was found and let through: rings where nobody lives, and exposures that were signed for.
 */
export function admit(publication: Publication, earlier: readonly Publication[], solver: Solver): readonly Exposure[] {
  const exposures = attackNewcomer(publication, earlier, solver);
  const [first] = exposures.toSorted((a, b) => rank(a) - rank(b));
  if (first === undefined || first.verdict === "empty") return exposures;
  const contradiction = first.verdict === "contradiction";
  const answered = publication.origin === "public" || publication.override !== undefined;
  if (answered && !contradiction) return exposures;
  throw new Refusal({
    what: whatOf(first),
    value: publication.id,
    where: chainText(first.chain),
    expected: contradiction
      ? "des nombres qui tiennent ensemble"
      : "aucune zone connue sous le seuil, même par différence",
    remedy: contradiction
      ? "vérifier ces nombres avec leur producteur\u00a0; une donnée révisée porte une autre population (« …, révisé »)"
      : "retirer ou regrouper un des nombres de la nouvelle publication",
  });
}

/** Contradictions first, then what is proven. */
const rank = ({ verdict }: Exposure): number =>
  [
    "contradiction",
    "recovered",
    "known small",
    "known closely",
    "bounded away from zero",
    "not proven",
    "empty",
  ].indexOf(verdict);

function whatOf({ verdict, set }: Exposure): string {
  if (verdict === "contradiction") return "Des nombres publiés se contredisent";
  if (verdict === "not proven") {
    return `Rien ne prouve que cette publication, jointe aux précédentes, protège ${set}`;
  }
  return `Cette publication, jointe aux précédentes, fait connaître de trop près ${set}, zone protégée`;
}

/** The numbers in order: « n15 » (bilan 2015), puis « n24 » (bilan 2024). */
export function chainText(chain: readonly Source[]): string {
  const words = chain.map(({ publication, number }) => `«\u202f${number}\u202f» (${publication})`);
  if (words.length <= named) return words.join(", puis ");
  const others = words.length - named;
  return `${words.slice(0, named - 1).join(", puis ")}, puis ${others} autres, puis ${words.at(-1)}`;
}
