import { numbers, reasonAt, type Table, texts } from "../../codes/table.ts";
import { marginTargets } from "../../models/calibration/margin-targets.ts";
import { type SeedVariable, seedColumns } from "../../models/calibration/seed-columns.ts";
import { type SeedHouseholds, tenures } from "../../models/microsimulation/seed-households.ts";
import type { CommuneHousing } from "./commune-housing.ts";
import { householdCounts } from "./household-counts.ts";
import { type AreaMarginSet, type AreaMargins, householdOfPerson, type MarginKind } from "./margin-sets.ts";
import { profileMargins } from "./profile-margins.ts";

export interface AreaMarginsInput {
  /** Neighbourhoods with the columns of `qpv-indicateurs` and `code_commune` (`loadNeighbourhoods`). */
  readonly places: Table;
  readonly seed: SeedHouseholds;
  /** Used when there is no partner's profile. */
  readonly communes?: ReadonlyMap<string, CommuneHousing>;
  /** `menages-qpv` and `profil-qpv`, together: six margins replace those of the indicators. */
  readonly households?: Table;
  readonly profiles?: Table;
}

/**
 * Margins on which the seed is calibrated in each neighbourhood: those of the partner's files when both are there, else what the published indicators say.
 * What is missing is left out of that area and counted, never replaced. O(areas x persons of the seed).
 */
export function areaMargins({ places, seed, communes, households, profiles }: AreaMarginsInput): AreaMargins {
  return households && profiles
    ? profileMargins({ places, seed, households, profiles })
    : indicatorMargins(places, seed, communes ?? new Map());
}

const owner = tenures.indexOf("owner");
const softness = { ménages: 0.25, propriétaires: 0.5 };
const reasons: Readonly<Record<string, string>> = {
  habitants:
    "population municipale, tenue exactement ; erreur de sondage d'un recensement à 40 % (communes de 10 000 habitants et plus), nulle au-dessous",
  jeunesse:
    "indice publié à 0,1 près : les moins de 20 ans moins l'indice fois les 60 ans et plus font 0 ; arrondi et sondage",
  emploi:
    "taux d'emploi des 15 à 64 ans : actifs occupés moins le taux fois les 15 à 64 ans font 0 ; arrondi et sondage",
  ménages:
    "habitants sur la taille moyenne des ménages de la COMMUNE, faute de celle du quartier : souple ; les quartiers s'en écartent couramment de 15 %",
  propriétaires:
    "niveau : celui des poids de départ ; écarts entre quartiers : ceux des communes (rapport des cotes), faute de ceux des quartiers ; très souple",
};

