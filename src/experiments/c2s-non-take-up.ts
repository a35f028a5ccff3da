import { frenchDate, frenchNumber, frenchOf } from "../codes/french.ts";
import { mergeLineages, type SourceRef } from "../codes/lineage.ts";
import {
  NOT_AVAILABLE,
  numberColumn,
  numbers,
  PRESENT,
  reasonAt,
  SECRET,
  type Table,
  table,
  textColumn,
  texts,
} from "../codes/table.ts";
import { dataTable } from "../figures/data-table.ts";
import { dotPlot } from "../figures/dot-plot.ts";
import type { Figure } from "../figures/figure.ts";
import { type KeyNumbers, keyNumberList } from "../figures/key-numbers.ts";
import { neighbourhoodMap } from "../figures/neighbourhood-map.ts";
import { stepChart } from "../figures/step-chart.ts";
import { weightedQuantiles } from "../models/access/weighted-quantile.ts";
import { expectedTakeUp, type Interval, nonTakeUp } from "../models/areas/non-take-up.ts";
import { shareUnderCeiling, type WeightedHouseholdType } from "../models/areas/share-under-ceiling.ts";
import { c2sCeiling } from "../models/benefits/c2s-ceiling.ts";
import { c2sPeriods, c2sRightLabels } from "../models/benefits/c2s-parameters.ts";
import { nonTakeUpRate, nonTakeUpRates } from "../models/benefits/non-take-up-rates.ts";
import { keyNumbers } from "../protection/key-numbers.ts";
import { release } from "../protection/release.ts";
import type { Released } from "../protection/released.ts";
import { c2sBeneficiairesContract } from "../sources/c2s-beneficiaires.ts";
import { loadTable } from "../sources/load.ts";
import { isAvailable } from "../sources/locate.ts";
import { menagesQpvContract } from "../sources/menages-qpv.ts";
import { qpvIndicateursContract } from "../sources/qpv-indicateurs.ts";
import { qpvPerimetresContract } from "../sources/qpv-perimetres.ts";
import { forPurpose, type Territory } from "../sources/territory.ts";
import { householdTypes } from "../tables/household-types.ts";
import { loadNeighbourhoods, type Neighbourhoods, placedShapes } from "../tables/neighbourhoods.ts";
import { type DataUse, type MissingData, missingDataNote, type Note, note } from "./experiment.ts";
import { c2sLawRef, dreesNonTakeUpRef } from "./published-facts.ts";

/** What this experiment reads, and what for. */
export const c2sNonTakeUpUse: DataUse = {
  purpose: "non-recours-c2s",
  title: "non-recours à la Complémentaire santé solidaire",
  sources: [qpvIndicateursContract, qpvPerimetresContract, menagesQpvContract, c2sBeneficiairesContract],
};

export interface C2sNonTakeUpOptions {
  /** Day of the claim whose ceilings apply, yyyy-mm-dd. */
  readonly date?: string;
}

export interface C2sNonTakeUp {
  readonly ceilings: Figure;
  readonly ceilingTable: Figure;
  readonly map: Figure;
  /** Expected number of persons who do not take up their right, by town. */
  readonly expected: Figure;
  /** Take-up observed where the beneficiaries are known; a note elsewhere. */
  readonly observed: Figure | Note;
  readonly numbers: KeyNumbers;
  readonly missing: Note;
}

/** What is estimated for one neighbourhood, shares from 0 to 1. */
interface Estimate {
  readonly free: Interval;
  readonly participation: Interval;
}

const nationalYear = 2021;

