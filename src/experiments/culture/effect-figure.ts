import { frenchNumber } from "../../codes/french.ts";
import { numberColumn, numbers, table, textColumn, texts } from "../../codes/table.ts";
import { dotPlot } from "../../figures/dot-plot.ts";
import type { Figure } from "../../figures/figure.ts";
import type { MarginalEffect } from "../../models/regression/average-marginal-effect.ts";
import { release } from "../../protection/release.ts";
import type { Released } from "../../protection/released.ts";
import { type DistanceEffect, effectMinutes } from "./distance-effect.ts";
import type { PracticeSurvey } from "./practice-survey.ts";

export interface EffectFigure {
  readonly figure: Figure;
  readonly released: Released;
}

const kinds = { alone: "marche seule", heldEqual: "marche, le reste tenu égal" } as const;

/** Change of each practice for ten more minutes on foot, alone and at equal composition, in points. */
export function effectFigure(survey: PracticeSurvey, effects: readonly DistanceEffect[]): EffectFigure {
  const rows = effects.flatMap(({ practice, alone, heldEqual, yes, people }) =>
    ([alone, heldEqual] as const).map((effect, i) => ({
      practice: practice.label,
      kind: i === 0 ? kinds.alone : kinds.heldEqual,
      effect,
      yes,
      no: people - yes,
    })),
  );
  const points = (pick: (effect: MarginalEffect) => number, label: string) =>
    numberColumn(
      rows.map(({ effect }) => Math.round(1_000 * pick(effect)) / 10),
      { label, unit: "points" },
    );
  const released = release(
    table(
      {
        pratique: textColumn(
          rows.map(({ practice }) => practice),
          { label: "Sortie" },
        ),
        modele: textColumn(
          rows.map(({ kind }) => kind),
          { label: "Modèle" },
        ),
        effet: points(({ estimate }) => estimate, `Effet de ${effectMinutes} minutes de plus`),
        bas: points(({ lower }) => lower, "Borne basse"),
        haut: points(({ upper }) => upper, "Borne haute"),
        oui: numberColumn(
          rows.map(({ yes }) => yes),
          { label: "Enquêtés qui y vont", unit: "personnes", summable: true },
        ),
        non: numberColumn(
          rows.map(({ no }) => no),
          { label: "Enquêtés qui n’y vont pas", unit: "personnes", summable: true },
        ),
      },
      survey.lineage,
    ),
    { name: "effet de la marche", counts: ["oui", "non"], open: ["pratique", "modele"] },
  );
  const held = [...numbers(released, "effet").values.keys()].filter(
    (row) => texts(released, "modele").values[row] === kinds.heldEqual,
  );
  const at = (name: string, row: number): number => numbers(released, name).values[row];
  const strongest = held.reduce((best, row) => (at("effet", row) < at("effet", best) ? row : best), held[0] ?? 0);
  const flat = held.filter((row) => at("bas", row) > -1 && at("haut", row) < 1);
  const nameAt = (row: number): string => texts(released, "pratique").values[row] ?? "";
  const signed = (value: number): string => frenchNumber(value, { decimals: 1, unit: "points" });
  return {
    released,
    figure: dotPlot(released, {
      id: "culture-distance",
      title: `Dix minutes de marche de plus : ${signed(at("effet", strongest))} pour « ${nameAt(strongest)} »${flat.length > 0 ? `, nul à 1 point près pour « ${flat.map(nameAt).join(" », « ")} »` : ""}`,
      subtitle:
        "Effet marginal moyen sur la part qui pratique, en points ; intervalle à 95 %, plan de sondage compris ; tenus égaux : âge, sexe, diplôme, profession, taille de la commune, quartier prioritaire",
      alt: "Un bloc par sortie : deux points avec leur intervalle, l’effet de la marche seule et le même une fois le reste tenu égal, autour d’un trait à zéro.",
      champ: `${survey.field} ; ${frenchNumber(Math.min(...effects.map(({ people }) => people)))} personnes ou plus qui ont répondu à tout`,
      lecture: `« ${nameAt(strongest)} » : le reste tenu égal, dix minutes de marche de plus vont avec ${signed(at("effet", strongest))}, entre ${frenchNumber(at("bas", strongest), { decimals: 1 })} et ${signed(at("haut", strongest))}.`,
      row: "pratique",
      value: "effet",
      low: "bas",
      high: "haut",
      series: "modele",
      axisTitle: "Effet de dix minutes de plus (points)",
      format: ",.0f",
      reference: { value: 0, label: "aucun effet" },
    }),
  };
}
