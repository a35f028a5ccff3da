import { frenchNumber } from "../../codes/french.ts";
import { numberColumn, numbers, table, textColumn } from "../../codes/table.ts";
import { dataTable } from "../../figures/data-table.ts";
import type { Figure } from "../../figures/figure.ts";
import { flowMap } from "../../figures/flow-map.ts";
import { groupCosts } from "../../models/access/reach-shares.ts";
import { certifyTransport } from "../../models/matching/certify-transport.ts";
import { congestion, flowByOffer } from "../../models/matching/congestion.ts";
import type { CostMatrix } from "../../models/matching/cost-matrix.ts";
import { fairness } from "../../models/matching/fairness.ts";
import { greedy } from "../../models/matching/greedy.ts";
import { matchCosts } from "../../models/matching/match-costs.ts";
import { nearestOffers } from "../../models/matching/nearest-offer.ts";
import { explainRemovals, type ShiftTrips } from "../../models/matching/pair-filters.ts";
import { type MatchLevel, matchLevelLabels, matchLevels } from "../../models/matching/rome-match.ts";
import { type TransportPlan, transport } from "../../models/matching/transport.ts";
import type { TransportProblem } from "../../models/matching/transport-problem.ts";
import type { Shift } from "../../models/matching/work-hours.ts";
import { release } from "../../protection/release.ts";
import { type Note, note } from "../experiment.ts";
import { rounded } from "../rows.ts";
import type { AccessStudy, StudiedOffers } from "./access-study.ts";
import { studyCells, studyHomes, studyOffers } from "./study-columns.ts";
import type { StudyTravel } from "./study-travel.ts";
import { champOf } from "./study-words.ts";

/** Nobody is sent further than this, and a seeker without a post counts as much. */
export const LONGEST_JOURNEY = 60;
/** Flows drawn one by one; the others are gathered. */
const drawnFlows = 25;

export interface AssignmentChapter {
  readonly levels: Figure;
  readonly flows: Figure;
  readonly proof: Note;
}

/** Aggregates only: seekers counted by place and occupation, posts by place of work. No individual row is needed, and none is read. */
export function assignmentChapter(study: AccessStudy, travel: StudyTravel): AssignmentChapter {
  const levels = study.hasOccupations ? matchLevels : (["near"] as const);
  const named = (level: MatchLevel): string => (study.hasOccupations ? matchLevelLabels[level] : "tous emplois");
  const problems = levels.map((level) => ({
    level,
    name: named(level),
    problem: problemOf(study, travel.minutes.transit, level),
  }));
  const strict = study.hasOccupations ? conditionedProblem(study, travel) : null;
  if (strict)
    problems.push({
      level: "near",
      name: "métier proche, sans permis, à l’heure de la première équipe",
      problem: strict,
    });
  const solved = problems.map(({ level, name, problem }) => ({
    level,
    name,
    problem,
    plan: transport(problem, { cost: LONGEST_JOURNEY }),
  }));
  const main = solved.find(({ level }) => level === "near") ?? solved[0];
  if (!main) throw new Error("no level of match");
  const whole = greedy(main.problem);
  const certificate = certifyTransport(main.problem, main.plan);
  const seekers = main.problem.seekers.reduce((sum, n) => sum + n, 0);
  const percent = (part: number): string => frenchNumber(100 * part, { decimals: 1, unit: "%" });
  const minutes = (total: number, people: number): string => frenchNumber(total / people, { decimals: 1, unit: "min" });
  // Rates and reduced costs only: the counts of people placed would give back the flows that the gate hides.
  const proof = note(
    [
      ...(strict
        ? [
            `**Ce que l’offre exige.** La dernière ligne du tableau écarte, pour qui n’a pas de permis, les postes qui l’exigent, et ceux dont l’horaire n’a pas de trajet assez court à l’aller ou au retour. ${explainRemovals(strict.removals).join("\u202f; ").replaceAll("'", "’")}.`,
          ]
        : []),
      `**La preuve.** ${certificate.optimal ? "Le plan est optimal, preuve à l’appui" : "L’optimalité n’est pas prouvée"} : les prix rendus par le calcul donnent à chaque paire un coût réduit, dont le plus négatif vaut ${frenchNumber(certificate.worstInfeasibility, { decimals: 3, unit: "min" })} ; celui des paires utilisées s’écarte de zéro de ${frenchNumber(certificate.worstSlack, { decimals: 3, unit: "min" })} au plus ; l’écart entre le plan et la borne que donnent ces prix est de ${frenchNumber(certificate.gap, { decimals: 3, unit: "min" })}. Aucun autre plan ne peut donc coûter moins, à cet écart près (${frenchNumber(main.problem.arcs.cost.length)} paires possibles, ${frenchNumber(main.problem.offerIds.length)} couples de lieu de travail et métier).`,
      `**Ce qu’une autre affectation changerait.** Au mieux, ${percent(main.plan.assignedCount / seekers)} des personnes ont un poste : les postes manquent, quelle que soit la répartition. Parmi les personnes placées, le trajet moyen est de ${minutes(main.plan.total, main.plan.assignedCount)} dans le meilleur plan, contre ${minutes(whole.total, whole.assignedCount)} si chacun, à son tour, prenait le poste libre le plus proche, ce qui en place ${percent(whole.assignedCount / seekers)}.`,
    ].join("\n\n"),
  );
  return { levels: levelsTable(study, solved), flows: flowsFigure(study, main.problem, main.plan), proof };
}