function indicatorMargins(
  places: Table,
  seed: SeedHouseholds,
  communes: ReadonlyMap<string, CommuneHousing>,
): AreaMargins {
  const codes = texts(places, "code_qp").values;
  const hosts = places.columns.code_commune ? texts(places, "code_commune").values : [];
  const population = numbers(places, "pop_mun");
  const counts = householdCounts(seed);
  const personHouseholds = householdOfPerson(seed);
  const ownersOf = ownerShares(seed, hosts, communes);
  const leftOut: string[][] = codes.map(() => []);
  const relative = new Map<string, number[]>(Object.keys(reasons).map((name) => [name, []]));
  const sets = codes.flatMap((area, row): AreaMarginSet[] => {
    const persons = population.values[row];
    if (!(persons > 0)) {
      leftOut[row]?.push("habitants : valeur absente");
      return [];
    }
    const known = (name: string, word: string): number => {
      const reason = reasonAt(numbers(places, name), row);
      if (reason !== null) leftOut[row]?.push(`${word} : valeur absente (${reason})`);
      return numbers(places, name).values[row];
    };
    const index = known("ind_jeune", "jeunesse");
    const rate = known("tx_tot_empl", "emploi") / 100;
    const host = communes.get(hosts[row] ?? "");
    const size = host?.meanSize ?? Number.NaN;
    const owners = ownersOf(hosts[row] ?? "");
    if (Number.isNaN(size)) leftOut[row]?.push("ménages : commune absente des fichiers");
    if (Number.isNaN(owners)) leftOut[row]?.push("propriétaires : commune absente du recensement (2 000 habitants)");
    // A census of 40 % of the addresses of the larger communes: variance 1.5 a household kept, each with its persons; the small ones are counted whole.
    const sampling = numbers(places, "pop_com").values[row] < 10_000 ? 0 : 1.5;
    const [young, old, working] = [0.26 * persons, 0.2 * persons, 0.62 * persons];
    const margins: readonly (Margin | null)[] = [
      {
        variable: {
          of: "persons",
          name: "habitants",
          categories: ["ensemble"],
          codes: new Uint8Array(seed.age.length),
        },
        target: persons,
        sd: Math.sqrt(sampling * persons * 2.9),
        base: persons,
        ridge: 0,
      },
      Number.isNaN(index)
        ? null
        : {
            variable: quantity("jeunesse", (h) => counts.young[h] - index * counts.old[h]),
            target: 0,
            sd: Math.hypot((0.05 / Math.sqrt(3)) * old, Math.sqrt(2 * sampling * (young + index * index * old))),
            base: young,
            ridge: 0,
          },
      Number.isNaN(rate)
        ? null
        : {
            variable: quantity("emploi", (h) => counts.employed[h] - rate * counts.working[h]),
            target: 0,
            sd: Math.hypot((0.0005 / Math.sqrt(3)) * working, Math.sqrt(1.5 * sampling * working * rate * (1 - rate))),
            base: rate * working,
            ridge: 0,
          },
      Number.isNaN(size)
        ? null
        : {
            variable: quantity("ménages", () => 1),
            target: persons / size,
            sd: (0.15 * persons) / size,
            base: persons / size,
            ridge: (softness.ménages * persons) / size,
          },
      Number.isNaN(owners)
        ? null
        : {
            variable: quantity("propriétaires", (h) => (seed.tenure[h] === owner ? 1 : 0) - owners),
            target: 0,
            sd: (0.15 * persons) / (size || 2.2),
            base: (owners * persons) / (size || 2.2),
            ridge: (softness.propriétaires * owners * persons) / (size || 2.2),
          },
    ];
    const held = margins.filter((margin) => margin !== null);
    for (const { variable, sd, base } of held) relative.get(variable.name)?.push(sd / base);
    const columns = seedColumns({
      households: seed.households,
      householdOfPerson: personHouseholds,
      variables: held.map(({ variable }) => variable),
    });
    const totals = held.map(({ variable, target }) => [
      variable.name,
      variable.of === "quantity" ? target : { ensemble: target },
    ]);
    return [
      {
        rows: [row],
        areas: [area],
        columns,
        targets: marginTargets(columns, Object.fromEntries(totals)),
        ridge: Float64Array.from(held, ({ ridge }) => ridge),
        targetSd: Float64Array.from(held, ({ sd }) => sd),
      },
    ];
  });
  const kinds = [...relative].map(
    ([name, list]): MarginKind => ({
      name,
      areas: list.length,
      softness: name === "ménages" || name === "propriétaires" ? softness[name] : 0,
      relativeSd: list.reduce((sum, sd) => sum + sd, 0) / list.length,
      reason: reasons[name] ?? "",
    }),
  );
  return {
    sets,
    kinds,
    leftOut,
    notes: [
      "Les marges de jeunesse et d'emploi dépendent du taux de chaque quartier : chacun a ses propres colonnes.",
      "La population municipale compte aussi les habitants des communautés, que les ménages représentent ici.",
      "Taille et propriétaires sont tirés de la commune : ces deux marges rapprochent, elles ne décrivent pas le quartier.",
      "Couverture par la CAF : un contrôle, non une marge (elle mêle prestations familiales, logement et minima).",
    ],
  };

  function quantity(name: string, ofHousehold: (household: number) => number): SeedVariable {
    return { of: "quantity", name, values: Float64Array.from({ length: seed.households }, (_, h) => ofHousehold(h)) };
  }
}

const logit = (share: number): number => Math.log(share / (1 - share));

/** Share of owners of a neighbourhood: the level of the start weights, moved by how its commune differs from the mean of the host communes (odds). */
function ownerShares(
  seed: SeedHouseholds,
  hosts: readonly string[],
  communes: ReadonlyMap<string, CommuneHousing>,
): (host: string) => number {
  let [owners, all] = [0, 0];
  for (let h = 0; h < seed.households; h++) {
    all += seed.weight[h];
    if (seed.tenure[h] === owner) owners += seed.weight[h];
  }
  const known = hosts.map((host) => communes.get(host)?.ownerShare ?? Number.NaN).filter(Number.isFinite);
  const mean = known.reduce((sum, share) => sum + logit(share), 0) / known.length;
  return (host) => {
    const moved = logit(owners / all) + logit(communes.get(host)?.ownerShare ?? Number.NaN) - mean;
    return 1 / (1 + Math.exp(-moved));
  };
}

interface Margin {
  readonly variable: SeedVariable;
  readonly target: number;
  readonly sd: number;
  /** What the error is compared with. */
  readonly base: number;
  readonly ridge: number;
}