/** Who is under the C2S ceilings in each neighbourhood, and how many are expected not to take up their right at the national rate. */
export async function c2sNonTakeUp(
  opened: Territory,
  { date = "2020-04-01" }: C2sNonTakeUpOptions = {},
): Promise<C2sNonTakeUp> {
  const territory = forPurpose(opened, c2sNonTakeUpUse.purpose);
  const places = await loadNeighbourhoods(territory);
  const households = isAvailable(territory, menagesQpvContract) ? await loadTable(territory, menagesQpvContract) : null;
  const structure = households ? householdTypes(households) : null;
  const codes = texts(places.table, "code_qp").values;
  const estimates = codes.map((code, row) => estimate(places.table, row, date, structure?.get(code)?.types ?? null));
  const lineage = mergeLineages(places.table.lineage, households?.lineage ?? [], [c2sLawRef]);
  const counts = structure ? Float64Array.from(codes, (code) => structure.get(code)?.households ?? Number.NaN) : null;
  const shares = releaseShares(places, estimates, lineage, counts);

  const bounds = rateBounds();
  const expected = expectedByTown(places, estimates, bounds, mergeLineages(lineage, [dreesNonTakeUpRef]), counts);
  const overall = sumExpected(places, estimates, bounds);
  const beneficiaries = isAvailable(territory, c2sBeneficiairesContract)
    ? await loadTable(territory, c2sBeneficiairesContract)
    : null;

  const medianRow = middleRow(shares, "part");
  const value = (name: string): number => numbers(shares, name).values[medianRow];
  const place = `${texts(shares, "nom_qp").values[medianRow]} (${texts(shares, "nom_commune").values[medianRow]})`;
  const parameters = { date_des_plafonds: date, interpolation: "Hyman" };
  const champ = `population municipale (2015) des quartiers prioritaires (génération 2015) ${frenchOf(territory.label)}`;
  const map = neighbourhoodMap(shares, {
    id: "c2s-part-carte",
    title: `Dans la moitié des quartiers, plus de ${frenchNumber(value("part"), { decimals: 0, unit: "%" })} des habitants vivent sous le plafond de la C2S`,
    subtitle:
      "Part estimée des personnes sous le plafond de la C2S avec participation ; tous les quartiers à la même échelle",
    alt: `Carte des ${shares.numRows} quartiers, ville par ville à la même échelle : plus la couleur est foncée, plus la part des personnes sous le plafond est grande.`,
    champ,
    lecture: `dans le quartier ${place}, environ ${frenchNumber(value("part"), { decimals: 0, unit: "%" })} des personnes vivent sous le plafond, entre ${frenchNumber(value("part_basse"), { decimals: 0 })} et ${frenchNumber(value("part_haute"), { decimals: 0, unit: "%" })} selon les hypothèses.`,
    code: "code_qp",
    name: "nom_qp",
    value: "part",
    unit: "%",
    legend: "Part sous le plafond",
    perimeters: placedShapes(places),
    parameters,
  });
  const first = 0;
  const expectedFigure = dotPlot(expected, {
    id: "c2s-non-recours-attendu",
    title: concentrationTitle(expected),
    subtitle:
      "Nombre attendu de personnes ayant droit à la C2S et qui ne l’ont pas, par ville ; le trait réunit les hypothèses et les taux nationaux de 2018 à 2021. L’effectif suit d’abord la population des quartiers : il ne classe pas le recours",
    alt: "Points rangés du plus grand au plus petit, une ligne par ville, avec un trait pour l’encadrement : quelques villes dominent, la plupart comptent moins d’un millier de personnes.",
    champ: `${champ}, regroupés par ville`,
    lecture: `à ${texts(expected, "nom_commune").values[first]}, on attend ${frenchNumber(numbers(expected, "attendu").values[first])} personnes sans recours, entre ${frenchNumber(numbers(expected, "bas").values[first])} et ${frenchNumber(numbers(expected, "haut").values[first])}.`,
    row: "nom_commune",
    value: "attendu",
    low: "bas",
    high: "haut",
    axisTitle: "Personnes",
    format: ",.0f",
    parameters: { ...parameters, taux_national: nonTakeUpRate(nationalYear, "all").rate },
  });

  const missing: MissingData[] = [];
  if (!households) {
    missing.push({
      what: "la structure des ménages par quartier (taille, enfants)",
      holder: "l’Insee (recensement) ou la Caf",
      consequence:
        "la part sous le plafond est encadrée par les deux compositions extrêmes au lieu d’être calée sur celle du quartier",
      clause:
        "le nombre de ménages et de personnes par taille de ménage et présence d’enfants, au moins 11 ménages par case",
    });
  }
  if (!beneficiaries) {
    missing.push({
      what: "le nombre de bénéficiaires de la C2S par quartier",
      holder: "la Cnam et les caisses primaires (et la MSA pour les régimes agricoles)",
      consequence: "le recours propre à chaque quartier n’est pas mesuré : seul un taux national lui est appliqué",
      clause:
        "au 1er janvier, le nombre de bénéficiaires avec et sans participation par quartier, tous régimes, avec le seuil de secret écrit dans la clause",
    });
  }
  const list = keyNumberList(
    keyNumbers(
      [
        {
          key: "c2s.taux_national",
          label: `Non-recours national en ${nationalYear} (Drees)`,
          value: 100 * nonTakeUpRate(nationalYear, "all").rate,
          unit: "%",
          decimals: 0,
        },
        { key: "c2s.quartiers", label: "Quartiers", value: shares.numRows, unit: "", decimals: 0 },
        {
          key: "c2s.part_mediane",
          label: "Part sous le plafond, quartier médian",
          value: value("part"),
          unit: "%",
          decimals: 0,
        },
        { key: "c2s.part_basse", label: "Borne basse", value: value("part_basse"), unit: "%", decimals: 0 },
        { key: "c2s.part_haute", label: "Borne haute", value: value("part_haute"), unit: "%", decimals: 0 },
        {
          key: "c2s.non_recours",
          label: "Personnes sans recours attendues",
          value: roundTo(overall.value, 100),
          unit: "",
          decimals: 0,
        },
        { key: "c2s.non_recours_bas", label: "Borne basse", value: roundTo(overall.low, 100), unit: "", decimals: 0 },
        { key: "c2s.non_recours_haut", label: "Borne haute", value: roundTo(overall.high, 100), unit: "", decimals: 0 },
        { key: "c2s.annee_revenus", label: "Année des revenus", value: "2019", unit: "", decimals: 0 },
        { key: "c2s.annee_population", label: "Année de la population", value: "2015", unit: "", decimals: 0 },
      ],
      [shares, expected],
    ),
  );
  return {
    ...ceilingFigures(date),
    map,
    expected: expectedFigure,
    observed: beneficiaries
      ? observedTakeUp(territory, places, estimates, beneficiaries, lineage, parameters)
      : note(
          "Il faudrait pour cela le nombre de bénéficiaires par quartier. Ce territoire ne l’a pas : la figure n’est pas faite. Sur le territoire d’exemple, le même code la dessine.",
        ),
    numbers: list,
    missing: missingDataNote(territory, missing),
  };
}

