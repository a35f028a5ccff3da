import { frenchNumber } from "../codes/french.ts";
import { numbers } from "../codes/table.ts";
import type { Figure } from "../figures/figure.ts";
import { type KeyNumbers, keyNumberList } from "../figures/key-numbers.ts";
import { weightedQuantiles } from "../models/access/weighted-quantile.ts";
import { keyNumbers } from "../protection/key-numbers.ts";
import { portoAlegreHexagonesContract } from "../sources/bancs-essai.ts";
import { communePointsContract } from "../sources/commune-points.ts";
import { communesContoursContract } from "../sources/communes-contours.ts";
import type { Contract } from "../sources/contract.ts";
import { demandeursEmploiRomeContract } from "../sources/demandeurs-emploi-rome.ts";
import { departementsContoursContract } from "../sources/departements-contours.ts";
import { filosofiCarreauxContract } from "../sources/filosofi-carreaux.ts";
import { gtfsContract, gtfsFeeds } from "../sources/gtfs.ts";
import { isAvailable } from "../sources/locate.ts";
import { offresEmploiContract } from "../sources/offres-emploi.ts";
import { osmRoutesContracts } from "../sources/osm-routes.ts";
import { qpvIndicateursContract } from "../sources/qpv-indicateurs.ts";
import { qpvPerimetresContract } from "../sources/qpv-perimetres.ts";
import { romeCodesContract } from "../sources/rome-codes.ts";
import { romeMobilitesContract } from "../sources/rome-mobilites.ts";
import { rpMobproContract } from "../sources/rp-mobpro.ts";
import { forPurpose, type Territory } from "../sources/territory.ts";
import { loadNeighbourhoods } from "../tables/neighbourhoods.ts";
import type { AlgorithmCard } from "./cards/card.ts";
import { accessCard } from "./cards/employment-access.ts";
import type { AccessStudy } from "./employment/access-study.ts";
import { assignmentChapter } from "./employment/assignment.ts";
import { cityStudy } from "./employment/city-study.ts";
import { competition } from "./employment/competition.ts";
import { headline } from "./employment/headline.ts";
import { HOURS_LIMIT, hoursFigure, staggeredPosts } from "./employment/hours.ts";
import { inequality } from "./employment/inequality.ts";
import { jobsHeld } from "./employment/jobs-held.ts";
import { familiesFigure, levelsFigure, modesTable } from "./employment/levels-and-modes.ts";
import { byPlace, HEADLINE_LIMIT, shareOf, studyProfiles } from "./employment/match-profiles.ts";
import { neighbourhoodStudy } from "./employment/neighbourhood-study.ts";
import { defaultAssumptions, type PolicyAssumptions, policyChapter } from "./employment/policies.ts";
import { ratiosTable } from "./employment/ratios.ts";
import { meanOverPlaces, seekerCounts } from "./employment/study-columns.ts";
import { timeCurves } from "./employment/time-curves.ts";
import { travelByMode } from "./employment/travel-by-mode.ts";
import { typologyTable } from "./employment/typology.ts";
import { type DataUse, type MissingData, missingDataNote, type Note, note } from "./experiment.ts";
import { travelRules } from "./travel/travel-rules.ts";

/** What this experiment reads in a French territory, and what for. */
export const employmentAccessUse: DataUse = {
  purpose: "distance-emploi",
  title: "temps d’accès aux emplois recherchés",
  sources: [
    qpvIndicateursContract,
    qpvPerimetresContract,
    filosofiCarreauxContract,
    communesContoursContract,
    departementsContoursContract,
    demandeursEmploiRomeContract,
    offresEmploiContract,
    romeCodesContract,
    romeMobilitesContract,
    rpMobproContract,
    communePointsContract,
    ...osmRoutesContracts.slice(0, 1),
    ...gtfsFeeds.slice(0, 2).map((feed) => gtfsContract(feed, "stops")),
  ],
};

export interface EmploymentAccessOptions {
  readonly seed?: number;
  /** Replicates of the intervals. */
  readonly draws?: number;
  readonly assumptions?: PolicyAssumptions;
}

type Shown = Figure | Note;

