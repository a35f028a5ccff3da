import { frenchNumber, frenchOf } from "../../codes/french.ts";
import { mergeLineages } from "../../codes/lineage.ts";
import { numberColumn, numbers, table, textColumn } from "../../codes/table.ts";
import { dataTable } from "../../figures/data-table.ts";
import type { Figure } from "../../figures/figure.ts";
import { release } from "../../protection/release.ts";
import { dreesNonTakeUpRef } from "../published-facts.ts";
import { nationalModel } from "./national-model.ts";
import { nationalTable as nationalRows, nationalSensitivity } from "./national-sensitivity.ts";
import { departementOfNeighbourhood, rsaCheck, rsaCovered } from "./rsa-check.ts";
import { type C2sStudy, roundTo } from "./study.ts";

/** The chain held against the nation. */
export interface NationalCheck {
  readonly figure: Figure;
  /** DREES's totals over those of the chain, by right. */
  readonly kappa: { readonly free: number; readonly participation: number };
}

/** Eligible persons of France by the same chain, beside the national totals of the Drees; null where the incomes of all communes are not there. */
export async function nationalTable(study: C2sStudy): Promise<NationalCheck | null> {
  const model = await nationalModel(study.territory, { law: { lawDate: study.lawDate } });
  if (!model) return null;
  const rows = [
    { label: "C2S gratuite", own: model.eligible.free, kappa: model.kappa.free },
    {
      label: "C2S avec participation",
      own: model.eligible.participationOnly,
      kappa: model.kappa.participationOnly,
    },
  ];
  const millions = (pick: (row: (typeof rows)[number]) => number, label: string) =>
    numberColumn(
      rows.map((row) => roundTo(pick(row) / 1e6, 0.01)),
      { label, unit: "millions" },
    );
  const data = release(
    table(
      {
        droit: textColumn(
          rows.map(({ label }) => label),
          { label: "Droit" },
        ),
        modele: millions(({ own }) => own, "Éligibles selon la chaîne"),
        drees: millions(({ own, kappa }) => own * kappa, "Éligibles selon la Drees, 2021"),
        rapport: numberColumn(
          rows.map(({ kappa }) => roundTo(100 * kappa, 1)),
          { label: "Drees sur chaîne", unit: "%" },
        ),
      },
      mergeLineages(model.lineage, [dreesNonTakeUpRef]),
    ),
    { name: "éligibles de la France", open: ["droit"] },
  );
  const at = (name: string, row: number): number => numbers(data, name).values[row];
  const figure = dataTable(data, {
    id: "c2s-cadrage-national",
    title: "La même chaîne sur toutes les communes de France, face aux totaux de la Drees",
    subtitle: `Personnes éligibles, en millions ; le rapport du total de la Drees à celui de la chaîne n’est pas appliqué aux quartiers. ${frenchNumber(model.communes.shown)} communes dont les déciles sont publiés, ${frenchNumber(model.communes.imputed)} dont l’étendue est imputée, ${frenchNumber(model.communes.hidden)} sans revenu publié`,
    alt: "Tableau de deux lignes, C2S gratuite et avec participation : millions de personnes éligibles selon la chaîne et selon la Drees, et rapport des deux.",
    champ: "France, hors Mayotte, personnes des ménages",
    lecture: `la chaîne compte ${frenchNumber(at("modele", 1), { decimals: 2 })} millions de personnes éligibles à la C2S avec participation, la Drees ${frenchNumber(at("drees", 1), { decimals: 2 })}.`,
    parameters: { date_de_la_loi: study.lawDate },
  });
  return { figure, kappa: { free: model.kappa.free, participation: model.kappa.participationOnly } };
}

