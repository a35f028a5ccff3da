import { frenchNumber } from "../../codes/french.ts";
import { numberColumn, numbers, table, textColumn, texts } from "../../codes/table.ts";
import { beforeAfter } from "../../figures/before-after.ts";
import { dataTable } from "../../figures/data-table.ts";
import type { Figure } from "../../figures/figure.ts";
import { jobFair } from "../../models/access/job-fair.ts";
import type { PolicyCost } from "../../models/access/policy-cost.ts";
import { type PolicyEffect, type PolicyInput, policyEffect } from "../../models/access/policy-effect.ts";
import { quickestOf } from "../../models/access/reach-shares.ts";
import { release } from "../../protection/release.ts";
import { type Note, note } from "../experiment.ts";
import { rounded } from "../rows.ts";
import type { AccessStudy } from "./access-study.ts";
import { HEADLINE_LIMIT } from "./match-profiles.ts";
import { placeHomes, seekerCounts, studyCells, studyOffers } from "./study-columns.ts";
import type { StudyTravel } from "./study-travel.ts";
import { champOf } from "./study-words.ts";

/** What the author supposes, printed with the results and to be changed: nothing here is measured. */
export interface PolicyAssumptions {
  /** Share of the seekers who take up a licence, or an electric bicycle. */
  readonly takeUp: number;
  /** A licence, once, and the years over which it is spread; then a car, each year. */
  readonly licenceEuros: number;
  readonly licenceYears: number;
  readonly carEurosPerYear: number;
  /** An electric bicycle, once, and the years that it lasts. */
  readonly ebikeEuros: number;
  readonly ebikeYears: number;
  /** One hour of one vehicle with its driver. */
  readonly vehicleHourEuros: number;
  readonly daysPerYear: number;
}

export const defaultAssumptions: PolicyAssumptions = {
  takeUp: 0.2,
  licenceEuros: 1800,
  licenceYears: 10,
  carEurosPerYear: 3000,
  ebikeEuros: 1500,
  ebikeYears: 5,
  vehicleHourEuros: 60,
  daysPerYear: 250,
};

interface Policy {
  readonly name: string;
  readonly input: PolicyInput;
  readonly takeUp: number;
  readonly cost: PolicyCost;
}

export interface PolicyChapter {
  readonly before: Figure;
  readonly costs: Figure;
  /** A job fair brings the employer nearer for a day, not the job: said apart, under its own name. */
  readonly fair: Note;
  /** Seekers and posts: what each supposition rests on, for the prose. */
  readonly gains: readonly { readonly name: string; readonly share: number; readonly change: number }[];
}