/** The working days that the timetable was asked about, by the hours at which they begin and end. */
function shiftsOf(study: AccessStudy, travel: StudyTravel): { readonly key: string; readonly trips: ShiftTrips }[] {
  const homes = studyHomes(study);
  const journeys = (hour: number, direction: "outward" | "return"): CostMatrix | null => {
    const found = travel.byHour.find((one) => one.hour === hour && one.direction === direction);
    return found ? groupCosts(found.minutes, homes) : null;
  };
  const told = new Map<string, Shift>();
  for (const hours of study.offers.hours)
    for (const shift of hours?.shifts ?? []) told.set(`${shift.startHour} ${shift.endHour}`, shift);
  return [...told].flatMap(([key, { startHour, endHour }]) => {
    const [outward, back] = [journeys(startHour, "outward"), journeys(endHour, "return")];
    return outward && back ? [{ key, trips: { name: `${startHour} h – ${endHour} h`, outward, back } }] : [];
  });
}

/** The near match for whoever has no licence: no post that requires one, no shift without a trip both ways. An offer of several shifts is held to its first. */
function conditionedProblem(study: AccessStudy, travel: StudyTravel): ReturnType<typeof matchCosts> {
  const shifts = shiftsOf(study, travel);
  const cells = studyCells(study);
  const { offers } = study;
  const shiftOf = (j: number): number => {
    const [first] = offers.hours[j]?.shifts ?? [];
    return first ? shifts.findIndex(({ key }) => key === `${first.startHour} ${first.endHour}`) : -1;
  };
  return matchCosts(
    study.matching,
    "near",
    { ...cells, seekers: Float64Array.from(cells.seekers, (n) => Math.round(n)) },
    { ...studyOffers(study), posts: offers.posts },
    groupCosts(travel.minutes.transit, studyHomes(study)),
    LONGEST_JOURNEY,
    {
      licence: {
        held: new Uint8Array(cells.ids.length),
        required: Uint8Array.from(offers.licence, (demand) => (demand === "required" ? 1 : 0)),
      },
      hours: {
        shiftOfOffer: Int32Array.from(offers.rome, (_, j) => shiftOf(j)),
        shifts: shifts.map(({ trips }) => trips),
      },
    },
  );
}

/** Offers of one occupation at one workplace are one column: a post is a post. */
function problemOf(study: AccessStudy, minutes: CostMatrix, level: MatchLevel): TransportProblem {
  const cells = studyCells(study);
  const whole = Float64Array.from(cells.seekers, (n) => Math.round(n));
  return matchCosts(
    study.matching,
    level,
    { ...cells, seekers: whole },
    gatheredOffers(study.offers),
    groupCosts(minutes, studyHomes(study)),
    LONGEST_JOURNEY,
  );
}

