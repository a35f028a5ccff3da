import { QuartiersError } from "../codes/errors.ts";
import type { GateFinding } from "./gate-finding.ts";

/** A decision, signed by a person, to publish in spite of one finding of the gate. It is printed in the book. */
export interface Override {
  /** Table, figure or column, as the finding names it. */
  readonly place: string;
  /** Code of the finding: "frequence", "axe-aux-extremes"... */
  readonly rule: string;
  /** Why, in a French sentence. Never a protected value. */
  readonly reason: string;
  /** Name and capacity of the person who decides. */
  readonly signedBy: string;
  /** Day of the signature, AAAA-MM-JJ. */
  readonly on: string;
  /** Last day on which it holds, AAAA-MM-JJ. */
  readonly until: string;
  /** Written agreement of the provider (who, when), without which no article of a data clause is set aside. */
  readonly agreement?: string;
}

const required = {
  place: ["son lieu", "le tableau, la figure ou la colonne qu'elle concerne"],
  rule: ["sa règle", "le code de la règle, tel que le refus le nomme"],
  reason: ["son motif", "le motif, en une phrase"],
  signedBy: ["sa signature", "le nom et la qualité de la personne qui signe"],
} as const;

const day = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/**
 * Refuses an override that is not signed, gives no reason, or does not hold on this day.
 * @param today AAAA-MM-JJ, given by the caller
 * @throws QuartiersError naming the field
 */
export function checkOverride(override: Override, today: string): void {
  const refuse = (what: string, expected: string, value?: string): never => {
    throw new QuartiersError({
      what: `Dérogation refusée\u00a0: ${what}`,
      ...(value === undefined ? {} : { value }),
      where: `dérogation «\u202f${override.place}\u202f»`,
      expected,
      remedy: "faire compléter et signer la dérogation, ou la retirer\u00a0: la règle s'applique alors",
    });
  };
  for (const field of ["place", "rule", "reason", "signedBy"] as const) {
    const [name, expected] = required[field];
    if (!override[field]?.trim()) refuse(`${name} manque`, expected);
  }
  const { on, until } = override;
  if (!day.test(on)) refuse("le jour de la signature n'est pas un jour", "AAAA-MM-JJ", on);
  if (!day.test(until)) refuse("le dernier jour d'effet n'est pas un jour", "AAAA-MM-JJ", until);
  if (today < on) refuse("elle n'est pas encore signée à ce jour", `le ${on} au plus tôt`, today);
  if (today > until) refuse("elle n'est plus en vigueur", `le ${until} au plus tard`, today);
}

/**
 * Whether a checked override sets a finding aside: the same place and the same rule. A rule that a data clause states belongs to the provider:
 * it yields only to the provider's written agreement.
 * @example
 * ```ts
 * const finding = { code: "axe-aux-extremes", place: "revenus", rule: "", clause: null, sentence: "", remedy: "", severity: "refuse" };
 * const override = { place: "revenus", rule: "axe-aux-extremes", reason: "Bornes déjà publiées.", signedBy: "A. Durand", on: "2026-01-05", until: "2026-12-31" };
 * [setsAside(override, finding), setsAside(override, { ...finding, clause: "article 6" })] // [ true, false ]
 * ```
 */
export const setsAside = ({ place, rule, agreement }: Override, finding: GateFinding): boolean =>
  place === finding.place && rule === finding.code && (finding.clause === null || Boolean(agreement?.trim()));
