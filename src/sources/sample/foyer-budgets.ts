/** A foyer in the eyes of the planted rules: who is in it and how it is housed. */
export interface FoyerKind {
  readonly adults: 1 | 2;
  /** Children of the foyer, under 25. */
  readonly dependants: number;
  /** Those of them under 20: the family allowances. */
  readonly under20: number;
  /** Of the adults, how many work. */
  readonly earners: 0 | 1 | 2;
  readonly housing: "owner" | "tenant" | "free";
  /** Somebody of 25 to 64 years, or a child: else no RSA. */
  readonly rsaAge: boolean;
}

/** The planted benefits and tax, plain on purpose. Amounts in EUR a month unless said, of 2020; scales per person of the foyer. */
export const budgetModel = {
  rsa_1_personne: 564.78,
  prime_1_personne: 553.16,
  prime_part_du_travail: 0.61,
  bonification_par_personne_qui_travaille: { nulle_jusqu_a: 598.85, entiere_des: 1_218, au_plus: 160.98 },
  echelle: "1 ; + 0,5 la deuxième personne ; + 0,3 les suivantes ; + 0,4 à partir du troisième enfant",
  forfait_rsa_et_prime: [0.12, 0.24, 0.297],
  forfait_c2s_proprietaire_ou_gratuit: [0.12, 0.21, 0.252],
  forfait_c2s_locataire_au_plus: [0.12, 0.24, 0.297],
  allocations_familiales: { deux_enfants: 131.95, par_enfant_de_plus: 169.05, moins_de: 20 },
  aide_au_logement: { seul: 225, couple: 280, un_enfant: 320, par_enfant_de_plus: 50, baisse: 0.36 },
  aide_selon_le_revenu:
    "entière jusqu'au revenu où le RSA s'éteint, puis moindre de « baisse » euro par euro ; locataires seulement",
  impot: { taux: 0.11, franchise_eur_an_par_part: 15_000 },
  oublies:
    "ASPA, AAH, majorations du RSA et des allocations, abattements des ressources : rien de cela n'est planté ; les gains sont partagés également entre ceux qui travaillent",
} as const;

/** Yearly amounts of a foyer whose market income (after social levies, before tax) is `market`. */
export interface FoyerBudget {
  readonly rsa: number;
  readonly disposable: number;
  /** Resources in the sense of the C2S. */
  readonly resources: number;
}

const bySize = (values: readonly [number, number, number], persons: number): number => values[Math.min(persons, 3) - 1];

/** Persons of the foyer. */
export const foyerPersons = ({ adults, dependants }: FoyerKind): number => adults + dependants;

function scale({ adults, dependants }: FoyerKind): number {
  const couple = adults === 2 ? 0.5 : 0;
  const first = dependants === 0 ? 0 : adults === 2 ? 0.3 : 0.5;
  return 1 + couple + first + (dependants > 1 ? 0.3 : 0) + 0.4 * Math.max(0, dependants - 2);
}

/** What the prime adds for each person who works, EUR a year: nothing for a small job, all from a large one. */
function earnersBonus(earners: number, market: number): number {
  const { nulle_jusqu_a, entiere_des, au_plus } = budgetModel.bonification_par_personne_qui_travaille;
  const over = (market / 12 / earners - nulle_jusqu_a) / (entiere_des - nulle_jusqu_a);
  return 12 * earners * au_plus * Math.min(1, Math.max(0, over));
}

/** Housing benefit of a tenant without income, EUR a year. */
function fullHousingBenefit({ adults, dependants }: FoyerKind): number {
  const { seul, couple, un_enfant, par_enfant_de_plus } = budgetModel.aide_au_logement;
  if (dependants === 0) return 12 * (adults === 2 ? couple : seul);
  return 12 * (un_enfant + par_enfant_de_plus * (dependants - 1));
}

/**
 * From market income to disposable income and to the resources that the C2S counts. Resources grow with market income, the RSA falls; disposable income grows too, but for
 * the foyers who work between the base of the prime and that of the RSA, where it falls by 0.39 EUR a euro (55 EUR a year for one person).
 */
export function foyerBudget(kind: FoyerKind, market: number): FoyerBudget {
  const m = budgetModel;
  const persons = foyerPersons(kind);
  const one = 12 * m.rsa_1_personne;
  const fullRsa = one * scale(kind);
  const fullPrime = 12 * m.prime_1_personne * scale(kind);
  const { deux_enfants, par_enfant_de_plus } = m.allocations_familiales;
  const family = kind.under20 < 2 ? 0 : 12 * (deux_enfants + par_enfant_de_plus * (kind.under20 - 2));
  const flat = one * bySize(m.forfait_rsa_et_prime, persons);
  const rsaEnd = Math.max(0, fullRsa - family - flat);
  const fallen = m.aide_au_logement.baisse * Math.max(0, market - rsaEnd);
  const housing = kind.housing === "tenant" ? Math.max(0, fullHousingBenefit(kind) - fallen) : 0;
  const counted = kind.housing === "tenant" ? Math.min(housing, flat) : flat;
  const rsa = kind.rsaAge ? Math.max(0, fullRsa - market - family - counted) : 0;
  const prime =
    kind.earners === 0
      ? 0
      : fullPrime +
        earnersBonus(kind.earners, market) +
        m.prime_part_du_travail * market -
        Math.max(fullPrime, market + family + counted);
  const parts = kind.adults + 0.5 * Math.min(2, kind.dependants) + Math.max(0, kind.dependants - 2);
  const tax = m.impot.taux * Math.max(0, market - m.impot.franchise_eur_an_par_part * parts);
  const forfait =
    kind.housing === "tenant"
      ? Math.min(housing, one * bySize(m.forfait_c2s_locataire_au_plus, persons))
      : one * bySize(m.forfait_c2s_proprietaire_ou_gratuit, persons);
  return {
    rsa,
    disposable: market + rsa + Math.max(0, prime) + family + housing - tax,
    resources: market + family + forfait,
  };
}