function gatheredOffers({ rome, posts, workplace }: StudiedOffers): Parameters<typeof matchCosts>[3] {
  const rows = new Map<string, { rome: (typeof rome)[number]; posts: number; destination: number }>();
  rome.forEach((code, j) => {
    const key = `${workplace[j]} ${code}`;
    const row = rows.get(key) ?? { rome: code, posts: 0, destination: workplace[j] };
    row.posts += posts[j];
    rows.set(key, row);
  });
  const list = [...rows.values()];
  return {
    ids: [...rows.keys()],
    rome: list.map((row) => row.rome),
    posts: Float64Array.from(list, (row) => Math.round(row.posts)),
    destination: Int32Array.from(list, (row) => row.destination),
  };
}

/** The best plan at each level, beside what it costs in congestion and fairness, and what everybody's nearest offer would give. */
function levelsTable(
  study: AccessStudy,
  solved: readonly { readonly name: string; readonly problem: TransportProblem; readonly plan: TransportPlan }[],
): Figure {
  const rows = solved.map(({ name: level, problem, plan }) => {
    const seekers = problem.seekers.reduce((sum, n) => sum + n, 0);
    const groups = problem.cellIds.map((id) => id.split(" ")[0] ?? "");
    const fair = fairness(problem, plan, groups, LONGEST_JOURNEY);
    const nearest = nearestOffers(problem, LONGEST_JOURNEY);
    return {
      level,
      seekers,
      assigned: (100 * plan.assignedCount) / seekers,
      minutes: plan.assignedCount > 0 ? plan.total / plan.assignedCount : Number.NaN,
      nearest: nearest.unreachedCount < seekers ? nearest.total / (seekers - nearest.unreachedCount) : Number.NaN,
      congestion:
        100 *
        (congestion(flowByOffer(nearest.flow, problem.arcs.offer, problem.offerIds.length)).congestion ?? Number.NaN),
      worst: fair.worst.meanBurden,
    };
  });
  const released = release(
    table(
      {
        niveau: textColumn(
          rows.map(({ level }) => level),
          { label: "Correspondance" },
        ),
        demandeurs: numberColumn(
          rows.map(({ seekers }) => seekers),
          { label: "À placer", unit: "personnes" },
        ),
        places: numberColumn(
          rounded(
            rows.map(({ assigned }) => assigned),
            1,
          ),
          { label: "Part placée", unit: "%" },
        ),
        minutes: numberColumn(
          rounded(
            rows.map(({ minutes }) => minutes),
            1,
          ),
          { label: "Temps des placés", unit: "min" },
        ),
        proche: numberColumn(
          rounded(
            rows.map(({ nearest }) => nearest),
            1,
          ),
          { label: "Au plus proche", unit: "min" },
        ),
        encombrement: numberColumn(
          rounded(
            rows.map(({ congestion: share }) => share),
            0,
          ),
          {
            label: "Saturation",
            unit: "%",
          },
        ),
        pire: numberColumn(
          rounded(
            rows.map(({ worst }) => worst),
            1,
          ),
          { label: "Pire lieu", unit: "min" },
        ),
      },
      study.lineage,
    ),
    { name: "affectation par niveau", counts: "demandeurs", open: ["niveau"] },
  );
  const first = (name: string, row: number): number => numbers(released, name).values[row];
  const last = Math.min(rows.length, study.hasOccupations ? 3 : 1) - 1;
  return dataTable(released, {
    id: "acces-affectation",
    title: "La meilleure affectation possible, selon la correspondance",
    subtitle: `Chaque personne reçoit au plus un poste à ${LONGEST_JOURNEY} minutes au plus à pied ou en transport collectif ; une personne sans poste compte ${LONGEST_JOURNEY} minutes. Au plus proche : temps moyen si chacun allait au poste le plus proche, et saturation de ces postes : 0 % s’ils se remplissaient également, 100 % si tous allaient au même. Pire lieu : temps moyen par personne du lieu le plus mal servi`,
    alt: "Tableau d’une ligne par niveau de correspondance : personnes à placer, part placée, temps moyens, saturation et lieu le plus mal servi.",
    champ: champOf(study),
    lecture: `avec la correspondance « ${rows[last]?.level} », ${frenchNumber(first("places", last), { decimals: 1, unit: "%" })} des personnes trouvent un poste, à ${frenchNumber(first("minutes", last), { decimals: 1, unit: "min" })} en moyenne.`,
    columns: ["niveau", "demandeurs", "places", "minutes", "proche", "encombrement", "pire"],
    parameters: { duree_max_min: LONGEST_JOURNEY },
  });
}

