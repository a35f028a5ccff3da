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
  /** Somebody of 25 or older, or a child: else no RSA. */
  readonly rsaAge: boolean;
}

/** The planted benefits and tax, plain on purpose. Amounts in EUR a month unless said, of 2020; scales per person of the foyer. */
export const budgetModel = {
  rsa_1_personne: 564.78,
  prime_1_personne: 553.71,
  prime_part_du_travail: 0.61,
  echelle: "1 ; + 0,5 la deuxième personne ; + 0,3 les suivantes ; + 0,4 à partir du troisième enfant",
  forfait_rsa_et_prime: [0.12, 0.24, 0.297],
  forfait_c2s_proprietaire_ou_gratuit: [0.12, 0.21, 0.252],
  forfait_c2s_locataire_au_plus: [0.12, 0.24, 0.297],
  allocations_familiales: { deux_enfants: 131.95, par_enfant_de_plus: 169.05, moins_de: 20 },
  aide_au_logement: { une_personne: 215, par_personne_de_plus: 55, personnes_comptees: 6, baisse: 0.3 },
  impot: { taux: 0.11, franchise_eur_an_par_part: 15_000 },
  oublies:
    "ASPA, AAH, majorations du RSA et des allocations, bonification de la prime, abattements des ressources : rien de cela n'est planté",
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

/**
 * From market income to disposable income and to the resources that the C2S counts. Resources grow with market income, the RSA falls; disposable income grows too, but for
 * the foyers who work between the base of the prime and that of the RSA, where it falls by 0.39 EUR a euro (52 EUR a year for one person).
 */
export function foyerBudget(kind: FoyerKind, market: number): FoyerBudget {
  const m = budgetModel;
  const persons = foyerPersons(kind);
  const one = 12 * m.rsa_1_personne;
  const fullRsa = one * scale(kind);
  const fullBonus = 12 * m.prime_1_personne * scale(kind);
  const { deux_enfants, par_enfant_de_plus } = m.allocations_familiales;
  const family = kind.under20 < 2 ? 0 : 12 * (deux_enfants + par_enfant_de_plus * (kind.under20 - 2));
  const { une_personne, par_personne_de_plus, personnes_comptees, baisse } = m.aide_au_logement;
  const fullHousing = 12 * (une_personne + par_personne_de_plus * (Math.min(persons, personnes_comptees) - 1));
  const housing = kind.housing === "tenant" ? Math.max(0, fullHousing - baisse * Math.max(0, market - fullRsa)) : 0;
  const flat = one * bySize(m.forfait_rsa_et_prime, persons);
  const counted = kind.housing === "tenant" ? Math.min(housing, flat) : flat;
  const rsa = kind.rsaAge ? Math.max(0, fullRsa - market - family - counted) : 0;
  const bonus =
    kind.earners === 0
      ? 0
      : Math.max(0, fullBonus + m.prime_part_du_travail * market - Math.max(fullBonus, market + family + counted));
  const parts = kind.adults + 0.5 * Math.min(2, kind.dependants) + Math.max(0, kind.dependants - 2);
  const tax = m.impot.taux * Math.max(0, market - m.impot.franchise_eur_an_par_part * parts);
  const forfait =
    kind.housing === "tenant"
      ? Math.min(housing, one * bySize(m.forfait_c2s_locataire_au_plus, persons))
      : one * bySize(m.forfait_c2s_proprietaire_ou_gratuit, persons);
  return {
    rsa,
    disposable: market + rsa + bonus + family + housing - tax,
    resources: market + family + forfait,
  };
}