/** Three policies on the two headline figures, with their paired intervals, their cost per post made reachable, and the competition they add. */
export function policyChapter(
  study: AccessStudy,
  travel: StudyTravel,
  {
    seed,
    draws,
    assumptions = defaultAssumptions,
  }: { readonly seed: number; readonly draws: number; readonly assumptions?: PolicyAssumptions },
): PolicyChapter {
  const policies = policiesOf(study, travel, assumptions);
  const effects = policies.map(({ name, input, takeUp, cost }) => ({
    name,
    takeUp,
    /** For whoever has it. */
    own: policyEffect(input, { seed, draws, limitMinutes: HEADLINE_LIMIT, takeUp: 1 }),
    /** For all, with the declared take-up. */
    all: policyEffect(input, { seed, draws: 50, limitMinutes: HEADLINE_LIMIT, takeUp, cost }),
  }));
  const people = seekerCounts(study).reduce((sum, n) => sum + n, 0);
  const champ = champOf(study);
  const parameters = {
    seuil_min: HEADLINE_LIMIT,
    adoption: assumptions.takeUp,
    graine: seed,
    tirages: draws,
  };
  const column = (label: string, unit: string, decimals: number, pick: (effect: (typeof effects)[number]) => number) =>
    numberColumn(rounded(effects.map(pick), decimals), { label, unit });
  const share = (effect: PolicyEffect) => effect.overall.share;
  const names = textColumn(
    effects.map(({ name }) => name),
    { label: "Politique" },
  );
  const counts = numberColumn(
    effects.map(() => people),
    { label: "Personnes prises en compte", unit: "personnes" },
  );
  const changes = release(
    table(
      {
        politique: names,
        avant: column(`Part à ${HEADLINE_LIMIT} min, sans`, "%", 1, ({ own }) => 100 * share(own).before.estimate),
        apres: column(`Part à ${HEADLINE_LIMIT} min, avec`, "%", 1, ({ own }) => 100 * share(own).after.estimate),
        ecart: column("Écart", "points", 1, ({ own }) => 100 * share(own).difference.estimate),
        bas: column(
          "Borne basse",
          "points",
          1,
          ({ own }) => 100 * (share(own).difference.percentile?.low ?? Number.NaN),
        ),
        haut: column(
          "Borne haute",
          "points",
          1,
          ({ own }) => 100 * (share(own).difference.percentile?.high ?? Number.NaN),
        ),
        personnes: counts,
      },
      study.lineage,
    ),
    { name: "effet des politiques", counts: "personnes", open: ["politique"] },
  );
  const cost =
    (pick: (of: NonNullable<PolicyEffect["cost"]>) => number | null) =>
    (effect: (typeof effects)[number]): number =>
      effect.all.cost ? (pick(effect.all.cost) ?? Number.POSITIVE_INFINITY) : Number.NaN;
  const costs = release(
    table(
      {
        politique: names,
        adoption: column("Adoption", "%", 0, ({ takeUp }) => 100 * takeUp),
        gagnants: column("Personnes qui y gagnent", "personnes", 0, ({ all }) => all.overall.gaining),
        nouveaux: column("Postes de plus par gagnant", "postes", 0, ({ all }) =>
          all.overall.gaining > 0 ? all.overall.seekerPosts / all.overall.gaining : 0,
        ),
        partage: column(
          "Postes pour 100, une fois partagés : écart",
          "",
          1,
          ({ all }) => 100 * all.overall.perSeeker.difference.estimate,
        ),
        total: column(
          "Coût par an",
          "€ par an",
          0,
          cost(({ total }) => total),
        ),
        par_gagnant: column(
          "Par gagnant",
          "€ par an",
          0,
          cost(({ perSeekerGaining }) => perSeekerGaining),
        ),
        par_poste: column(
          "Par poste mis à portée d’une personne",
          "€ par an",
          2,
          cost(({ perSeekerAndPost }) => perSeekerAndPost),
        ),
        personnes: counts,
      },
      study.lineage,
    ),
    { name: "coût des politiques", counts: ["personnes", "gagnants"], open: ["politique"] },
  );
  const order = [...effects.keys()].sort(
    (a, b) => numbers(changes, "ecart").values[b] - numbers(changes, "ecart").values[a],
  );
  const best = order[0] ?? 0;
  const value = (name: string, row: number, decimals = 1): string =>
    frenchNumber(numbers(changes, name).values[row], { decimals });
  return {
    gains: effects.map(({ name }, row) => ({
      name,
      share: numbers(changes, "apres").values[row],
      change: numbers(changes, "ecart").values[row],
    })),
    before: beforeAfter(changes, {
      id: "acces-politiques",
      title: `${texts(changes, "politique").values[best]} : de ${value("avant", best)} à ${value("apres", best)}\u202f% des postes à ${HEADLINE_LIMIT} minutes`,
      subtitle: `Part des ${study.words.jobs}${study.hasOccupations ? " correspondants" : ""} à ${HEADLINE_LIMIT} minutes pour qui en bénéficie ; écart en points, avec son intervalle à 95 % (offres et demandes rééchantillonnées ensemble)`,
      alt: "Une ligne par politique : un point creux avant, un point plein après, et l’écart écrit à droite avec son intervalle.",
      champ,
      lecture: `pour qui en bénéficie, «\u00a0${texts(changes, "politique").values[best]}\u00a0» fait passer la part des postes à ${HEADLINE_LIMIT} minutes de ${value("avant", best)} à ${value("apres", best)}\u202f%.`,
      row: "politique",
      before: "avant",
      after: "apres",
      difference: "ecart",
      low: "bas",
      high: "haut",
      beforeName: "Sans",
      afterName: "Avec",
      axisTitle: `Part à ${HEADLINE_LIMIT} minutes au plus (%)`,
      order: "difference",
      decimals: 1,
      parameters,
    }),
    fair: fairNote(study, travel, seed),
    costs: dataTable(costs, {
      id: "acces-politiques-cout",
      title:
        "Ce que chaque politique coûterait par an et par poste mis à portée d’une personne, sous les hypothèses dites",
      subtitle:
        "Un poste mis à portée de dix personnes compte dix fois. Coûts et adoption sont des hypothèses de l’auteur, à remplacer par les devis du territoire",
      alt: "Tableau des politiques : adoption supposée, personnes qui y gagnent, postes de plus pour chacune, coût supposé par an, par personne et par poste mis à portée.",
      champ,
      lecture: `«\u00a0${texts(costs, "politique").values[best]}\u00a0» : ${frenchNumber(numbers(costs, "gagnants").values[best])} personnes y gagnent, pour ${frenchNumber(numbers(costs, "par_gagnant").values[best], { unit: "€" })} chacune et par an, et atteignent en moyenne ${frenchNumber(numbers(costs, "nouveaux").values[best])} postes de plus.`,
      columns: ["politique", "adoption", "gagnants", "nouveaux", "partage", "total", "par_gagnant", "par_poste"],
      parameters,
    }),
  };
}

