import type { Contract } from "../../../src/sources/contract.ts";
import type { Case } from "./case.ts";
import { type CsvStyle, csvContract, csvStyles, csvText } from "./table.ts";

export const style: CsvStyle = csvStyles["CSV ;"] as CsvStyle;
export const contract: Contract = csvContract(style);
export const text: string = csvText(style);
export const file = "essai/table.csv";

/** What a case may say beyond its damage. */
export type Rest = Partial<Pick<Case, "words" | "hidden" | "contract" | "instead">>;

/** A case of the sound CSV file, by the text that takes its place. */
export const csv = (
  damage: string,
  content: string | Uint8Array,
  outcome: Case["outcome"] = "refused",
  rest: Rest = {},
): Case => ({
  format: "CSV ;",
  damage,
  contract,
  file,
  files: { [file]: content },
  outcome,
  ...rest,
});

/** A text changed once; fails when there is nothing to change. */
export function changed(whole: string, from: string | RegExp, to: string): string {
  const result = whole.replace(from, () => to);
  if (result === whole) throw new Error(`rien à changer : ${from}`);
  return result;
}

/** The sound text with one change. */
export const edited = (
  damage: string,
  from: string | RegExp,
  to: string,
  outcome: Case["outcome"] = "refused",
  rest: Rest = {},
): Case => csv(damage, changed(text, from, to), outcome, rest);