export interface EmploymentAccess {
  readonly missing: Note;
  readonly coverage: Note;
  readonly numbers: KeyNumbers | Note;
  readonly shape: Shown;
  readonly ranked: Shown;
  readonly map: Shown;
  readonly gap: Shown;
  readonly gapMap: Shown;
  readonly curves: Shown;
  readonly modes: Shown;
  readonly levels: Shown;
  readonly families: Shown;
  readonly hours: Shown;
  readonly ratios: Shown;
  readonly competition: Shown;
  readonly competitionMap: Shown;
  readonly lorenz: Shown;
  readonly indices: Shown;
  readonly typology: Shown;
  readonly assignment: Shown;
  readonly flows: Shown;
  readonly proof: Note;
  readonly policies: Shown;
  readonly policyCosts: Shown;
  readonly fair: Note;
  readonly jobsHeld: Shown;
  /** What the numbers say of this territory, in paragraphs that quote them by key. */
  readonly reading: Readonly<Record<"result" | "time" | "hours" | "competition" | "policies", Note>>;
  /** The card of transparency, computed when it is asked for; an empty note where nothing is measured. */
  readonly card: () => Promise<AlgorithmCard | Note>;
}

/**
 * Time to the jobs that people look for, by every mode, at several hours, with competition, gaps, inequality, the best assignment and what policies would change: a
 * French territory by its neighbourhoods, or a whole city of open data as proof of the method. A territory without roads, timetables, offers or occupations gets, in
 * place of each figure, what it lacks.
 */
export async function employmentAccess(
  opened: Territory,
  { seed = 20260301, draws = 200, assumptions = defaultAssumptions }: EmploymentAccessOptions = {},
): Promise<EmploymentAccess> {
  const territory = forPurpose(opened, employmentAccessUse.purpose);
  if (isAvailable(territory, portoAlegreHexagonesContract) && territory.name === "porto-alegre")
    return chapterOf(territory, await cityStudy(territory), { seed, draws, assumptions });
  const absent = needed.filter(({ contract }) => !isAvailable(territory, contract));
  if (absent.length > 0)
    return nothing(
      territory,
      absent.map(({ missing }) => missing),
    );
  return chapterOf(territory, await neighbourhoodStudy(territory), { seed, draws, assumptions });
}

const needed: readonly { readonly contract: Contract; readonly missing: MissingData }[] = [
  {
    contract: demandeursEmploiRomeContract,
    missing: {
      what: "les métiers recherchés par les habitants, par quartier",
      holder: "France Travail (ex-Pôle emploi)",
      consequence: "on ne sait pas quels emplois correspondent",
      clause:
        "un fichier trimestriel code du quartier × code ROME × nombre de demandeurs, effectifs inférieurs à 5 remplacés par « s »",
    },
  },
  {
    contract: offresEmploiContract,
    missing: {
      what: "les offres d’emploi avec leur lieu, leur métier, le permis exigé et l’horaire",
      holder: "France Travail (API « Offres d’emploi v2 »)",
      consequence: "il n’y a pas de lieu de travail où aller",
      clause: "un accès à l’interface, et le droit de garder les offres d’un trimestre",
    },
  },
  {
    contract: osmRoutesContracts[0] as Contract,
    missing: {
      what: "les rues et les chemins",
      holder: "OpenStreetMap (extrait de Geofabrik)",
      consequence: "les temps de marche, de vélo et de voiture ne se calculent pas",
      clause: "aucune : les données sont libres, il faut les télécharger",
    },
  },
  {
    contract: gtfsContract(gtfsFeeds[0] as (typeof gtfsFeeds)[number], "stops"),
    missing: {
      what: "les horaires des transports collectifs",
      holder: "autorités organisatrices (point d’accès national)",
      consequence: "le temps en transport collectif ne se calcule pas",
      clause: "aucune : les données sont libres, il faut les télécharger",
    },
  },
  {
    contract: filosofiCarreauxContract,
    missing: {
      what: "les habitants par carreau de 200 mètres",
      holder: "Insee",
      consequence: "chaque quartier serait réduit à son centre",
      clause: "aucune : les données sont libres, il faut les télécharger",
    },
  },
];