/**
 * Shares under the two ceilings, from the published D1, median and D9 of disposable income per consumption unit. The bounds always span the reference
 * households, because sizes alone say neither who is a child nor how income goes with size. The value is that of the neighbourhood's own
 * sizes where they are known, else the middle of the bounds.
 */
function estimate(
  places: Table,
  row: number,
  date: string,
  households: readonly WeightedHouseholdType[] | null,
): Estimate {
  const values = ["disp_d1", "disp_q2", "disp_d9"].map((name) => numbers(places, name).values[row] ?? Number.NaN);
  const share = (right: "freeEurYear" | "participationEurYear"): Interval => {
    const known = {
      probabilities: [0.1, 0.5, 0.9],
      values,
      ceilingEurYear: (persons: number) => c2sCeiling({ date, persons })[right],
    };
    const { low, high } = shareUnderCeiling(known);
    const value = households ? shareUnderCeiling({ ...known, households }).value : (low + high) / 2;
    return { value, low: Math.min(low, value), high: Math.max(high, value) };
  };
  return { free: share("freeEurYear"), participation: share("participationEurYear") };
}

function releaseShares(
  { table: places }: Neighbourhoods,
  estimates: readonly Estimate[],
  lineage: readonly SourceRef[],
  counts: Float64Array | null,
): Released {
  const percent = (pick: (e: Estimate) => number, label: string) =>
    numberColumn(
      estimates.map((e) => roundTo(100 * pick(e), 1)),
      { label, unit: "%" },
    );
  const open = ["code_qp", "nom_qp", "nom_commune"];
  const columns = {
    code_qp: textColumn(texts(places, "code_qp").values, { label: "Code du quartier" }),
    nom_qp: textColumn(texts(places, "nom_qp").values, { label: "Quartier" }),
    nom_commune: textColumn(texts(places, "nom_commune").values, { label: "Commune" }),
    part: percent((e) => e.participation.value, "Part sous le plafond avec participation"),
    part_basse: percent((e) => e.participation.low, "Borne basse"),
    part_haute: percent((e) => e.participation.high, "Borne haute"),
    part_gratuite: percent((e) => e.free.value, "Part sous le plafond de la C2S gratuite"),
    ...(counts ? { menages: numberColumn(counts, { label: "Ménages", unit: "ménages", summable: true }) } : {}),
  };
  return release(table(columns, lineage), {
    name: "part sous le plafond par quartier",
    open,
    ...(counts ? { counts: "menages" } : {}),
  });
}

