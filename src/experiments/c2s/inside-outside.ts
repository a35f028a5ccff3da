import { frenchNumber, frenchOf } from "../../codes/french.ts";
import { NOT_AVAILABLE, numberColumn, PRESENT, table, textColumn } from "../../codes/table.ts";
import { dataTable } from "../../figures/data-table.ts";
import { dotPlot } from "../../figures/dot-plot.ts";
import type { Figure } from "../../figures/figure.ts";
import type { Interval } from "../../models/areas/non-take-up.ts";
import { release } from "../../protection/release.ts";
import type { Released } from "../../protection/released.ts";
import { townSizes } from "../../tables/neighbourhoods.ts";
import { intervalOf } from "./eligible-areas.ts";
import type { CommuneSide, SplitCommunes } from "./split-communes.ts";
import { type C2sStudy, roundTo } from "./study.ts";

export interface InsideOutside {
  readonly figure: Figure;
  readonly table: Figure;
  /** Shares of eligible persons, and non-take-up, of all the communes, in percent; NaN where the counts are not known. */
  readonly inside: Sides;
  readonly outside: Sides;
}

interface Sides {
  readonly persons: number;
  readonly share: Interval;
  readonly nonTakeUp: Interval;
  /** Persons of the scheme who do not use their right. */
  readonly nonTakers: Interval;
  /** Communes whose counts are known, on which the rate rests. */
  readonly known: number;
}

const sides = [
  ["inside", "Dans les quartiers"],
  ["outside", "Hors des quartiers"],
] as const;

/** Eligible persons and non-take-up inside and outside the neighbourhoods, by size of the commune. */
export function insideOutside(study: C2sStudy, { communes, incomeYear, lineage }: SplitCommunes): InsideOutside {
  const groups = [
    ...townSizes.map(({ label }) => ({ label, members: communes.filter(({ size }) => size === label) })),
    { label: "ensemble", members: communes },
  ].filter(({ members }) => members.length > 0);
  const rows = groups.flatMap(({ label, members }) =>
    sides.map(([side, words]) => ({ label, words, ...together(members.map((commune) => commune[side])) })),
  );
  const percent = (pick: (row: (typeof rows)[number]) => number, label: string) => {
    const values = rows.map((row) => roundTo(pick(row), 0.1));
    return numberColumn(values, {
      label,
      unit: "%",
      missing: Uint8Array.from(values, (value) => (Number.isFinite(value) ? PRESENT : NOT_AVAILABLE)),
    });
  };
  const data = release(
    table(
      {
        taille: textColumn(
          rows.map(({ label }) => label),
          { label: "Taille de la commune" },
        ),
        lieu: textColumn(
          rows.map(({ words }) => words),
          { label: "Lieu" },
        ),
        part: percent(({ share }) => share.value, "Éligibles"),
        part_basse: percent(({ share }) => share.low, "Éligibles, borne basse"),
        part_haute: percent(({ share }) => share.high, "Éligibles, borne haute"),
        non_recours: percent(({ nonTakeUp }) => nonTakeUp.value, "Non-recours"),
        bas: percent(({ nonTakeUp }) => nonTakeUp.low, "Non-recours, borne basse"),
        haut: percent(({ nonTakeUp }) => nonTakeUp.high, "Non-recours, borne haute"),
        communes: numberColumn(
          rows.map(({ known }) => known),
          { label: "Communes comptées", unit: "" },
        ),
        habitants: numberColumn(
          rows.map(({ persons }) => Math.round(persons)),
          { label: "Habitants", unit: "personnes" },
        ),
      },
      lineage,
    ),
    { name: "éligibles dans les quartiers et en dehors", open: ["taille", "lieu"], counts: "habitants" },
  );
  const [inside, outside] = sides.map(([side]) => together(communes.map((commune) => commune[side])));
  const both = { inside: inside ?? none, outside: outside ?? none };
  return { ...drawn(study, data, { count: communes.length, incomeYear, ...both }), ...both };
}

const nothing: Interval = { value: Number.NaN, low: Number.NaN, high: Number.NaN };
const none: Sides = { persons: 0, share: nothing, nonTakeUp: nothing, nonTakers: nothing, known: 0 };
/** A rate rests on three communes and eleven takers at least: with one commune, a reader who knows it would find its count. */
const [LEAST_COMMUNES, LEAST_TAKERS] = [3, 11];
const scaled = (scale: number, { value, low, high }: Interval): Interval => ({
  value: scale * value,
  low: scale * low,
  high: scale * high,
});