async function chapterOf(
  territory: Territory,
  study: AccessStudy,
  { seed, draws, assumptions }: Required<EmploymentAccessOptions>,
): Promise<EmploymentAccess> {
  const travel = await travelByMode(territory, study);
  // Whatever is made from the times cites the files that they come from.
  const cited: AccessStudy = { ...study, lineage: travel.lineage };
  const profiles = studyProfiles(cited, travel);
  const head = headline(cited, travel, profiles, { seed, draws });
  const shared = competition(cited, travel);
  const hours = hoursFigure(cited, travel);
  const unequal = inequality(cited, profiles);
  const plan = assignmentChapter(cited, travel);
  const policies = policyChapter(cited, travel, { seed, draws, assumptions });
  const staggered = staggeredPosts(cited, travel);
  const people = seekerCounts(cited).reduce((sum, n) => sum + n, 0);
  const shares = numbers(head.table, "part").values.filter((value) => Number.isFinite(value));
  const [low = Number.NaN, median = Number.NaN, high = Number.NaN] = weightedQuantiles(shares, null, [0.1, 0.5, 0.9]);
  const share = (mode: "walk" | "transit" | "bike" | "car"): number =>
    100 * meanOverPlaces(cited, byPlace(cited, profiles, shareOf, mode));
  const percent = (key: string, label: string, value: number, n = people) => ({
    ...{ key: `acces.${key}`, label, value, unit: "%", decimals: 1, n },
  });
  const whole = (key: string, label: string, value: number, unit = "", n = people) => ({
    ...{ key: `acces.${key}`, label, value, unit, decimals: 0, n },
  });
  const word = (key: string, label: string, value: string) => ({
    ...{ key: `acces.${key}`, label, value, unit: "", decimals: 0 },
  });
  const { words } = cited;
  const list = keyNumberList(
    keyNumbers(
      [
        word("lieux", "Les lieux étudiés", words.many),
        word("personnes", "Les personnes", words.seekers),
        word("postes", "Ce que l’on atteint", words.jobs),
        whole("nombre_lieux", `Nombre de ${words.many}`, cited.places.length),
        ...ruleNumbers.map((rule) => ({ ...rule, n: people })),
        whole("heure", "Heure de départ de la mesure", cited.transport.hour, "h"),
        percent("median", "Part à portée dans le lieu médian", median),
        percent("bas", "Part sous laquelle est un lieu sur dix", low),
        percent("haut", "Part au-dessus de laquelle est un lieu sur dix", high),
        percent("marche", "Part à portée à pied", share("walk")),
        percent("transport", "Part à portée à pied ou en transport", share("transit")),
        percent("velo", "Part à portée à vélo", share("bike")),
        percent("voiture", "Part à portée en voiture", share("car")),
        whole("partages", "Postes qu’au moins une personne atteint", shared.shared),
        whole("hors", "Postes qu’aucune personne qui les cherche n’atteint sans voiture", shared.outOfReach),
        ...(Number.isFinite(staggered.share)
          ? [
              whole("decales", "Postes en horaires décalés", staggered.posts),
              percent("decales_part", "Part des postes décalés à portée à l’aller et au retour", 100 * staggered.share),
              percent("decales_voiture", "La même en voiture", 100 * staggered.carShare),
            ]
          : []),
      ],
      [head.table],
    ),
  );
  return {
    card: () => accessCard({ territory, study: cited, travel, seed, draws, assumptions }),
    missing: missingDataNote(territory, []),
    coverage: note([...travel.notes, ...cited.remarks, ...leftOut(cited)].join("\n\n")),
    numbers: list,
    shape: head.shape,
    ranked: head.ranked,
    map: head.map,
    gap: head.gapFigure,
    gapMap: head.gapMap,
    curves: timeCurves(cited, travel),
    modes: modesTable(cited, profiles),
    levels: levelsFigure(cited, profiles),
    families: familiesFigure(cited, profiles),
    hours: hours.figure,
    ratios: ratiosTable(cited, travel),
    competition: shared.figure,
    competitionMap: shared.map,
    lorenz: unequal.lorenz,
    indices: unequal.indices,
    typology: typologyTable(cited, profiles),
    assignment: plan.levels,
    flows: plan.flows,
    proof: plan.proof,
    policies: policies.before,
    policyCosts: policies.costs,
    fair: policies.fair,
    jobsHeld: await jobsHeld(territory),
    reading: {
      result: note(
        `Dans le lieu médian, {{acces.median}} des ${words.jobs}${cited.hasOccupations ? " qui correspondent aux métiers recherchés" : ""} sont à {{acces.seuil}} au plus, à pied ou en transport collectif. Un lieu sur dix n’atteint pas {{acces.bas}}, un sur dix dépasse {{acces.haut}} (@fig:acces-part-classee, @fig:acces-part-carte). Le résultat publié avait cette forme : tant d’offres atteintes, sur tant, soit telle part (@tab:acces-forme-publiee).`,
      ),
      time: note(
        `En {{acces.seuil}}, on atteint {{acces.marche}} des ${words.jobs} à pied, {{acces.transport}} à pied ou en transport collectif, {{acces.velo}} à vélo et {{acces.voiture}} en voiture (@fig:acces-temps, @tab:acces-modes). Le seuil ne fait pas tout : la courbe entière dit à partir de combien de minutes l’écart se creuse.`,
      ),
      hours: note(
        Number.isFinite(staggered.share)
          ? `Parmi les postes dont l’horaire est dit, {{acces.decales}} sont décalés, en deux-huit, en trois-huit ou de nuit. Pour les tenir sans voiture, il faut un trajet de {{acces.seuil_horaires}} au plus dans l’heure qui précède l’embauche **et** dans celle qui suit la sortie : c’est possible pour {{acces.decales_part}} d’entre eux, contre {{acces.decales_voiture}} en voiture, où seul l’aller est compté. Une offre à plusieurs équipes n’est comptée que si chacune est possible : la part est un minimum. Les heures sont une convention (un deux-huit commence à 5 h ou à 13 h et finit à 13 h ou à 21 h), car les offres n’écrivent pas d’heure.`
          : "Les postes de ce territoire ne disent pas leur horaire : seule la desserte, heure par heure, peut être décrite.",
      ),
      competition: note(
        `En {{acces.seuil}}, à pied ou en transport collectif, {{acces.partages}} postes sont atteints par au moins une personne qui les cherche ; {{acces.hors}} ne le sont par aucune, trop loin, ou cherchés par personne parmi les effectifs diffusés. Partagés entre tous ceux qui les atteignent, ils ne se comptent plus deux fois (@fig:acces-concurrence). Les personnes qui vivent ailleurs, ou qui ont déjà un emploi, ne sont pas comptées parmi les concurrents : la mesure est un maximum.`,
      ),
      policies: note(
        `Chaque politique est une seconde table de temps, calculée avec la même heure et les mêmes postes. Hypothèses : ${frenchNumber(100 * assumptions.takeUp, { unit: "%" })} des ${words.seekers} prennent le permis et une voiture, ou le vélo. Le permis coûte ${frenchNumber(assumptions.licenceEuros, { unit: "€" })}, répartis sur ${frenchNumber(assumptions.licenceYears)} ans, et la voiture ${frenchNumber(assumptions.carEurosPerYear, { unit: "€" })} par an ; le vélo, ${frenchNumber(assumptions.ebikeEuros, { unit: "€" })} sur ${frenchNumber(assumptions.ebikeYears)} ans ; la navette, ${frenchNumber(assumptions.vehicleHourEuros, { unit: "€" })} par heure et par véhicule, ${frenchNumber(assumptions.daysPerYear)} jours par an. Ces montants n’ont pas de source : ils sont là pour être remplacés. ${shuttleWords(travel.shuttle)}`,
      ),
    },
  };
}