function policiesOf(study: AccessStudy, travel: StudyTravel, assumed: PolicyAssumptions): readonly Policy[] {
  const { transit, car, ebike } = travel.minutes;
  const base = {
    homes: placeHomes(study),
    cells: studyCells(study),
    offers: studyOffers(study),
    matching: study.matching,
    level: "near" as const,
    before: transit,
  };
  const source = "hypothèse de l’auteur, à remplacer par un devis";
  const policies: Policy[] = [
    {
      name: "Permis et voiture",
      input: { ...base, after: quickestOf(transit, car) },
      takeUp: assumed.takeUp,
      cost: {
        amount: assumed.licenceEuros / assumed.licenceYears + assumed.carEurosPerYear,
        per: "beneficiary",
        unit: "EUR par an",
        source,
      },
    },
    {
      name: "Vélo électrique",
      input: { ...base, after: quickestOf(transit, ebike) },
      takeUp: assumed.takeUp,
      cost: { amount: assumed.ebikeEuros / assumed.ebikeYears, per: "beneficiary", unit: "EUR par an", source },
    },
  ];
  const { withShuttle, shuttle } = travel;
  if (withShuttle && shuttle) {
    const vehicles = Math.ceil((2 * shuttle.minutes) / shuttle.headwayMinutes);
    const hours = vehicles * (shuttle.lastHour - shuttle.firstHour) * assumed.daysPerYear;
    policies.push({
      name: `Navette ${shuttle.from} – ${shuttle.to}`,
      input: { ...base, after: quickestOf(transit, withShuttle) },
      takeUp: 1,
      cost: { amount: hours * assumed.vehicleHourEuros, per: "policy", unit: "EUR par an", source },
    });
  }
  return policies;
}

/** What a fair would change: the share of the matching posts whose employer can be met within the limit. */
function fairNote(study: AccessStudy, travel: StudyTravel, seed: number): Note {
  const fair = fairOf(study, travel);
  if (!fair) return note("");
  const { overall } = policyEffect(
    { homes: placeHomes(study), cells: studyCells(study), matching: study.matching, level: "near", ...fair },
    { seed, draws: 10, limitMinutes: HEADLINE_LIMIT, takeUp: 1 },
  );
  const share = (at: "before" | "after"): string =>
    frenchNumber(100 * overall.share[at].estimate, { decimals: 1, unit: "%" });
  return note(
    `Un **forum de l’emploi** ne rapproche pas l’emploi : il rapproche l’employeur, un jour. Si les employeurs du second pôle de postes venaient au lieu que le plus de personnes rejoignent, la part des ${study.words.jobs}${study.hasOccupations ? " correspondants" : ""} dont l’employeur se rencontre à ${HEADLINE_LIMIT} minutes passerait de ${share("before")} à ${share("after")} ; le trajet de chaque jour ne changerait pas.`,
  );
}

/** A fair at the workplace that most seekers reach within the limit, to which come the employers of the zone that holds most posts. */
function fairOf(
  study: AccessStudy,
  { minutes: { transit } }: StudyTravel,
): Pick<PolicyInput, "before" | "after" | "offers"> | null {
  const counts = seekerCounts(study);
  const { offers, workplaceZone } = study;
  const reached = new Float64Array(transit.columns);
  study.places.forEach(({ homes }, place) => {
    homes.rows.forEach((home, i) => {
      for (let j = 0; j < transit.columns; j++)
        if (transit.values[home * transit.columns + j] <= HEADLINE_LIMIT) reached[j] += counts[place] * homes.shares[i];
    });
  });
  const where = reached.indexOf(Math.max(...reached));
  const byZone = new Float64Array(study.zones.length);
  offers.workplace.forEach((row, j) => {
    if (workplaceZone[row] >= 0) byZone[workplaceZone[row]] += offers.posts[j];
  });
  // The second zone: the fair stands in reach of the first.
  const zone = [...byZone.keys()]
    .filter((one) => one !== workplaceZone[where])
    .sort((a, b) => byZone[b] - byZone[a])[0];
  if (where < 0 || zone === undefined) return null;
  return jobFair(transit, studyOffers(study), {
    minutesToFair: Float64Array.from(
      { length: transit.rows },
      (_, home) => transit.values[home * transit.columns + where],
    ),
    brought: Int32Array.from([...offers.workplace.keys()].filter((j) => workplaceZone[offers.workplace[j]] === zone)),
  });
}
