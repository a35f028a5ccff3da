import { frenchNumber, frenchOf } from "../codes/french.ts";
import { mergeLineages } from "../codes/lineage.ts";
import { numberColumn, numbers, type Table, table, textColumn, texts } from "../codes/table.ts";
import { dotPlot } from "../figures/dot-plot.ts";
import type { Figure } from "../figures/figure.ts";
import { type KeyNumbers, keyNumberList } from "../figures/key-numbers.ts";
import { effectiveSampleSize, type SurveyDesign, surveyDesign } from "../models/survey/design.ts";
import { type Proportion, proportions } from "../models/survey/proportion.ts";
import { keyNumbers } from "../protection/key-numbers.ts";
import { release } from "../protection/release.ts";
import type { Released } from "../protection/released.ts";
import { bpeIrisContract } from "../sources/bpe-iris.ts";
import { bpeXyContract } from "../sources/bpe-xy.ts";
import { enqueteLoisirsContract } from "../sources/enquete-loisirs.ts";
import { loadTable } from "../sources/load.ts";
import { isAvailable } from "../sources/locate.ts";
import { qpvIndicateursContract } from "../sources/qpv-indicateurs.ts";
import { qpvPerimetresContract } from "../sources/qpv-perimetres.ts";
import { forPurpose, type Territory } from "../sources/territory.ts";
import { loadNeighbourhoods } from "../tables/neighbourhoods.ts";
import { ageGroup, ageGroups, diplomaGroup, diplomaGroups, surveyPractices, yesNo } from "../tables/survey-groups.ts";
import { type CultureSupply, supplyByCommune, supplyByDistance } from "./culture-supply.ts";
import { type DataUse, type MissingData, missingDataNote, type Note } from "./experiment.ts";

/** What this experiment reads, and what for. */
export const culturalPracticesUse: DataUse = {
  purpose: "pratiques-culturelles",
  title: "pratiques culturelles et offre",
  sources: [qpvIndicateursContract, qpvPerimetresContract, enqueteLoisirsContract, bpeXyContract, bpeIrisContract],
};

export interface CulturalPractices {
  readonly supply: Figure;
  readonly byDiploma: Figure;
  readonly byAge: Figure;
  /** Supply within reach beside practice, for the cinema. */
  readonly gap: Figure;
  readonly numbers: KeyNumbers;
  readonly missing: Note;
}

const confidence = 0.95;