/** The plan from town to town. */
function flowsFigure(study: AccessStudy, problem: TransportProblem, plan: TransportPlan): Figure {
  const gathered = gatheredOffers(study.offers);
  const cells = studyCells(study);
  const flows = new Map<string, { from: number; to: number; people: number }>();
  problem.arcs.cost.forEach((_, arc) => {
    const people = plan.flow[arc];
    if (people === 0) return;
    const from = study.placeZone[cells.origin[problem.arcs.cell[arc]]];
    const to = study.workplaceZone[gathered.destination[problem.arcs.offer[arc]]];
    const key = `${from} ${to}`;
    const flow = flows.get(key) ?? { from, to, people: 0 };
    flow.people += people;
    flows.set(key, flow);
  });
  const ordered = [...flows.values()].sort((a, b) => b.people - a.people || a.from - b.from || a.to - b.to);
  const own = ordered.filter(({ from, to }) => from >= 0 && to >= 0 && from !== to).slice(0, drawnFlows);
  const placed = ordered.reduce((sum, { people }) => sum + people, 0);
  const onSite = ordered.reduce((sum, { from, to, people }) => (from === to ? sum + people : sum), 0);
  const code = (zone: number): string => study.zones[zone]?.code ?? "";
  const name = (zone: number): string => study.zones[zone]?.name ?? "";
  const rows = own.map(({ from, to, people }) => ({ from: code(from), to: code(to), people }));
  const released = release(
    table(
      {
        origine: textColumn(
          rows.map(({ from }) => from),
          { label: "Résidence" },
        ),
        arrivee: textColumn(
          rows.map(({ to }) => to),
          { label: "Travail" },
        ),
        personnes: numberColumn(
          rows.map(({ people }) => people),
          { label: "Personnes affectées", unit: "personnes", summable: true },
        ),
      },
      study.lineage,
    ),
    { name: "flux de l’affectation", counts: "personnes", open: ["origine", "arrivee"] },
  );
  const zones = new Set([...own.map(({ from }) => from), ...own.map(({ to }) => to)]);
  const big = own[0];
  return flowMap(released, {
    id: "acces-flux",
    title: "Où la meilleure affectation enverrait travailler",
    subtitle: `${frenchNumber((100 * onSite) / placed, { unit: "%" })} des personnes placées le seraient sur place ; ici les ${own.length} plus grands des autres flux, de la ${study.hasOccupations ? "commune du quartier à celle" : "résidence au secteur"} du poste ; à pied ou en transport collectif, ${LONGEST_JOURNEY} minutes au plus`,
    alt: "Carte de rubans de la résidence au travail, d’autant plus larges qu’ils portent plus de personnes.",
    champ: champOf(study),
    lecture: big
      ? `le plus grand de ces flux, ${name(big.from)} vers ${name(big.to)}, porterait ${frenchNumber(big.people)} personnes. C’est une affectation calculée, pas une observation.`
      : "aucune personne ne peut être placée.",
    origin: "origine",
    destination: "arrivee",
    people: "personnes",
    places: [...zones].map((zone) => ({
      code: code(zone),
      name: name(zone),
      lon: study.zones[zone]?.lon ?? Number.NaN,
      lat: study.zones[zone]?.lat ?? Number.NaN,
    })),
    legend: "Personnes affectées",
    parameters: { duree_max_min: LONGEST_JOURNEY },
  });
}
