import { mergeLineages } from "../codes/lineage.ts";
import { numberColumn, PRESENT, SECRET, type Table, table, textColumn } from "../codes/table.ts";
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
 * A function of released or published tables passes as such; anything else must say how many units are behind each number.
 * @param from the tables that the numbers were computed from: their lineages and thresholds follow
 */
export function keyNumbers(entries: readonly KeyNumber[], from: readonly Table[]): Released {
  const name = "chiffres cités dans le texte";
  const lineage = mergeLineages(...from.map((source) => source.lineage));
  const safe = from.every((source) => isReleased(source) || source.lineage.every(({ published }) => published));
  const word = (value: number | string): boolean => typeof value === "string";
  if (!safe && entries.some(({ n, value }) => n === undefined && !word(value))) {
    throw new Refusal({
      what: "Un chiffre cité dans le texte vient d'une table non contrôlée et ne dit pas combien d'unités sont derrière lui",
      expected: "le champ n de chaque chiffre",
      remedy: "calculer le chiffre sur une table passée par release(), ou compter ses unités",
    });
  }
  const { minUnits } = strictestRule(lineage, name);
  const small = Uint8Array.from(entries, ({ n }) =>
    n !== undefined && !(n === 0 || n >= minUnits) ? SECRET : PRESENT,
  );
  const values = entries.map(({ value }) => (typeof value === "number" ? value : Number.NaN));
  const words = entries.map(({ value }, row) => (typeof value === "string" && small[row] === PRESENT ? value : ""));
  const units = entries.map(({ n }) => n ?? Number.NaN);
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
      n: numberColumn(units, { label: "Unités derrière le chiffre", unit: "unités", missing: small }),
    },
    lineage,
  );
  return releaseChecked(list, name, small.filter((code) => code === SECRET).length * 2);
}
