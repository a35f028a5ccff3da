import { type CodeQpv, qpvGeneration } from "../codes/code.ts";
import { QuartiersError } from "../codes/errors.ts";
import { type Geography, geographyLabel } from "../codes/geography.ts";
import { type Table, type TextColumn, texts } from "../codes/table.ts";
import type { ConversionOptions } from "./conversion-plan.ts";
import type { ConversionReport } from "./conversion-report.ts";
import { convert } from "./convert.ts";
import { type Passage, qpvPassage } from "./passage.ts";

/** Both tables on one list, and what the conversion did. */
export interface Sides {
  readonly left: Table;
  readonly right: Table;
  readonly conversion?: ConversionReport & { readonly side: "left" | "right" };
}

/** Converts, with the passage if there is one, the side whose key is on its first list. */
export function onOneList(
  left: Table,
  right: Table,
  keys: { readonly left: string; readonly right: string },
  {
    passage: given,
    conversion: options = {},
  }: { readonly passage?: Passage | Table; readonly conversion?: ConversionOptions },
): Sides {
  if (!given) return { left, right };
  const leftList = listOf(texts(left, keys.left));
  const rightList = listOf(texts(right, keys.right));
  const passage = "columns" in given ? passageOf(given, leftList, rightList) : given;
  const [isLeft, isRight] = [isSameList(leftList, passage.from), isSameList(rightList, passage.from)];
  if (isLeft === isRight) {
    const said = (list: Geography | null): string => (list ? geographyLabel(list) : "liste non dite");
    throw new QuartiersError({
      what: "Ce passage ne part pas de la liste de l'une des deux tables",
      value: `à gauche ${said(leftList)}, à droite ${said(rightList)}`,
      expected: `une table et une seule sur ${geographyLabel(passage.from)}`,
      remedy: "donner le passage qui va d'une table à l'autre, ou dire la liste de la clé (geography)",
    });
  }
  const side = isLeft ? "left" : "right";
  const converted = convert(isLeft ? left : right, isLeft ? keys.left : keys.right, passage, options);
  const conversion = { ...converted.report, side } as const;
  return isLeft ? { left: converted.table, right, conversion } : { left, right: converted.table, conversion };
}

/** A table of overlaps goes from the left table to the right one, or back, as their generations say. */
function passageOf(pairs: Table, left: Geography | null, right: Geography | null): Passage {
  if (left?.vintage === 2024 && right?.vintage === 2015) return qpvPassage(pairs, { from: 2024, to: 2015 });
  return qpvPassage(pairs);
}

const isSameList = (a: Geography | null, b: Geography): boolean => a?.kind === b.kind && a.vintage === b.vintage;

/** The list of a key: what its column says, or the one generation of neighbourhoods that its codes show. */
function listOf(key: TextColumn): Geography | null {
  if (key.geography) return key.geography;
  const [first, ...others] = generations(key).keys();
  return first !== undefined && others.length === 0 ? { kind: "qpv", vintage: first } : null;
}

/** Mayotte became a département on 31 March 2011; the codes of départements have not changed since (COG 2012 to 2026). */
const LAST_NEW_DEPARTEMENT = 2012;

/** Codes of one kind from two years look alike and do not designate the same places. */
export function refuseTwoLists({ geography: left }: TextColumn, { geography: right }: TextColumn): void {
  if (!left || !right || left.kind !== right.kind || left.vintage === right.vintage) return;
  if (left.kind === "departement" && Math.min(left.vintage, right.vintage) >= LAST_NEW_DEPARTEMENT) return;
  throw new QuartiersError({
    what: "Jointure entre deux listes de codes qui ne sont pas de la même année",
    value: `${geographyLabel(left)} ; ${geographyLabel(right)}`,
    expected:
      "la même année des deux côtés : des unités ont fusionné, se sont divisées ou ont changé de code entre les deux",
    remedy: "donner la table de passage (passage), ou prendre les deux fichiers de la même année",
  });
}

/** Both generations of neighbourhood codes in one key, or one on each side, is a mistake that looks like missing data. */
export function refuseMixedGenerations(left: TextColumn, right: TextColumn): void {
  const [leftGenerations, rightGenerations] = [generations(left), generations(right)];
  const all = new Map([...leftGenerations, ...rightGenerations]);
  if (all.size < 2) return;
  throw new QuartiersError({
    what: "Jointure entre deux générations de quartiers prioritaires",
    value: [...all]
      .sort(([a], [b]) => a - b)
      .map(([generation, code]) => `${code} (${generation})`)
      .join(", "),
    expected: "une seule génération, 2015 (QP...) ou 2024 (QN...)\u00a0: ce ne sont pas les mêmes périmètres",
    remedy: "prendre les deux fichiers de la même génération, ou donner une table de passage (passage)",
  });
}

/** The generations found in a key, with one code of each. */
function generations(key: TextColumn): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (const code of key.values) if (/^Q[PN]\d{2}/.test(code)) found.set(qpvGeneration(code as CodeQpv), code);
  return found;
}