function shuttleWords(shuttle: Awaited<ReturnType<typeof travelByMode>>["shuttle"]): string {
  if (!shuttle) return "La règle du carnet ne trouve aucune navette qui améliore la mesure.";
  return `La navette relie ${shuttle.from} et ${shuttle.to}, ${frenchNumber(shuttle.km, { decimals: 1, unit: "km" })} en ${frenchNumber(shuttle.minutes, { unit: "min" })}, toutes les ${frenchNumber(shuttle.headwayMinutes, { unit: "min" })} : une règle l’a choisie (là où manque le plus de postes faute de voiture), et son effet se lit dans la figure : il peut être nul.`;
}

function leftOut({ left, words, hasOccupations }: AccessStudy): readonly string[] {
  if (!hasOccupations)
    return [
      `Ce territoire n’a ni métiers ni offres : les ${words.seekers} tiennent la place des personnes qui cherchent, les ${words.jobs} celle des offres. ${frenchNumber(left.squaresWithoutCount)} hexagones n’ont pas de nombre d’emplois et n’en offrent pas. La méthode est la même ; les conclusions ne valent que pour elle.`,
    ];
  return [
    `${frenchNumber(left.offersWithoutPlace)} offres sans coordonnées sont laissées de côté. ${frenchNumber(left.hiddenCells)} couples quartier et métier comptent moins de ${demandeursEmploiRomeContract.secrecy.minUnits} personnes : secrets, ils n’entrent pas dans la mesure, et le nombre de personnes prises en compte dans un quartier n’est pas publié.`,
  ];
}