/** The published national rate, and the extremes of all the rates published since 2018. */
function rateBounds(): Interval {
  const all = nonTakeUpRates.filter(({ group }) => group === "all");
  return {
    value: nonTakeUpRate(nationalYear, "all").rate,
    low: Math.min(...all.map(({ low }) => low)),
    high: Math.max(...all.map(({ high }) => high)),
  };
}

function eligibleOf(places: Table, estimates: readonly Estimate[], rows: readonly number[]): Interval {
  const population = numbers(places, "pop_mun").values;
  const sum = (pick: (interval: Interval) => number): number =>
    rows.reduce(
      (total, row) =>
        total +
        population[row] *
          pick(estimates[row]?.participation ?? { value: Number.NaN, low: Number.NaN, high: Number.NaN }),
      0,
    );
  return { value: sum(({ value }) => value), low: sum(({ low }) => low), high: sum(({ high }) => high) };
}

const townsOf = (places: Table): ReadonlyMap<string, number[]> => {
  const towns = new Map<string, number[]>();
  texts(places, "nom_commune").values.forEach((name, row) => {
    towns.set(name, [...(towns.get(name) ?? []), row]);
  });
  return towns;
};

/** Expected non-takers by town, the largest first. Rounded to 10 persons: finer would claim what the method does not know. */
function expectedByTown(
  { table: places }: Neighbourhoods,
  estimates: readonly Estimate[],
  rate: Interval,
  lineage: readonly SourceRef[],
  counts: Float64Array | null,
): Released {
  const rows = [...townsOf(places)]
    .map(([name, members]) => ({
      name,
      expected: expectedTakeUp(eligibleOf(places, estimates, members), rate).nonTakers,
      households: counts ? members.reduce((sum, row) => sum + counts[row], 0) : 0,
    }))
    .sort((a, b) => b.expected.value - a.expected.value || (a.name < b.name ? -1 : 1));
  const persons = (pick: (interval: Interval) => number, label: string) =>
    numberColumn(
      rows.map(({ expected }) => roundTo(pick(expected), 10)),
      { label, unit: "personnes", summable: true },
    );
  const columns = {
    nom_commune: textColumn(
      rows.map(({ name }) => name),
      { label: "Commune" },
    ),
    attendu: persons(({ value }) => value, "Personnes sans recours attendues"),
    bas: persons(({ low }) => low, "Borne basse"),
    haut: persons(({ high }) => high, "Borne haute"),
    ...(counts
      ? {
          menages: numberColumn(
            rows.map(({ households }) => households),
            { label: "Ménages", unit: "ménages", summable: true },
          ),
        }
      : {}),
  };
  return release(table(columns, lineage), {
    name: "non-recours attendu par ville",
    open: ["nom_commune"],
    ...(counts ? { counts: "menages" } : {}),
  });
}

