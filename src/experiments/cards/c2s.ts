import { frenchNumber } from "../../codes/french.ts";
import { mergeLineages } from "../../codes/lineage.ts";
import { numbers, texts } from "../../codes/table.ts";
import type { PlantedTakeUp } from "../../sources/planted-take-up.ts";
import { CONFIDENCE } from "../c2s/eligible-areas.ts";
import { nationalRate } from "../c2s/expected-figure.ts";
import { type C2sRun, c2sSensitivity, lawDay } from "./c2s-sensitivity.ts";
import { c2sStory } from "./c2s-story.ts";
import type { AlgorithmCard, CardParameter } from "./card.ts";
import { equityTable, errorsOf, type GroupError } from "./equity-table.ts";
import { sensitivityTable } from "./sensitivity-table.ts";
import { seedParameter } from "./shared-words.ts";

/** The card of the non-take-up of the C2S. `planted` is the truth of an invented territory, by neighbourhood; null for a real one. */
export function c2sCard(run: C2sRun, planted: ReadonlyMap<string, PlantedTakeUp> | null): AlgorithmCard {
  const { study, takeUp } = run;
  const lineage = takeUp ? mergeLineages(study.lineage, takeUp.beneficiaries.lineage) : study.lineage;
  return {
    ...c2sStory,
    kind: "card",
    parameters: parametersOf(run),
    sensitivity: sensitivityTable(c2sSensitivity(run), {
      name: "sensibilité du non-recours à la C2S",
      lineage,
      units: study.persons.reduce((sum, count) => (Number.isFinite(count) ? sum + count : sum), 0),
    }),
    equity: planted
      ? equityTable(groupErrors(run, planted), { name: "erreurs par groupe de quartiers, C2S", lineage })
      : null,
    equityWords: planted
      ? "La vérité du territoire inventé est connue quartier par quartier : la table compare l’erreur de la part qui a droit à la C2S entre groupes de quartiers, selon la taille de la ville, l’âge des habitants et la part des femmes parmi ceux qui cherchent un emploi. Une erreur nettement plus grande dans un groupe serait une injustice de la méthode."
      : "Aucune vérité n’est connue sur ce territoire, donc aucune erreur par groupe ne peut être calculée ; le territoire inventé, où elle l’est, sert d’épreuve.",
  };
}

/** Errors of the eligible share, in points, between kinds of neighbourhoods. */
function groupErrors({ study }: C2sRun, planted: ReadonlyMap<string, PlantedTakeUp>): readonly GroupError[] {
  const { table } = study.places;
  const gap = (area: number): number => {
    const truth = planted.get(study.codes[area] ?? "");
    return truth ? (100 * (study.eligible.value.participation[area] - truth.all)) / study.persons[area] : Number.NaN;
  };
  const sizes = texts(table, "taille").values;
  const youth = numbers(table, "ind_jeune").values;
  const [women, men] = ["abcde_f", "abcde_h"].map((name) => numbers(table, name).values);
  const womenShare = Float64Array.from(study.codes, (_, area) => women[area] / (women[area] + men[area]));
  const halves = (
    values: Float64Array,
    low: string,
    high: string,
  ): readonly (readonly [string, (area: number) => boolean])[] => {
    const sorted = [...values].filter(Number.isFinite).sort((a, b) => a - b);
    const middle = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
    return [
      [low, (area) => values[area] < middle],
      [high, (area) => values[area] >= middle],
    ];
  };
  const groups: readonly (readonly [string, (area: number) => boolean])[] = [
    ...[...new Set(sizes)]
      .sort()
      .map((size) => [`Communes de ${size}`, (area: number) => sizes[area] === size] as const),
    ...halves(youth, "Quartiers plus âgés", "Quartiers plus jeunes"),
    ...halves(
      womenShare,
      "Moins de femmes parmi ceux qui cherchent un emploi",
      "Plus de femmes parmi ceux qui cherchent un emploi",
    ),
  ];
  return groups.map(([group, inside]) => {
    const areas = [...study.codes.keys()].filter((area) => inside(area) && Number.isFinite(gap(area)));
    return {
      group,
      against: "vérité inventée",
      ...errorsOf(areas.map(gap)),
      people: areas.reduce((sum, area) => sum + study.persons[area], 0),
    };
  });
}

