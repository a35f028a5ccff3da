import { frenchDate, frenchNumber } from "../../codes/french.ts";
import { numberColumn, numbers, table, textColumn } from "../../codes/table.ts";
import { dataTable } from "../../figures/data-table.ts";
import type { Figure } from "../../figures/figure.ts";
import { ceilingThresholds } from "../../models/microsimulation/ceiling-thresholds.ts";
import { rightThresholds } from "../../models/microsimulation/right-thresholds.ts";
import { householdTypes, type SeedHouseholds, tenures } from "../../models/microsimulation/seed-households.ts";
import { splitFoyers } from "../../models/microsimulation/split-foyers.ts";
import { release } from "../../protection/release.ts";
import { c2sLawRef } from "../published-facts.ts";
import { roundTo } from "./study.ts";

interface Example {
  readonly label: string;
  readonly type: (typeof householdTypes)[number];
  readonly tenure: (typeof tenures)[number];
  /** The reference person first, then the partner if there is one, then the children. */
  readonly ages: readonly number[];
  readonly employed: readonly number[];
}

const examples: readonly Example[] = [
  { label: "Personne seule en emploi, HLM", type: "alone", tenure: "social", ages: [40], employed: [1] },
  { label: "Personne seule sans emploi, HLM", type: "alone", tenure: "social", ages: [40], employed: [0] },
  { label: "Personne seule retraitée, propriétaire", type: "alone", tenure: "owner", ages: [70], employed: [0] },
  { label: "Couple, un emploi, HLM", type: "couple", tenure: "social", ages: [40, 38], employed: [1, 0] },
  {
    label: "Parent seul en emploi, un enfant de 8 ans, HLM",
    type: "lone-parent",
    tenure: "social",
    ages: [35, 8],
    employed: [1, 0],
  },
  {
    label: "Parent seul sans emploi, deux enfants de 5 et 8 ans, HLM",
    type: "lone-parent",
    tenure: "social",
    ages: [35, 8, 5],
    employed: [0, 0, 0],
  },
  {
    label: "Couple, un emploi, deux enfants de 5 et 8 ans, HLM",
    type: "couple-children",
    tenure: "social",
    ages: [38, 36, 8, 5],
    employed: [1, 0, 0, 0],
  },
  {
    label: "Couple, deux emplois, trois enfants de 5, 8 et 15 ans, locataire privé",
    type: "couple-children",
    tenure: "private",
    ages: [40, 38, 15, 8, 5],
    employed: [1, 1, 0, 0, 0],
  },
];

/** Under which living standard a household has a right: with the step to the law's resources, and as if the law counted the living standard itself. */
export function thresholdTable({
  lawDate,
  incomeDate,
}: {
  readonly lawDate: string;
  readonly incomeDate: string;
}): Figure {
  const foyers = splitFoyers(exampleSeed());
  const bridged = rightThresholds(foyers, { lawDate, incomeDate });
  const bare = ceilingThresholds(foyers, lawDate);
  const column = (values: Float64Array, label: string) =>
    numberColumn(
      Array.from(values, (value) => roundTo(value, 10)),
      { label, unit: "€" },
    );
  const data = release(
    table(
      {
        foyer: textColumn(
          examples.map(({ label }) => label),
          { label: "Ménage" },
        ),
        plafond: column(bare.free, "Plafond gratuit par UC"),
        gratuite: column(bridged.free, "Seuil, C2S gratuite"),
        plafond_participation: column(bare.participation, "Plafond avec participation par UC"),
        participation: column(bridged.participation, "Seuil, avec participation"),
      },
      [c2sLawRef],
    ),
    { name: "seuils de niveau de vie", open: ["foyer"] },
  );
  const at = (name: string, row: number): number => numbers(data, name).values[row];
  return dataTable(data, {
    id: "c2s-seuils-tableau",
    title: "Sous quel niveau de vie un ménage a droit à la C2S : le plafond ne suffit pas à le dire",
    subtitle: `Niveau de vie, en euros par an et par unité de consommation (UC), sous lequel le ménage a droit, compte tenu du RSA, de la prime d’activité, des aides au logement, de l’impôt et du forfait logement ; loi du ${frenchDate(lawDate)}`,
    alt: "Tableau de huit ménages types : plafond légal rapporté à l’unité de consommation, et niveau de vie sous lequel le ménage a droit, pour la C2S gratuite et avec participation.",
    champ: "ménages types inventés, France métropolitaine, zone 2 des aides au logement, loyer au plafond",
    lecture: `une personne seule en emploi a droit à la C2S gratuite sous ${frenchNumber(at("gratuite", 0), { unit: "€" })} de niveau de vie par an, alors que le plafond est de ${frenchNumber(at("plafond", 0), { unit: "€" })}.`,
    parameters: { date: lawDate, date_des_prestations: incomeDate },
  });
}

function exampleSeed(): SeedHouseholds {
  const start = Int32Array.from([
    0,
    ...examples.map((_, h) => examples.slice(0, h + 1).reduce((sum, { ages }) => sum + ages.length, 0)),
  ]);
  const isCouple = ({ type }: Example): boolean => type === "couple" || type === "couple-children";
  return {
    households: examples.length,
    weight: new Float64Array(examples.length).fill(1),
    tenure: Uint8Array.from(examples, ({ tenure }) => tenures.indexOf(tenure)),
    type: Uint8Array.from(examples, ({ type }) => householdTypes.indexOf(type)),
    start,
    age: Uint8Array.from(examples.flatMap(({ ages }) => ages)),
    link: Uint8Array.from(
      examples.flatMap((example) => example.ages.map((_, i) => (i === 0 ? 0 : i === 1 && isCouple(example) ? 1 : 2))),
    ),
    employed: Uint8Array.from(examples.flatMap(({ employed }) => employed)),
  };
}
