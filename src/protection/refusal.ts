import { QuartiersError } from "../codes/errors.ts";

/**
 * What the gate throws when a table cannot be made safe.
 * Its wording names the table, the columns and the rule; it never holds a protected value, and never varies with one.
 */
export class Refusal extends QuartiersError {
  override readonly name: string = "Refusal";
}