const parameter = (
  key: string,
  label: string,
  value: string,
  sentence: string,
  alsoNamed: readonly string[] = [],
): CardParameter => ({
  key,
  label,
  value,
  sentence,
  ...(alsoNamed.length > 0 ? { alsoNamed } : {}),
});

function parametersOf(run: C2sRun): readonly CardParameter[] {
  const { study, takeUp, outreach, seed, incomeYear } = run;
  const share = (value: number): string => frenchNumber(100 * value, { unit: "%" });
  const euros = (value: number): string => frenchNumber(value, { unit: "€" });
  return [
    parameter(
      "date_de_la_loi",
      "jour de la loi",
      lawDay(run),
      "On applique les plafonds, les aides et les impôts de ce jour-là.",
      ["date", "date_des_prestations", "article"],
    ),
    parameter(
      "prime_activite",
      "prime d’activité",
      "demandée par tous",
      "On suppose que chaque foyer qui y a droit demande la prime d’activité.",
    ),
    parameter(
      "aide_logement",
      "aide au logement",
      "reçue par tous",
      "On suppose que chaque locataire qui y a droit la reçoit.",
    ),
    parameter(
      "revenus_tres_bas",
      "revenus très bas",
      "en ligne droite jusqu’à zéro",
      "Rien n’est publié sur le dixième le plus pauvre : on suppose.",
    ),
    parameter(
      "partage_revenu",
      "partage du revenu dans un ménage",
      "par adulte",
      "Le revenu est partagé entre les adultes pour savoir qui demande quoi.",
    ),
    parameter(
      "calage",
      "ménages de départ et calage",
      "oui",
      "Les ménages d’un fichier d’ensemble sont pondérés pour ressembler au quartier.",
    ),
    parameter(
      "placement",
      "placement des revenus",
      "oui",
      "Les jeunes et les parents seuls sont placés plus bas, puis les revenus deviennent les ressources de la loi.",
    ),
    seedParameter(seed),
    parameter(
      "tirages",
      "nombre de tirages",
      frenchNumber(study.eligible.draws),
      "Le calcul est refait ce nombre de fois, avec d’autres erreurs possibles.",
    ),
    parameter(
      "confiance",
      "confiance des intervalles",
      share(CONFIDENCE),
      "L’intervalle contient la vraie valeur ce nombre de fois sur cent.",
    ),
    parameter(
      "taux_gratuite",
      "non-recours national, C2S gratuite",
      share(nationalRate("free").value),
      "Dans le pays, cette part des ayants droit ne l’a pas.",
    ),
    parameter(
      "taux_participation",
      "non-recours national, C2S payante",
      share(nationalRate("participation").value),
      "La même part, avec participation payante.",
    ),
    ...(takeUp
      ? [
          parameter(
            "regime_general",
            "part du régime général",
            "celle du fichier",
            "On ramène les ayants droit au seul régime dont les bénéficiaires sont comptés.",
          ),
          parameter(
            "lissage",
            "lissage entre quartiers",
            "modèle de Fay et Herriot",
            "Un petit quartier est rapproché de ce que l’on attend de quartiers semblables.",
          ),
          parameter(
            "highest",
            "quartiers dits en tête",
            "un sur dix",
            "Ce sont les quartiers où le non-recours est le plus fort.",
          ),
        ]
      : []),
    parameter(
      "budgetEur",
      "budget de l’aller-vers",
      euros(outreach.budgetEur),
      "C’est la somme supposée pour aller informer les habitants.",
    ),
    parameter(
      "fixedEurArea",
      "coût d’ouverture dans un quartier",
      euros(outreach.fixedEurArea),
      "Commencer dans un quartier coûte cette somme supposée.",
    ),
    parameter(
      "eurPerContact",
      "coût d’un contact",
      euros(outreach.eurPerContact),
      "Informer une personne coûte cette somme supposée.",
    ),
    parameter(
      "reachable",
      "part joignable",
      share(outreach.reachable),
      "On suppose que l’on ne peut rencontrer que cette part des habitants.",
    ),
    parameter(
      "graine_plan",
      "graine du plan",
      String(seed + 2),
      "Ce nombre fixe les tirages au sort du plan ; la courbe emploie le suivant.",
    ),
    ...(incomeYear === null
      ? []
      : [
          parameter(
            "revenus_des_communes",
            "revenus des communes",
            incomeYear,
            "Ils servent à estimer le reste de la commune.",
          ),
        ]),
  ];
}