/** Supply of culture around the neighbourhoods, practice rates by diploma and age with design-based intervals, and both side by side. */
export async function culturalPractices(opened: Territory): Promise<CulturalPractices> {
  const territory = forPurpose(opened, culturalPracticesUse.purpose);
  const precise = isAvailable(territory, bpeXyContract);
  const [places, survey, facilities] = await Promise.all([
    loadNeighbourhoods(territory),
    loadTable(territory, enqueteLoisirsContract),
    loadTable(territory, precise ? bpeXyContract : bpeIrisContract),
  ]);
  const found = precise ? supplyByDistance(places, facilities, [1, 3, 5]) : supplyByCommune(places, facilities);
  const supplyTable = releaseSupply(found, mergeLineages(places.table.lineage, facilities.lineage));

  const design = surveyDesign({ weights: numbers(survey, "poids").values });
  const diplomas = texts(survey, "nivetud").values.map(diplomaGroup);
  const ages = Array.from(numbers(survey, "age").values, ageGroup);
  const byDiploma = releasePractices(
    survey,
    design,
    diplomas,
    diplomaGroups.map(({ label }) => label),
  );
  const byAge = releasePractices(
    survey,
    design,
    ages,
    ageGroups.map(({ label }) => label),
  );
  const nEffective = Math.round(effectiveSampleSize(design.weights));

  const surveyPlace = survey.lineage.some((ref) => ref.synthetic)
    ? "personnes inventées de 18 ans ou plus, territoire imaginaire ; groupes où moins de 11 personnes pratiquent, ou ne pratiquent pas, non diffusés"
    : "personnes de 18 ans ou plus vivant en France métropolitaine, 2003, dont la réponse est connue ; groupes où moins de 11 personnes pratiquent, ou ne pratiquent pas, non diffusés";
  const supplyChamp = `habitants des quartiers prioritaires (génération 2015) ${frenchOf(territory.label)}`;
  const reach = precise
    ? "à vol d’oiseau depuis le centre du quartier"
    : "à la commune : le fichier ne dit pas où, dans la commune, se trouve le lieu";

  const supply = dotPlot(supplyTable, {
    id: "culture-offre",
    title: supplyTitle(found),
    subtitle: precise
      ? "Part des habitants des quartiers qui ont au moins un lieu à moins de 1, 3 et 5 km"
      : "Part des habitants des quartiers dont la commune a au moins un lieu",
    alt: precise
      ? "Pour chaque sorte de lieu, trois points de gauche à droite, à 1, 3 et 5 kilomètres : la part des habitants desservis augmente avec la distance acceptée."
      : "Un point par sorte de lieu culturel, sur une échelle de 0 à 100 % des habitants des quartiers.",
    champ: `${supplyChamp} ; offre comptée ${reach}`,
    lecture: `${frenchNumber(numbers(supplyTable, "part").values[0], { decimals: 0, unit: "%" })} des habitants des quartiers ont au moins un lieu de la catégorie « ${texts(supplyTable, "lieu").values[0]} » ${texts(supplyTable, "portee").values[0]}.`,
    row: "lieu",
    value: "part",
    ...(precise ? { series: "portee" } : {}),
    axisTitle: "Part des habitants des quartiers (%)",
    format: ",.0f",
    domain: [0, 100],
  });
  const practiceText = {
    subtitle: "Part des personnes qui ont pratiqué dans les douze derniers mois ; intervalle de confiance à 95 %",
    champ: surveyPlace,
    value: "part",
    low: "bas",
    high: "haut",
    facet: "pratique",
    axisTitle: "Part (%)",
    format: ",.0f",
    domain: [0, 100] as const,
  };
  const cinema = (data: Released, label: string): { value: number; low: number; high: number } =>
    rowOf(data, "Cinéma", label);
  const none = cinema(byDiploma, diplomaGroups[0]?.label ?? "");
  const higher = cinema(byDiploma, diplomaGroups.at(-1)?.label ?? "");
  const diplomaFigure = dotPlot(byDiploma, {
    ...practiceText,
    id: "culture-pratiques-diplome",
    title: `Le cinéma, de ${frenchNumber(none.value, { unit: "%" })} sans études ou primaire à ${frenchNumber(higher.value, { unit: "%" })} après des études supérieures`,
    alt: "Cinq blocs, un par pratique, quatre points et leurs intervalles par bloc, du plus court au plus long niveau d’études, sur une échelle de 0 à 100 %.",
    lecture: `${frenchNumber(higher.value, { unit: "%" })} des personnes qui ont fait des études supérieures sont allées au cinéma, entre ${frenchNumber(higher.low)} et ${frenchNumber(higher.high, { unit: "%" })}.`,
    row: "groupe",
  });
  const young = rowOf(byAge, "Cinéma", ageGroups[0]?.label ?? "");
  const old = rowOf(byAge, "Cinéma", ageGroups.at(-1)?.label ?? "");
  const ageFigure = dotPlot(byAge, {
    ...practiceText,
    id: "culture-pratiques-age",
    title: `Le cinéma, de ${frenchNumber(young.value, { unit: "%" })} avant 30 ans à ${frenchNumber(old.value, { unit: "%" })} à partir de 60 ans`,
    alt: "Cinq blocs, un par pratique, quatre points et leurs intervalles par bloc, du plus jeune au plus âgé, sur une échelle de 0 à 100 %.",
    lecture: `${frenchNumber(young.value, { unit: "%" })} des moins de 30 ans sont allés au cinéma dans l’année, entre ${frenchNumber(young.low)} et ${frenchNumber(young.high, { unit: "%" })}.`,
    row: "groupe",
  });
  const gapTable = releaseGap(found, byDiploma, mergeLineages(supplyTable.lineage, survey.lineage));
  const offered = numbers(gapTable, "part").values[0];
  const gap = dotPlot(gapTable, {
    id: "culture-offre-et-pratique",
    title: `${frenchNumber(offered, { unit: "%" })} des habitants des quartiers ont un cinéma ${found.widest} ; ${frenchNumber(none.value)} à ${frenchNumber(higher.value, { unit: "%" })} des adultes de l’enquête étaient allés au cinéma, selon leurs études`,
    subtitle: `Part des habitants des quartiers qui ont un cinéma ${found.widest}, et part des personnes de l’enquête qui étaient allées au cinéma dans l’année, selon le niveau d’études : deux années, deux populations`,
    alt: "Cinq points sur une échelle de 0 à 100 % : en haut la part qui a un cinéma à portée, au-dessous la part qui y était allée, du plus court au plus long niveau d’études, avec les intervalles.",
    champ: `offre : ${supplyChamp} ; pratique : ${surveyPlace}`,
    lecture: `${frenchNumber(offered, { unit: "%" })} des habitants des quartiers ont un cinéma ${found.widest} ; ${frenchNumber(none.value, { unit: "%" })} des personnes sans études ou arrêtées au primaire étaient allées au cinéma dans l’année.`,
    row: "groupe",
    value: "part",
    low: "bas",
    high: "haut",
    axisTitle: "Part (%)",
    format: ",.0f",
    domain: [0, 100],
  });
  const list = keyNumberList(
    keyNumbers(
      [
        { key: "culture.enquetes", label: "Personnes interrogées", value: survey.numRows, unit: "", decimals: 0 },
        {
          key: "culture.n_effectif",
          label: "Taille équivalente d’un sondage simple",
          value: nEffective,
          unit: "",
          decimals: 0,
        },
        {
          key: "culture.cinema_sans_diplome",
          label: "Cinéma, sans études ou primaire",
          value: none.value,
          unit: "%",
          decimals: 0,
        },
        {
          key: "culture.cinema_superieur",
          label: "Cinéma, études supérieures",
          value: higher.value,
          unit: "%",
          decimals: 0,
        },
        { key: "culture.portee", label: "Portée de l’offre", value: reach, unit: "", decimals: 0 },
      ],
      [byDiploma, supplyTable],
    ),
  );
  return {
    supply,
    byDiploma: diplomaFigure,
    byAge: ageFigure,
    gap,
    numbers: list,
    missing: missingDataNote(territory, missingData(precise)),
  };
}

