import { QuartiersError } from "../../codes/errors.ts";
import type { MissingReason } from "../../codes/table.ts";
import { type ColumnContract, type ColumnType, type Contract, isNumeric } from "../contract.ts";

/** Types that a file may have where another is expected: each value of the first is a value of the second. */
const narrower: Readonly<Partial<Record<ColumnType, readonly ColumnType[]>>> = {
  number: ["integer"],
  dciris: ["iris", "commune"],
};

const fits = (theirs: ColumnType, ours: ColumnType): boolean =>
  theirs === ours ||
  (narrower[ours]?.includes(theirs) ?? false) ||
  (ours === "text" && theirs !== "number" && theirs !== "integer");

const reasons: Readonly<Record<MissingReason, string>> = {
  s: "secret",
  ns: "non significatif",
  nd: "non disponible",
};

/**
 * Our column as a signed contract provides it: its name in the file, the stricter of the two promises.
 * A sign of absence that we do not have is accepted where a value may be absent, and said.
 * @throws QuartiersError when the column is not there, or is looser than ours
 */
export function effectiveColumn(
  ours: ColumnContract,
  signed: Contract,
  where: string,
  say: (note: string) => number,
): ColumnContract {
  const theirs = signed.columns.find(({ name }) => name === ours.name);
  if (!theirs)
    throw new QuartiersError({
      what: "Le contrat signé n'a pas une colonne que nos calculs demandent",
      value: ours.name,
      where,
      expected: `${ours.label}, sous un nom de fichier donné par physicalName s'il diffère`,
      remedy: "demander au partenaire d'ajouter cette colonne au fichier et au contrat",
    });
  const looser = (what: string, value: unknown, expected: unknown): QuartiersError =>
    new QuartiersError({
      what: `${what}, dans la colonne ${ours.name} du contrat signé`,
      value: String(value),
      where,
      expected: String(expected),
      remedy: "corriger le contrat avec le partenaire\u00a0; il peut être plus strict que le nôtre, pas plus large",
    });
  if (!fits(theirs.type, ours.type)) throw looser("Un autre type", theirs.type, ours.type);
  if (theirs.unit !== undefined && ours.unit !== undefined && theirs.unit !== ours.unit)
    throw looser("Une autre unité", theirs.unit || "sans unité", ours.unit || "un nombre sans unité");
  if (theirs.required === false && ours.required)
    throw looser("Une valeur qui peut manquer", "required: false", "required: true");
  if (theirs.masked === false && ours.masked) throw looser("Un effectif sans masque", "masque: false", "masque: true");
  if (theirs.suspiciousZero === false && ours.suspiciousZero)
    throw looser("Un zéro sans soupçon", "zeroSuspect: false", "zeroSuspect: true");
  if (theirs.summable && isNumeric(ours) && !ours.summable)
    throw looser("Une colonne dite sommable", "sommable: true", "une colonne que l'on ne somme pas");
  if (theirs.pattern && ours.pattern && theirs.pattern.regex !== ours.pattern.regex)
    throw looser("Une autre forme", theirs.pattern.regex, ours.pattern.regex);
  const range = stricterRange(ours, theirs, looser);
  const stranger = ours.values && theirs.values?.find((value) => !ours.values?.includes(value));
  if (stranger !== undefined) throw looser("Une valeur de plus", stranger, ours.values?.join(", "));
  const missing = commonSigns(ours, theirs, looser, say);
  const { from: _, part: __, ...rest } = { ...ours, ...theirs };
  return {
    ...rest,
    label: ours.label,
    ...(theirs.from === undefined ? {} : { from: theirs.from }),
    ...(theirs.part === undefined ? {} : { part: theirs.part }),
    ...(range ? { range } : {}),
    ...(missing ? { missing } : {}),
  };
}

type Looser = (what: string, value: unknown, expected: unknown) => QuartiersError;

function stricterRange(ours: ColumnContract, theirs: ColumnContract, looser: Looser): ColumnContract["range"] {
  if (!ours.range || !theirs.range) return theirs.range ?? ours.range;
  const [low, high] = ours.range;
  if (theirs.range[0] < low || theirs.range[1] > high)
    throw looser("Des bornes plus larges", theirs.range.join(" à "), `de ${low} à ${high}`);
  return theirs.range;
}

/** Their signs where they give some, ours otherwise: a sign that the file does not use is no loss. */
function commonSigns(
  ours: ColumnContract,
  theirs: ColumnContract,
  looser: Looser,
  say: (note: string) => number,
): ColumnContract["missing"] {
  if (!theirs.missing) return ours.missing;
  for (const [sign, reason] of Object.entries(theirs.missing)) {
    const known = ours.missing?.[sign];
    if (known === reason) continue;
    if (known !== undefined)
      throw looser(`Une autre raison pour le signe «\u202f${sign}\u202f»`, reasons[reason], reasons[known]);
    if (ours.required && !ours.missing)
      throw looser("Un signe d'absence là où une valeur est toujours due", sign, "une valeur");
    if (sign === "" && ours.required) throw looser("Une case vide permise", "manquants", "une valeur, ou un signe");
    say(
      `Le contrat signé écrit ${sign === "" ? "par une case vide" : `«\u202f${sign}\u202f»`} une valeur «\u202f${reasons[reason]}\u202f» de la colonne ${ours.name}.`,
    );
  }
  return theirs.missing;
}