function sumExpected({ table: places }: Neighbourhoods, estimates: readonly Estimate[], rate: Interval): Interval {
  return expectedTakeUp(
    eligibleOf(
      places,
      estimates,
      estimates.map((_, row) => row),
    ),
    rate,
  ).nonTakers;
}

/** Non-take-up by town from the counted beneficiaries, between the bounds of the eligible. A town with a secret neighbourhood has no estimate. */
function observedTakeUp(
  territory: Territory,
  { table: places }: Neighbourhoods,
  estimates: readonly Estimate[],
  beneficiaries: Table,
  lineage: readonly SourceRef[],
  parameters: Readonly<Record<string, string | number>>,
): Figure {
  const counted = new Map(
    texts(beneficiaries, "code_qp").values.map((code, row) => [
      code,
      numbers(beneficiaries, "sans_participation").values[row] +
        numbers(beneficiaries, "avec_participation").values[row],
    ]),
  );
  const secret = new Set(
    texts(beneficiaries, "code_qp").values.filter((_, row) =>
      ["sans_participation", "avec_participation"].some((name) => reasonAt(numbers(beneficiaries, name), row) === "s"),
    ),
  );
  const codes = texts(places, "code_qp").values;
  const rows = [...townsOf(places)]
    .map(([name, members]) => {
      const hidden = members.some((row) => secret.has(codes[row] ?? ""));
      const count = members.reduce((sum, row) => sum + (counted.get(codes[row] ?? "") ?? Number.NaN), 0);
      const eligible = eligibleOf(places, estimates, members);
      const at = (persons: number): number => 1 - count / persons;
      const central = nonTakeUp({ beneficiaries: count, eligible: eligible.value, seEligible: 0 });
      const result = { ...central, low: at(eligible.low), high: at(eligible.high) };
      return { name, count, result, hidden };
    })
    .sort((a, b) =>
      Number.isNaN(a.result.value)
        ? 1
        : Number.isNaN(b.result.value)
          ? -1
          : b.result.value - a.result.value || (a.name < b.name ? -1 : 1),
    );
  const national = 100 * nonTakeUpRate(nationalYear, "all").rate;
  const failures = rows.filter(({ result }) => result.status !== "ok" && !Number.isNaN(result.value)).length;
  // A town with a secret neighbourhood is secret, not unavailable: the reason goes with the sum.
  const missing = Uint8Array.from(rows, ({ hidden, count }) =>
    hidden ? SECRET : Number.isNaN(count) ? NOT_AVAILABLE : PRESENT,
  );
  const percent = (pick: (interval: Interval) => number, label: string) =>
    numberColumn(
      rows.map(({ result }) => (result.status === "ok" ? roundTo(100 * pick(result), 1) : Number.NaN)),
      { label, unit: "%", missing },
    );
  const full = mergeLineages(lineage, beneficiaries.lineage, [dreesNonTakeUpRef]);
  const data = release(
    table(
      {
        nom_commune: textColumn(
          rows.map(({ name }) => name),
          { label: "Commune" },
        ),
        non_recours: percent(({ value }) => value, "Non-recours estimé"),
        bas: percent(({ low }) => low, "Borne basse"),
        haut: percent(({ high }) => high, "Borne haute"),
        beneficiaires: numberColumn(
          rows.map(({ count }) => count),
          { label: "Bénéficiaires", unit: "personnes", summable: true, missing },
        ),
      },
      full,
    ),
    { name: "non-recours observé par ville", counts: "beneficiaires", open: ["nom_commune"] },
  );
  return dotPlot(data, {
    id: "c2s-non-recours-observe",
    title: overlapTitle(data, national),
    subtitle:
      "Non-recours estimé : 1 moins les bénéficiaires sur les personnes sous le plafond ; le trait va de l’estimation la plus basse à la plus haute selon les hypothèses",
    alt: "Points et intervalles, une ligne par ville, et un trait vertical qui marque le taux national ; les villes sans valeur le disent en toutes lettres.",
    champ: `habitants des quartiers prioritaires ${frenchOf(territory.label)}, par ville ; villes dont un quartier est secret non diffusées${failures > 0 ? ` ; ${failures} villes où l’estimation sort de l’intervalle 0 à 100 % sont signalées comme échecs du modèle et non diffusées` : ""}`,
    lecture: `à ${texts(data, "nom_commune").values[0]}, le non-recours est estimé à ${frenchNumber(numbers(data, "non_recours").values[0], { decimals: 0, unit: "%" })}, entre ${frenchNumber(numbers(data, "bas").values[0], { decimals: 0 })} et ${frenchNumber(numbers(data, "haut").values[0], { decimals: 0, unit: "%" })}.`,
    row: "nom_commune",
    value: "non_recours",
    low: "bas",
    high: "haut",
    axisTitle: "Non-recours estimé (%)",
    format: ",.0f",
    reference: { value: national, label: `France, ${nationalYear} : ${frenchNumber(national, { unit: "%" })}` },
    parameters,
  });
}