function missingData(precise: boolean): readonly MissingData[] {
  const asked: MissingData[] = [
    {
      what: "ce que les habitants attendent",
      holder: "personne à cette échelle, il faut une enquête",
      consequence: "on mesure l’offre et la pratique, pas l’envie empêchée ni ses raisons (prix, temps, distance)",
      clause:
        "une enquête qui demande, pour chaque pratique, si la personne la voudrait et ce qui l’en empêche, avec le quartier, l’âge, le diplôme et un poids",
    },
  ];
  if (!precise) {
    asked.unshift({
      what: "les équipements avec leurs coordonnées",
      holder: "l’Insee (Base permanente des équipements géolocalisée, en accès libre)",
      consequence: "l’offre n’est connue qu’à la commune, et « à moins d’un kilomètre » ne peut pas être calculé",
      clause: "aucune ; le fichier est public, il suffit de le placer dans le dossier des données",
    });
  }
  return asked;
}

const supplyTitle = ({ rows, widest }: CultureSupply): string => {
  const cinema = rows.findLast(({ kind }) => kind === "Cinéma");
  return `Un cinéma ${widest} pour ${frenchNumber(100 * (cinema?.share ?? Number.NaN), { decimals: 0, unit: "%" })} des habitants des quartiers`;
};

function releaseSupply({ rows }: CultureSupply, lineage: Table["lineage"]): Released {
  return release(
    table(
      {
        lieu: textColumn(
          rows.map(({ kind }) => kind),
          { label: "Lieu" },
        ),
        portee: textColumn(
          rows.map(({ reach }) => reach),
          { label: "Portée" },
        ),
        part: numberColumn(
          rows.map(({ share }) => Math.round(1000 * share) / 10),
          { label: "Habitants desservis", unit: "%" },
        ),
      },
      lineage,
    ),
    { name: "offre culturelle autour des quartiers", open: ["lieu", "portee"] },
  );
}

