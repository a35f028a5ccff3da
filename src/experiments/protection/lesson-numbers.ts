import { type KeyNumbers, keyNumberList } from "../../figures/key-numbers.ts";
import { type KeyNumber, keyNumbers } from "../../protection/key-numbers.ts";
import { knownAttacks } from "./attack-list.ts";
import type { HandPickedCase } from "./hand-picked-case.ts";
import type { HashCase } from "./hash-case.ts";
import { inventedRef, lessonThreshold } from "./invented-table.ts";
import type { NoiseCase } from "./noise-case.ts";
import type { PublishedHoles } from "./published-holes.ts";
import type { ScatterCase } from "./scatter-case.ts";

/** What the chapter's sentences quote. */
export interface LessonFacts {
  readonly scatter: ScatterCase;
  readonly noise: NoiseCase;
  readonly hash: HashCase;
  readonly holes: PublishedHoles;
  readonly picked: HandPickedCase;
}

/** The numbers of the chapter, by key. */
export function lessonNumbers({ scatter, noise, hash, holes, picked }: LessonFacts): KeyNumbers {
  const entry = (key: string, label: string, value: number, unit = "", decimals = 0): KeyNumber => ({
    key: `protection.${key}`,
    label,
    value,
    unit,
    decimals,
  });
  const invented = keyNumbers(
    [
      entry("seuil", "Seuil de la leçon", lessonThreshold, "personnes"),
      entry("attaques", "Attaques rejouées", knownAttacks.length),
      entry("nuage.dessines", "Personnes dessinées dans le nuage", scatter.drawn),
      entry("nuage.retrouvees", "Personnes relues exactement", scatter.found),
      entry("bruit.vrai", "Vrai effectif de la cellule bruitée", noise.truth),
      entry("bruit.moyenne", "Moyenne du bruit tiré à chaque fois", noise.redrawnMean, "", 2),
      entry("bruit.cle", "Nombre publié par le bruit par clé", noise.keyedMean),
      entry("empreintes.essais", "Essais pour retrouver une empreinte sans clé", hash.trials),
      entry("motif.minimum", "Cases du plus petit motif", picked.judged.at(-1)?.hidden ?? Number.NaN, "cases"),
      entry("trous.masquees", "Cases masquées par les producteurs", holes.hidden),
      entry("trous.retrouvees", "Cases retrouvées par soustraction", holes.found),
      entry("trous.resserrees", "Cases resserrées sous le seuil", holes.narrowed),
    ],
    [
      {
        columns: {},
        numRows: 0,
        lineage: [inventedRef("chiffres", "Chiffres de la leçon", lessonThreshold), ...holes.figure.data.lineage],
      },
    ],
  );
  return keyNumberList(invented);
}
