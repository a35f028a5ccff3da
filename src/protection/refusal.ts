import { type ErrorParts, QuartiersError } from "../codes/errors.ts";
import type { GateFinding } from "./gate-finding.ts";
import type { Override } from "./override.ts";

/**
 * What the gate throws when something cannot be made safe.
 * Its wording names the table, the columns and the rule; it never holds a protected value, and never varies with one.
 */
export class Refusal extends QuartiersError {
  override readonly name: string = "Refusal";
  /** The rules behind the refusal, when the gate had gone as far as applying them. */
  readonly findings: readonly GateFinding[];

  constructor(parts: ErrorParts, findings: readonly GateFinding[] = []) {
    super(parts);
    this.findings = findings;
  }
}

/** Visible cells that do not add up as declared. */
export const contradiction = (name: string): Refusal =>
  new Refusal({
    what: `Les cellules de la table « ${name} » contredisent les relations additives déclarées`,
    expected: "des totaux égaux à la somme de leurs parties",
    remedy: "vérifier margins et columnSums, ou recalculer les totaux",
  });

/** Nothing is left to hide, and a hidden cell can still be found. */
export const irreparable = (name: string): Refusal =>
  new Refusal({
    what: `La table « ${name} » ne peut pas être rendue sûre : une cellule masquée se déduit de celles qui restent`,
    expected: "des colonnes que l'on puisse masquer (hors open) dans chaque relation additive",
    remedy: "regrouper des lignes, ou ne pas publier les totaux",
  });

/** An override that sets nothing aside: its place or rule is not one of the table's, or the rule is the provider's and he did not agree. */
export const unusedOverride = ({ place, rule }: Override, name: string): Refusal =>
  new Refusal({
    what: `Une dérogation ne s'applique pas à la table « ${name} »`,
    value: `${place}, ${rule}`,
    expected: `le nom de la table, l'une des règles frequence ou concentration, et l'accord écrit du fournisseur quand la règle est la sienne`,
    remedy: "corriger la dérogation, ou la retirer",
  });