/** One row a practice and group: weighted share, interval, respondents. The gate counts respondents. */
function releasePractices(
  survey: Table,
  design: SurveyDesign,
  groups: readonly string[],
  order: readonly string[],
): Released {
  const rows = surveyPractices.flatMap(({ column, label }) => {
    const answers = yesNo(texts(survey, column).values);
    const yes = (group: string, answer: number): number =>
      answers.reduce((sum, given, row) => sum + (given === answer && groups[row] === group ? 1 : 0), 0);
    const found = new Map(proportions(design, answers, { domains: groups, confidence }).map((p) => [p.domain, p]));
    return order.flatMap((group) => {
      const proportion = found.get(group);
      return proportion ? [{ label, group, proportion, yes: yes(group, 1), no: yes(group, 0) }] : [];
    });
  });
  const percent = (pick: (p: Proportion) => number, label: string) =>
    numberColumn(
      rows.map(({ proportion }) => Math.round(100 * pick(proportion))),
      { label, unit: "%" },
    );
  return release(
    table(
      {
        pratique: textColumn(
          rows.map(({ label }) => label),
          { label: "Pratique" },
        ),
        groupe: textColumn(
          rows.map(({ group }) => group),
          { label: "Groupe" },
        ),
        part: percent(({ estimate }) => estimate, "Part"),
        bas: percent(({ low }) => low, "Borne basse"),
        haut: percent(({ high }) => high, "Borne haute"),
        enquetes: numberColumn(
          rows.map(({ proportion }) => proportion.respondents),
          { label: "Personnes interrogées", unit: "personnes", summable: true },
        ),
        oui: numberColumn(
          rows.map((row) => row.yes),
          { label: "Personnes qui pratiquent", unit: "personnes", summable: true },
        ),
        non: numberColumn(
          rows.map((row) => row.no),
          { label: "Personnes qui ne pratiquent pas", unit: "personnes", summable: true },
        ),
      },
      survey.lineage,
    ),
    { name: "pratiques par groupe", counts: ["enquetes", "oui", "non"], open: ["pratique", "groupe"] },
  );
}

function rowOf(data: Released, practice: string, group: string): { value: number; low: number; high: number } {
  const row = texts(data, "pratique").values.findIndex(
    (name, i) => name === practice && texts(data, "groupe").values[i] === group,
  );
  const at = (name: string): number => numbers(data, name).values[row];
  return { value: at("part"), low: at("bas"), high: at("haut") };
}

/** The supply of cinemas and the practice by diploma, in one table. Both parts come from released tables. */
function releaseGap(supply: CultureSupply, practices: Released, lineage: Table["lineage"]): Released {
  const cinema = supply.rows.findLast(({ kind }) => kind === "Cinéma");
  const share = Math.round(100 * (cinema?.share ?? Number.NaN));
  const groups = diplomaGroups.map(({ label }) => ({
    label: `y était allé : ${label}`,
    ...rowOf(practices, "Cinéma", label),
  }));
  const respondents = numbers(practices, "enquetes");
  const counts = diplomaGroups.map(
    ({ label }) =>
      respondents.values[
        texts(practices, "pratique").values.findIndex(
          (name, i) => name === "Cinéma" && texts(practices, "groupe").values[i] === label,
        )
      ],
  );
  return release(
    table(
      {
        groupe: textColumn([`a un cinéma ${supply.widest}`, ...groups.map(({ label }) => label)], { label: "Groupe" }),
        part: numberColumn([share, ...groups.map(({ value }) => value)], { label: "Part", unit: "%" }),
        bas: numberColumn([share, ...groups.map(({ low }) => low)], { label: "Borne basse", unit: "%" }),
        haut: numberColumn([share, ...groups.map(({ high }) => high)], { label: "Borne haute", unit: "%" }),
        effectif: numberColumn([supply.residents, ...counts], {
          label: "Personnes comptées",
          unit: "personnes",
          summable: true,
        }),
      },
      lineage,
    ),
    { name: "offre et pratique du cinéma", counts: "effectif", open: ["groupe"] },
  );
}