/** Share of the expected total in the five first towns. */
function concentrationTitle(expected: Released): string {
  const values = Array.from(numbers(expected, "attendu").values).filter(Number.isFinite);
  const total = values.reduce((sum, n) => sum + n, 0);
  const five = values.slice(0, 5).reduce((sum, n) => sum + n, 0);
  return `Cinq villes réunissent ${frenchNumber((100 * five) / total, { unit: "%" })} du non-recours attendu`;
}

/** In how many towns the national rate is inside the interval: there, no difference is shown. */
function overlapTitle(data: Released, national: number): string {
  const rows = Array.from(numbers(data, "non_recours").values, (value, row) =>
    Number.isFinite(value) ? row : -1,
  ).filter((row) => row >= 0);
  const inside = rows.filter(
    (row) => numbers(data, "bas").values[row] <= national && national <= numbers(data, "haut").values[row],
  ).length;
  if (inside === 0)
    return `Dans aucune des ${frenchNumber(rows.length)} villes l’encadrement ne contient le taux national`;
  return `Dans ${frenchNumber(inside)} villes sur ${frenchNumber(rows.length)}, l’encadrement contient le taux national : on ne peut pas y conclure à une différence`;
}

/** The ceilings by date and household size, straight from the texts. */
function ceilingFigures(date: string): { readonly ceilings: Figure; readonly ceilingTable: Figure } {
  const sizes = [1, 2, 3, 4];
  const dates = c2sPeriods.map(({ from }) => from);
  const rows = dates.flatMap((from) =>
    sizes.map((persons) => ({ from, persons, ceiling: c2sCeiling({ date: from, persons }) })),
  );
  const label = (persons: number): string => (persons === 1 ? "1 personne" : `${persons} personnes`);
  const law = release(
    table(
      {
        date: textColumn(
          rows.map(({ from }) => from),
          { label: "À partir du" },
        ),
        foyer: textColumn(
          rows.map(({ persons }) => label(persons)),
          { label: "Foyer" },
        ),
        gratuite: numberColumn(
          rows.map(({ ceiling }) => ceiling.freeEurYear),
          { label: "Plafond de la C2S gratuite", unit: "EUR/an" },
        ),
        participation: numberColumn(
          rows.map(({ ceiling }) => ceiling.participationEurYear),
          { label: "Plafond avec participation", unit: "EUR/an" },
        ),
        statut: textColumn(
          rows.map(({ ceiling }) =>
            ceiling.free.status === ceiling.participation.status
              ? ceiling.free.status
              : `${ceiling.free.status}, ${ceiling.participation.status}`,
          ),
          { label: "Montants" },
        ),
      },
      [c2sLawRef],
    ),
    { name: "plafonds de la C2S", open: ["date", "foyer", "statut"] },
  );
  const single = c2sCeiling({ date, persons: 1 });
  const text = {
    champ: "France métropolitaine, foyers de une à quatre personnes",
    parameters: { article: "CSS L. 861-1, R. 861-3" },
  };
  return {
    ceilings: stepChart(law, {
      ...text,
      id: "c2s-plafonds",
      title: `Le plafond d’une personne seule est passé de ${frenchNumber(c2sCeiling({ date: dates[0] ?? date, persons: 1 }).freeEurYear)} à ${frenchNumber(c2sCeiling({ date: dates.at(-1) ?? date, persons: 1 }).freeEurYear, { unit: "€" })} par an`,
      subtitle: "Plafond annuel de la C2S gratuite, en euros, selon la taille du foyer",
      alt: "Quatre courbes en escalier, une par taille de foyer de une à quatre personnes, qui montent un peu à chaque revalorisation et davantage en 2022, 2023 et 2024.",
      lecture: `au ${frenchDate(single.from)}, une personne seule a droit à la C2S gratuite si ses ressources annuelles sont inférieures à ${frenchNumber(single.freeEurYear, { unit: "€" })}.`,
      date: "date",
      value: "gratuite",
      series: "foyer",
      axisTitle: "Euros par an",
    }),
    ceilingTable: dataTable(ceilingsByDate(dates, sizes), {
      ...text,
      id: "c2s-plafonds-tableau",
      title: "Les plafonds de la C2S, par date et par taille de foyer",
      subtitle:
        "Montants annuels en euros ; un montant est « publié » quand un texte ou un barème le donne, « dérivé » (tailles entre parenthèses) quand il est calculé par la chaîne des revalorisations ; avant le 1er novembre 2019, ces plafonds sont ceux de la CMU-C et de l’ACS. D’autres barèmes impriment des montants qui diffèrent d’un euro",
      alt: "Tableau des plafonds annuels, gratuits puis avec participation, une ligne par date de revalorisation et une colonne par taille de foyer.",
      lecture: `au ${frenchDate(single.from)}, le plafond avec participation d’une personne seule est de ${frenchNumber(single.participationEurYear, { unit: "€" })}.`,
    }),
  };
}