/** What the method supposes, whatever the territory. */
const ruleNumbers = [
  { key: "acces.seuil", label: "Seuil de temps", value: HEADLINE_LIMIT, unit: "min", decimals: 0 },
  {
    key: "acces.seuil_horaires",
    label: "Seuil de temps des horaires décalés",
    value: HOURS_LIMIT,
    unit: "min",
    decimals: 0,
  },
  { key: "acces.marche_kmh", label: "Vitesse de la marche", value: travelRules.walkKmh, unit: "km/h", decimals: 1 },
  { key: "acces.velo_kmh", label: "Vitesse du vélo", value: travelRules.bikeKmh, unit: "km/h", decimals: 0 },
  {
    key: "acces.marche_arret",
    label: "Marche la plus longue vers un arrêt",
    value: travelRules.stopWalkMinutes,
    unit: "min",
    decimals: 0,
  },
  { key: "acces.duree_max", label: "Trajet le plus long", value: travelRules.maxMinutes, unit: "min", decimals: 0 },
] as const;

/** The numbers of the method alone, where the neighbourhoods at least are known. */
async function methodNumbers(territory: Territory): Promise<KeyNumbers | Note> {
  if (!isAvailable(territory, qpvIndicateursContract) || !isAvailable(territory, qpvPerimetresContract))
    return note("");
  const { table: places } = await loadNeighbourhoods(territory);
  return keyNumberList(
    keyNumbers(
      [
        { key: "acces.lieux", label: "Les lieux étudiés", value: "quartiers", unit: "", decimals: 0 },
        { key: "acces.postes", label: "Ce que l’on atteint", value: "postes offerts", unit: "", decimals: 0 },
        { key: "acces.nombre_lieux", label: "Nombre de quartiers", value: places.numRows, unit: "", decimals: 0 },
        ...ruleNumbers,
      ],
      [places],
    ),
  );
}

/** Every figure replaced by what is missing. */
async function nothing(territory: Territory, absent: readonly MissingData[]): Promise<EmploymentAccess> {
  const none = note("*Cette partie n’est pas écrite pour ce territoire, faute de données.*");
  const empty = note("");
  return {
    card: async () => empty,
    missing: missingDataNote(territory, absent),
    coverage: note(
      "Faute de ces données, le chapitre s’arrête ici pour ce territoire. Sur le territoire d’exemple et sur Porto Alegre, le même code l’écrit en entier.",
    ),
    numbers: await methodNumbers(territory),
    ...{ shape: empty, ranked: empty, map: empty, gap: none, gapMap: empty, curves: empty, modes: empty },
    ...{ levels: none, families: empty, hours: empty, ratios: empty, competition: empty, competitionMap: empty },
    ...{ lorenz: none, indices: empty, typology: empty, assignment: none, flows: empty, proof: empty },
    ...{ policies: empty, policyCosts: empty, fair: empty, jobsHeld: none },
    reading: { result: none, time: none, hours: none, competition: none, policies: none },
  };
}