/** The national totals with one thing changed at a time: how little a good agreement proves. Null where the incomes of all communes are not there. */
export async function nationalHypotheses(study: C2sStudy): Promise<NationalHypotheses | null> {
  const rows = await nationalSensitivity(study.territory);
  if (rows.length === 0) return null;
  const all = nationalRows(rows);
  const data = release(table(all.columns, mergeLineages(all.lineage, [dreesNonTakeUpRef])), {
    name: "éligibles de la France selon les hypothèses",
    open: ["hypothese", "nature"],
  });
  const ratios = rows.map(({ kappa }) => kappa.free);
  const [lowest, highest] = [Math.min(...ratios), Math.max(...ratios)];
  const row = ratios.indexOf(highest);
  const figure = dataTable(data, {
    id: "c2s-cadrage-hypotheses",
    title: `Un bon accord avec le total national ne prouve pas la chaîne : un rapport de ${frenchNumber(100 * lowest, { decimals: 0 })} à ${frenchNumber(100 * highest, { decimals: 0, unit: "%" })} selon l’hypothèse`,
    subtitle:
      "Millions de personnes éligibles en France selon la chaîne, une hypothèse changée à la fois ; rapport du total de la Drees à celui de la chaîne ; ménages de référence aux proportions nationales",
    alt: "Tableau des hypothèses : millions de personnes éligibles au RSA, à la C2S gratuite et avec participation, et rapport des totaux de la Drees à ceux de la chaîne.",
    champ: "France, hors Mayotte, personnes des ménages",
    lecture: `« ${rows[row]?.label ?? ""} » : il faudrait multiplier le nombre d’éligibles à la C2S gratuite par ${frenchNumber(highest, { decimals: 2 })} pour retrouver celui de la Drees.`,
    columns: ["hypothese", "rsa", "gratuite", "participation", "rapport_gratuite", "rapport_participation"],
    parameters: { date_de_la_loi: study.lawDate },
  });
  return { figure, lowest, highest };
}

/** The table, and the extremes of the ratio of the free right. */
export interface NationalHypotheses {
  readonly figure: Figure;
  readonly lowest: number;
  readonly highest: number;
}

/** Simulated RSA in the neighbourhoods beside the persons covered in their départements; null where that count is not there or no département is known. */
export async function rsaTable(study: C2sStudy): Promise<Figure | null> {
  const covered = await rsaCovered(study.territory);
  if (!covered) return null;
  const found = rsaCheck(covered, {
    departements: study.codes.map(departementOfNeighbourhood),
    simulated: study.eligible.value.rsa,
    persons: study.persons,
  });
  const rows = found.rows.filter((row) => row.covered > 0);
  if (rows.length === 0) return null;
  const column = (pick: (row: (typeof rows)[number]) => number, label: string, unit: string, step: number) =>
    numberColumn(
      rows.map((row) => roundTo(pick(row), step)),
      { label, unit },
    );
  const data = release(
    table(
      {
        departement: textColumn(
          rows.map(({ name }) => name),
          { label: "Département" },
        ),
        habitants: column(({ persons }) => persons, "Habitants des quartiers", "", 1),
        simule: column(({ simulated }) => simulated, "Ont droit au RSA dans les quartiers, simulé", "", 10),
        couvert: column((row) => row.covered, "Couverts par le RSA dans le département", "", 10),
        rapport: column(({ ratio }) => 100 * ratio, "Simulé sur couverts", "%", 1),
      },
      mergeLineages(study.lineage, found.lineage),
    ),
    { name: "RSA simulé et versé", open: ["departement"] },
  );
  return dataTable(data, {
    id: "c2s-controle-rsa",
    title: "Un contrôle externe : le RSA simulé dans les quartiers et celui versé dans le département",
    subtitle: `Personnes des foyers qui ont droit au RSA selon la chaîne dans les quartiers, et personnes couvertes par le RSA dans tout le département fin ${found.year} (Drees) ; rien n’est calé dessus`,
    alt: "Tableau par département : habitants des quartiers, personnes qui ont droit au RSA selon la chaîne, personnes couvertes dans le département, et rapport.",
    champ: `quartiers prioritaires ${frenchOf(study.territory.label)}, par département`,
    lecture: `${rows[0]?.name ?? ""} : ${frenchNumber(numbers(data, "simule").values[0])} personnes ont droit au RSA dans les quartiers selon la chaîne, soit ${frenchNumber(numbers(data, "rapport").values[0], { unit: "%" })} des personnes couvertes dans le département.`,
    parameters: study.parameters,
  });
}