/** One row a date and right, one column a household size, and which of the amounts are derived. */
function ceilingsByDate(dates: readonly string[], sizes: readonly number[]): Released {
  const rows = (["free", "participation"] as const).flatMap((right) =>
    dates.map((from) => ({ from, right, amounts: sizes.map((persons) => c2sCeiling({ date: from, persons })[right]) })),
  );
  const derived = (amounts: readonly { readonly status: string }[]): string => {
    const found = sizes.filter((_, i) => amounts[i]?.status === "dérivé");
    return found.length === 0 ? "tous publiés" : `dérivés (${found.join(", ")})`;
  };
  return release(
    table(
      {
        droit: textColumn(
          rows.map(({ right }) => c2sRightLabels[right]),
          { label: "C2S" },
        ),
        date: textColumn(
          rows.map(({ from }) => frenchDate(from)),
          { label: "À partir du" },
        ),
        ...Object.fromEntries(
          sizes.map((persons, i) => [
            `personnes_${persons}`,
            numberColumn(
              rows.map(({ amounts }) => amounts[i]?.eurYear ?? Number.NaN),
              { label: `${persons} pers.`, unit: "€" },
            ),
          ]),
        ),
        statut: textColumn(
          rows.map(({ amounts }) => derived(amounts)),
          { label: "Montants" },
        ),
      },
      [c2sLawRef],
    ),
    { name: "plafonds de la C2S par date", open: ["droit", "date", "statut"] },
  );
}

const roundTo = (value: number, step: number): number => Math.round(value / step) * step;

/** The row whose value is the median of the column. */
function middleRow(data: Released, name: string): number {
  const { values } = numbers(data, name);
  const [median = Number.NaN] = weightedQuantiles(values, null, [0.5]);
  let best = 0;
  for (let row = 1; row < values.length; row++)
    if (Math.abs(values[row] - median) < Math.abs(values[best] - median) || Number.isNaN(values[best])) best = row;
  return best;
}
