import type { Released } from "../protection/released.ts";
import { assertReleased } from "../protection/released.ts";

/** Numbers that the prose quotes by key: a released table with the columns key, label, value, unit, decimals. */
export interface KeyNumbers {
  readonly kind: "numbers";
  readonly data: Released;
}

/** Marks a released table of key numbers for the notebook. */
export function keyNumberList(data: Released): KeyNumbers {
  assertReleased(data, "Un chiffre du texte");
  return { kind: "numbers", data };
}
