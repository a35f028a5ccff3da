import { mergeLineages, type SecrecyRule } from "../codes/lineage.ts";
import { numberColumn, PRESENT, SECRET, type Table, table, textColumn } from "../codes/table.ts";
import { countsOfRate, rateDiscloses } from "./rates.ts";
import { Refusal } from "./refusal.ts";
import { releaseChecked } from "./release.ts";
import { isReleased, type Released } from "./released.ts";
import { strictestRule } from "./threshold.ts";

/** A figure that the prose quotes by its key. */
export interface KeyNumber {
  /** Stable word: "emploi.mediane". */
  readonly key: string;
  /** What it says, in French. */
  readonly label: string;
  /** A number, or a word that the computation chose; never a value read from a hidden cell. */
  readonly value: number | string;
  readonly unit: string;
  readonly decimals: number;
  /** Units behind the number. Needed when a table it comes from is neither released nor wholly published. */
  readonly n?: number;
}

/**
 * Figures quoted in prose are a released table too, with the columns key, label, value, text, unit, decimals and n.
 * `value` is `nd` where the entry is a word, and `text` is "" where it is a number.
 * A function of released or published tables passes as such; anything else must say how many units are behind each number. Unless all is published,
 * a number is hidden when it counts fewer units than the threshold, or when it is a share of `n` that turns back into such a count as it is printed;
 * where it would by its further decimals, it loses them. The gate cannot see that a number was read elsewhere than in `from`, nor what two of them
 * give by subtraction.
 * @param from the tables that the numbers were computed from: their lineages and thresholds follow
 */
export function keyNumbers(entries: readonly KeyNumber[], from: readonly Table[]): Released {
  const name = "chiffres cités dans le texte";
  const lineage = mergeLineages(...from.map((source) => source.lineage));
  const safe = from.every((source) => isReleased(source) || source.lineage.every(({ published }) => published));
  const word = (value: number | string): boolean => typeof value === "string";
  if (!safe && entries.some(({ n, value }) => n === undefined && !(word(value) && !/\d/.test(String(value))))) {
    throw new Refusal({
      what: "Un chiffre cité dans le texte vient d'une table non contrôlée et ne dit pas combien d'unités sont derrière lui",
      expected: "le champ n de chaque chiffre",
      remedy: "calculer le chiffre sur une table passée par release(), ou compter ses unités",
    });
  }
  const rule = strictestRule(lineage, name);
  const judged = lineage.some(({ published }) => !published);
  const units = new Set(lineage.map(({ secrecy }) => secrecy.unit.toLowerCase()));
  const small = Uint8Array.from(entries, (entry) =>
    fewBehind(entry, rule) || (judged && (countsFew(entry, rule, units) || rateOfFew(entry, rule))) ? SECRET : PRESENT,
  );
  const values = entries.map((entry) => {
    if (typeof entry.value !== "number") return Number.NaN;
    return judged && rateOfFew({ ...entry, decimals: exactDecimals }, rule) ? printed(entry) : entry.value;
  });
  const words = entries.map(({ value }, row) => (typeof value === "string" && small[row] === PRESENT ? value : ""));
  const behind = entries.map(({ n }) => n ?? Number.NaN);
  const list = table(
    {
      key: textColumn(
        entries.map(({ key }) => key),
        { label: "Clé" },
      ),
      label: textColumn(
        entries.map(({ label }) => label),
        { label: "Libellé" },
      ),
      value: numberColumn(values, { label: "Valeur", unit: "", missing: small }),
      text: textColumn(words, { label: "Mot", missing: small }),
      unit: textColumn(
        entries.map(({ unit }) => unit),
        { label: "Unité" },
      ),
      decimals: numberColumn(
        entries.map(({ decimals }) => decimals),
        { label: "Décimales", unit: "" },
      ),
      n: numberColumn(behind, { label: "Unités derrière le chiffre", unit: "unités", missing: small }),
    },
    lineage,
  );
  return releaseChecked(list, name, small.filter((code) => code === SECRET).length * 2);
}

/** Too few units are behind the number. */
const fewBehind = ({ n }: KeyNumber, { minUnits }: SecrecyRule): boolean =>
  n !== undefined && !(n === 0 || n >= minUnits);

/** The number is itself a count of the units of the secret, under the threshold. */
const countsFew = ({ value, unit }: KeyNumber, { minUnits }: SecrecyRule, units: ReadonlySet<string>): boolean =>
  typeof value === "number" &&
  Math.abs(value) > 0 &&
  Math.abs(value) < minUnits &&
  [...units].some((one) => unit.toLowerCase().startsWith(one));

/** The number is a share of its units that turns back into few of them. */
function rateOfFew(entry: KeyNumber, { minUnits, rates }: SecrecyRule): boolean {
  const { value, unit, decimals, n } = entry;
  if (typeof value !== "number" || !unit.includes("%") || n === undefined || !(n > 0)) return false;
  const counts = countsOfRate(printed(entry), n, { decimals });
  return counts !== null && rateDiscloses(counts, n, minUnits, rates);
}

/** Decimals that give the count behind a rate, on any base that is met here. */
const exactDecimals = 9;

/** The number as it is printed. */
const printed = ({ value, decimals }: KeyNumber): number => Number(Number(value).toFixed(decimals));