/** Communes taken together: the share is of all of them, the rate of those whose counts are known. */
function together(members: readonly CommuneSide[]): Sides {
  const persons = members.reduce((sum, member) => sum + member.persons, 0);
  const total = (list: readonly CommuneSide[], scheme: (side: CommuneSide) => number): Interval => {
    const length = list[0]?.draws.length ?? 0;
    const draws = Float64Array.from({ length }, (_, draw) =>
      list.reduce((sum, side) => sum + scheme(side) * side.draws[draw], 0),
    );
    return intervalOf(
      list.reduce((sum, side) => sum + scheme(side) * side.eligible, 0),
      draws,
    );
  };
  const known = members.filter(({ takers, insured }) => Number.isFinite(takers + insured));
  const takers = known.reduce((sum, side) => sum + side.takers, 0);
  const shown = known.length >= LEAST_COMMUNES && takers >= LEAST_TAKERS;
  const eligible = shown ? total(known, (side) => side.insured / side.persons) : nothing;
  const rate = (count: number): number => 100 * (1 - takers / count);
  return {
    persons,
    share: scaled(
      100 / persons,
      total(members, () => 1),
    ),
    nonTakeUp: { value: rate(eligible.value), low: rate(eligible.low), high: rate(eligible.high) },
    nonTakers: { value: eligible.value - takers, low: eligible.low - takers, high: eligible.high - takers },
    known: known.length,
  };
}

function drawn(
  study: C2sStudy,
  data: Released,
  {
    count,
    incomeYear,
    inside,
    outside,
  }: { readonly count: number; readonly incomeYear: string; readonly inside: Sides; readonly outside: Sides },
): { readonly figure: Figure; readonly table: Figure } {
  const champ = `habitants des ${frenchNumber(count)} communes ${frenchOf(study.territory.label)} qui ont un quartier prioritaire`;
  const percent = (value: number): string => frenchNumber(value, { decimals: 0, unit: "%" });
  const lecture = `dans l’ensemble de ces communes, ${percent(inside.share.value)} des habitants des quartiers ont droit à la C2S, et ${percent(outside.share.value)} de ceux qui vivent en dehors.`;
  const hasRates = Number.isFinite(outside.nonTakeUp.value);
  const parameters = { ...study.parameters, revenus_des_communes: incomeYear };
  return {
    figure: dotPlot(data, {
      id: "c2s-dedans-dehors",
      title: `Dans les quartiers, ${percent(inside.share.value)} des habitants ont droit à la C2S ; en dehors, ${percent(outside.share.value)}`,
      subtitle: `Part estimée des personnes éligibles, selon la taille de la commune ; intervalles à 90 % ; revenus des communes de ${incomeYear}. Hors des quartiers, la composition des ménages n’est pas calée, sinon sur leur taille moyenne : l’estimation est moins sûre que son intervalle`,
      alt: "Points et intervalles pour chaque taille de commune : la part des personnes éligibles est bien plus grande dans les quartiers qu’en dehors.",
      champ,
      lecture,
      row: "taille",
      value: "part",
      low: "part_basse",
      high: "part_haute",
      series: "lieu",
      axisTitle: "Personnes éligibles (%)",
      format: ",.0f",
      parameters,
    }),
    table: dataTable(data, {
      id: "c2s-dedans-dehors-tableau",
      title: hasRates
        ? `Le non-recours est de ${percent(inside.nonTakeUp.value)} dans les quartiers, de ${percent(outside.nonTakeUp.value)} en dehors`
        : "Les personnes éligibles dans les quartiers et en dehors",
      subtitle: hasRates
        ? "Part des personnes éligibles, et non-recours des personnes éligibles du régime général, sur les communes dont les comptes sont diffusés (colonne « communes comptées ») ; bornes à 90 %"
        : "Part des personnes éligibles, bornes à 90 % ; les bénéficiaires ne sont pas comptés sur ce territoire",
      alt: "Tableau par taille de commune, dans les quartiers et en dehors : part des personnes éligibles et non-recours, avec leurs bornes.",
      champ,
      lecture,
      columns: [
        "taille",
        "lieu",
        "part",
        "part_basse",
        "part_haute",
        ...(hasRates ? ["communes", "non_recours", "bas", "haut"] : []),
      ],
      parameters,
    }),
  };
}
