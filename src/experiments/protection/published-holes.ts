import { frenchNumber } from "../../codes/french.ts";
import { mergeLineages } from "../../codes/lineage.ts";
import { numbers, type Table, texts } from "../../codes/table.ts";
import type { Figure } from "../../figures/figure.ts";
import type { HiddenInterval } from "../../protection/attack/hidden-intervals.ts";
import { type Relation, relationsOf } from "../../protection/relations.ts";
import { c2sInseeContract } from "../../sources/c2s-insee.ts";
import { loadTable } from "../../sources/load.ts";
import { isAvailable } from "../../sources/locate.ts";
import { qpvIndicateursContract } from "../../sources/qpv-indicateurs.ts";
import type { Territory } from "../../sources/territory.ts";
import { lessonTable } from "./lesson-table.ts";
import { possibleValues } from "./possible-values.ts";
import { readerVerdict } from "./reader-verdict.ts";

/** The holes of tables that their producers published, attacked from those tables alone: told by counts, never by value nor by place. */
export interface PublishedHoles {
  readonly figure: Figure;
  /** Hidden cells that some total touches. */
  readonly hidden: number;
  readonly found: number;
  /** Surely under the threshold, or surely not 0 and not surely over it. */
  readonly narrowed: number;
}

interface Attacked {
  readonly what: string;
  readonly table: Table;
  readonly cells: readonly HiddenInterval[];
}

/** Attacks the job seekers of the neighbourhoods by sex and, where the file is, the C2S by neighbourhood, IRIS and commune. */
export async function publishedHoles(territory: Territory): Promise<PublishedHoles> {
  const attacked: Attacked[] = [];
  const seekers = await loadTable(territory, qpvIndicateursContract, {
    columns: ["code_qp", "abcde", "abcde_f", "abcde_h"],
  });
  attacked.push({
    what: "Demandeurs d’emploi par sexe",
    table: seekers,
    cells: await attackedBy(seekers, seekersRelations(seekers)),
  });
  if (isAvailable(territory, c2sInseeContract)) {
    const c2s = await loadTable(territory, c2sInseeContract);
    const cells = await attackedBy(c2s, c2sRelations(c2s));
    const levels = texts(c2s, "niveau").values;
    for (const [level, what] of c2sLevels)
      attacked.push({
        what: `C2S ${what}`,
        table: c2s,
        cells: cells.filter(({ cell }) => levels[cell.row] === level),
      });
  }
  const counts = attacked.map(({ cells, table: { lineage } }) => {
    const threshold = lineage[0]?.secrecy.minUnits ?? 11;
    const verdicts = cells.map((cell) => readerVerdict(cell, threshold));
    const of = (...wanted: readonly string[]): number => verdicts.filter((verdict) => wanted.includes(verdict)).length;
    return { hidden: cells.length, found: of("found"), narrowed: of("small", "narrow"), held: of("safe", "large") };
  });
  const sum = (pick: (one: (typeof counts)[number]) => number): number =>
    counts.reduce((total, one) => total + pick(one), 0);
  const [hidden, found, narrowed] = [sum((one) => one.hidden), sum((one) => one.found), sum((one) => one.narrowed)];
  const written = (pick: (one: (typeof counts)[number]) => number): readonly string[] =>
    counts.map((one) => frenchNumber(pick(one)));
  const figure = lessonTable(
    mergeLineages(...attacked.map(({ table: { lineage } }) => lineage)),
    {
      famille: { label: "Tableau publié", values: attacked.map(({ what }) => what) },
      masquees: { label: "Cases masquées", values: written((one) => one.hidden) },
      retrouvees: { label: "Retrouvées", values: written((one) => one.found) },
      resserrees: { label: "Resserrées", values: written((one) => one.narrowed) },
      tiennent: { label: "Qui tiennent", values: written((one) => one.held) },
    },
    {
      id: "protection-trous",
      title: holesTitle(hidden, found),
      subtitle:
        "Cases masquées par le producteur, attaquées par les seuls totaux du même fichier ; ni leur valeur ni leur lieu ne sont dits",
      alt: "Tableau par fichier publié : nombre de cases masquées, de cases retrouvées par soustraction, de cases resserrées et de cases qui tiennent.",
      champ: `${territory.label} ; cases masquées qui ont un total dans le même fichier`,
      lecture: `sur ${frenchNumber(hidden)} cases masquées, ${foundWords(found)} par soustraction.`,
    },
  );
  return { figure, hidden, found, narrowed };
}

const foundWords = (found: number): string =>
  found === 0 ? "aucune ne se retrouve" : `${frenchNumber(found)} se retrouve${found > 1 ? "nt" : ""}`;

const holesTitle = (hidden: number, found: number): string =>
  found === 0
    ? "Les cases masquées par le producteur ne se retrouvent pas par ses propres totaux"
    : `${frenchNumber(found)} cases masquées sur ${frenchNumber(hidden)} se retrouvent par les totaux du même fichier`;

const c2sLevels = [
  ["QP", "par quartier"],
  ["IRIS", "par IRIS"],
  ["COM", "par commune"],
] as const;

const attackedBy = async (t: Table, relations: readonly Relation[]): Promise<readonly HiddenInterval[]> =>
  (await possibleValues(t, relations)) ?? [];

/** Women and men make all job seekers, in each neighbourhood. */
export const seekersRelations = (t: Table): readonly Relation[] =>
  relationsOf(t, "demandeurs d’emploi", [], [{ total: "abcde", parts: ["abcde_f", "abcde_h"] }]);

/** With and without participation make the C2S, in each area; the IRIS of a commune make the commune, each year. */
export function c2sRelations(t: Table): readonly Relation[] {
  const levels = texts(t, "niveau").values;
  const codes = texts(t, "code").values;
  const years = numbers(t, "annee").values;
  const irisOf = new Map<string, number[]>();
  levels.forEach((level, row) => {
    if (level !== "IRIS") return;
    const key = `${codes[row]?.slice(0, 5)} ${years[row]}`;
    const known = irisOf.get(key);
    if (known) known.push(row);
    else irisOf.set(key, [row]);
  });
  const margins = levels.flatMap((level, total) => {
    const parts = level === "COM" ? irisOf.get(`${codes[total]} ${years[total]}`) : undefined;
    return parts
      ? ["c2s", "c2s_sans_participation", "c2s_avec_participation"].map((column) => ({ column, total, parts }))
      : [];
  });
  return relationsOf(t, "C2S par zone", margins, [
    { total: "c2s", parts: ["c2s_sans_participation", "c2s_avec_participation"] },
  ]);
}
