import { acsCeilings2017, cmuCPeriods } from "./cmu-c-parameters.ts";

/**
 * The law of the Complémentaire santé solidaire as data: who published which amount, from when, by which article. Nothing is computed here.
 * CSS = Code de la sécurité sociale. Amounts are EUR per year for a foyer.
 */

/** "metropole": mainland France, Alsace-Moselle included. "drom": the places of L751-1 (Guadeloupe, Guyane, Martinique, La Réunion, Saint-Barthélemy, Saint-Martin). "mayotte": since 2024 only. */
export type C2sArea = "metropole" | "drom" | "mayotte";
/** "free": C2S without participation (before November 2019, CMU-C). "participation": C2S with a monthly participation (before, ACS). */
export type C2sRight = "free" | "participation";

export const c2sAreaLabels: Readonly<Record<C2sArea, string>> = {
  metropole: "France métropolitaine",
  drom: "DROM",
  mayotte: "Mayotte",
};
export const c2sRightLabels: Readonly<Record<C2sRight, string>> = {
  free: "gratuite",
  participation: "avec participation",
};

/** One published cell. */
export interface PublishedCeiling {
  /** First and last day of the amount, yyyy-mm-dd. */
  readonly from: string;
  readonly until: string;
  readonly area: C2sArea;
  readonly right: C2sRight;
  /** Persons in the foyer, 1 to 4, or "each-more" for the increment from the fifth. */
  readonly persons: 1 | 2 | 3 | 4 | "each-more";
  readonly eurYear: number;
  readonly status: "publié";
  /** Other amounts found in print for the same cell (see « lecture B » in `c2s-ceiling.ts`). */
  readonly otherReadings: readonly number[];
  readonly source: string;
  readonly article: string;
}

/** A period during which the ceilings do not move. */
export interface C2sPeriod {
  readonly from: string;
  readonly until: string;
  /** The 1-person ceiling kept to the cent, which the chain of upratings gives; in cents, so that products are exact. */
  readonly baseCents: number;
  /** Uprating from the base of `upratedFrom`, in thousandths (1.009 is 1009); null for the first period. */
  readonly upratingThousandths: number | null;
  readonly upratedFrom: string | null;
  readonly text: string;
}

/**
 * The chain of bases: 8 951.00 x 1.009 x 1.001 x 1.018 [x 1.04] x 1.056 x 1.046 x 1.017, kept to the cent at each step (L161-25 CSS; the coefficients
 * are those of the RSA on the same days). The cells of 2019 were made from 8 950.96, the uprating of 2020 from 8 951.00.
 */
export const c2sPeriods: readonly C2sPeriod[] = [
  {
    from: "2019-04-01",
    until: "2020-03-31",
    baseCents: 895_096,
    upratingThousandths: null,
    upratedFrom: null,
    text: "arrêté du 20 mars 2019",
  },
  {
    from: "2020-04-01",
    until: "2021-03-31",
    baseCents: 903_156,
    upratingThousandths: 1009,
    upratedFrom: "2019-04-01",
    text: "L161-25 CSS, +0,9 %",
  },
  {
    from: "2021-04-01",
    until: "2022-03-31",
    baseCents: 904_059,
    upratingThousandths: 1001,
    upratedFrom: "2020-04-01",
    text: "L161-25 CSS, +0,1 %",
  },
  {
    from: "2022-04-01",
    until: "2022-06-30",
    baseCents: 920_332,
    upratingThousandths: 1018,
    upratedFrom: "2021-04-01",
    text: "L161-25 CSS, +1,8 %",
  },
  {
    from: "2022-07-01",
    until: "2023-03-31",
    baseCents: 957_145,
    upratingThousandths: 1040,
    upratedFrom: "2022-04-01",
    text: "loi n° 2022-1158 du 16 août 2022, +4 %",
  },
  {
    from: "2023-04-01",
    until: "2024-03-31",
    baseCents: 971_871,
    upratingThousandths: 1056,
    upratedFrom: "2022-04-01",
    text: "L161-25 CSS, +5,6 % sur la base d'avril 2022",
  },
  {
    from: "2024-04-01",
    until: "2025-03-31",
    baseCents: 1_016_577,
    upratingThousandths: 1046,
    upratedFrom: "2023-04-01",
    text: "arrêté du 26 mars 2024, +4,6 %",
  },
  {
    from: "2025-04-01",
    until: "2026-03-31",
    baseCents: 1_033_859,
    upratingThousandths: 1017,
    upratedFrom: "2024-04-01",
    text: "L161-25 CSS, +1,7 %",
  },
];

/** The base from which 2020 was uprated, in cents (arrêté of 20 March 2019: 8 951 EUR). */
export const C2S_UPRATED_BASE_2019_CENTS = 895_100;

/** R861-3 CSS, in tenths: 1 for the first person, +0.5 for the second, +0.3 for the third and the fourth, +0.4 from the fifth. */
export const c2sCoefficientTenths: {
  readonly first: number;
  readonly second: number;
  readonly thirdAndFourth: number;
  readonly eachMore: number;
} = { first: 10, second: 5, thirdAndFourth: 3, eachMore: 4 };

/** L861-1, 2° CSS: the ceiling with participation is the free one +35 %. In hundredths. */
export const C2S_PARTICIPATION_HUNDREDTHS = 135;
/** D861-1 CSS: +11.3 % in the places of L751-1, and in Mayotte since 2024 (consumer tables; article not verified). In thousandths. */
export const C2S_OVERSEAS_THOUSANDTHS = 1113;
/** First day of the C2S in Mayotte; before it, none. */
export const C2S_MAYOTTE_SINCE = "2024-01-01";
/** Before this day the same ceilings were those of the CMU-C (free) and of the ACS (with participation). */
export const C2S_SINCE = "2019-11-01";

type Amount = number | { readonly eurYear: number; readonly others: readonly number[] };
interface PublishedRow {
  readonly from: string;
  readonly areas: readonly C2sArea[];
  readonly right: C2sRight;
  /** 1, 2, 3, 4 persons, each more; null where nothing was published. */
  readonly amounts: readonly (Amount | null)[];
  readonly source: string;
}

const or = (eurYear: number, ...others: readonly number[]): Amount => ({ eurYear, others });
const mainland = ["metropole"] as const;
const press2020 = "UFC-Que Choisir, barème du 1er avril 2020 ; autres lectures : service-public.fr";
const press2021 = "Linternaute, barème du 1er avril 2021 ; autres lectures : autres pages de presse";
const press2025 = "Éditions Francis Lefebvre et autres, barème du 1er avril 2025";

const rows: readonly PublishedRow[] = [
  {
    from: "2019-04-01",
    areas: mainland,
    right: "free",
    amounts: [8951, 13426, 16112, 18797, 3580],
    source: "arrêté du 20 mars 2019 (1 personne) et barème publié",
  },
  {
    from: "2019-04-01",
    areas: mainland,
    right: "participation",
    amounts: [12084, 18126, 21751, 25376, or(4834, 4833)],
    source: "arrêté du 20 mars 2019 (1 personne) et barème publié",
  },
  {
    from: "2020-04-01",
    areas: mainland,
    right: "free",
    amounts: [9032, or(13547, 13548), or(16257, 16258), or(18966, 18967), or(3612.62, 3613)],
    source: press2020,
  },
  {
    from: "2020-04-01",
    areas: mainland,
    right: "participation",
    amounts: [12193, or(18289, 18290), or(21947, 21948), or(25604, 25606), or(4877.04, 4877)],
    source: press2020,
  },
  {
    from: "2021-04-01",
    areas: mainland,
    right: "free",
    amounts: [9041, or(13561, 13562), or(16273, 16274), or(18985, 18986), 3616],
    source: press2021,
  },
  {
    from: "2021-04-01",
    areas: mainland,
    right: "participation",
    amounts: [12205, or(18307, 18308), or(21969, 21970), or(25630, 25631), 4882],
    source: press2021,
  },
  {
    from: "2022-04-01",
    areas: mainland,
    right: "free",
    amounts: [9203, null, null, null, null],
    source: "barème publié au 1er avril 2022",
  },
  {
    from: "2022-04-01",
    areas: mainland,
    right: "participation",
    amounts: [12424, null, null, null, null],
    source: "barème publié au 1er avril 2022",
  },
  {
    from: "2022-04-01",
    areas: ["drom"],
    right: "free",
    amounts: [10243, null, null, null, null],
    source: "barème publié au 1er avril 2022",
  },
  {
    from: "2022-04-01",
    areas: ["drom"],
    right: "participation",
    amounts: [13828, null, null, null, null],
    source: "barème publié au 1er avril 2022",
  },
  {
    from: "2022-07-01",
    areas: mainland,
    right: "free",
    amounts: [9571, null, null, null, null],
    source: "loi n° 2022-1158 (+4 %) ; tableau complet : note DSS/SD2A/2022/207, non vérifiée",
  },
  {
    from: "2023-04-01",
    areas: mainland,
    right: "free",
    amounts: [9719, 14578, 17494, 20409, 3887],
    source: "Lefebvre Dalloz, barème du 1er avril 2023",
  },
  {
    from: "2023-04-01",
    areas: mainland,
    right: "participation",
    amounts: [13120, 19680, 23616, 27553, 5248],
    source: "Lefebvre Dalloz, barème du 1er avril 2023",
  },
  {
    from: "2024-04-01",
    areas: mainland,
    right: "free",
    amounts: [10166, 15249, 18298, 21348, 4066],
    source: "arrêté du 26 mars 2024 ; UFC-Que Choisir",
  },
  {
    from: "2024-04-01",
    areas: mainland,
    right: "participation",
    amounts: [13724, 20586, 24703, 28820, 5490],
    source: "arrêté du 26 mars 2024 ; UFC-Que Choisir",
  },
  {
    from: "2024-04-01",
    areas: ["drom", "mayotte"],
    right: "free",
    amounts: [11315, 16972, 20366, 23760, 4526],
    source: "arrêté du 26 mars 2024 ; barème publié des DROM et de Mayotte",
  },
  {
    from: "2024-04-01",
    areas: ["drom", "mayotte"],
    right: "participation",
    amounts: [15275, 22912, 27494, 32077, 6110],
    source: "arrêté du 26 mars 2024 ; barème publié des DROM et de Mayotte",
  },
  {
    from: "2025-04-01",
    areas: mainland,
    right: "free",
    amounts: [10339, 15508, or(18609, 18610), 21711, 4135],
    source: press2025,
  },
  {
    from: "2025-04-01",
    areas: mainland,
    right: "participation",
    amounts: [or(13957, 13958), 20936, or(25123, 25124), or(29311, 29310, 29309), 5583],
    source: press2025,
  },
];

const sizes = [1, 2, 3, 4, "each-more"] as const;
const articleOf = (right: C2sRight, area: C2sArea): string =>
  `${right === "free" ? "L861-1, 1°" : "L861-1, 2°"}, ${area === "metropole" ? "" : "D861-1 (+11,3 %), "}R861-3 CSS`;

/** Every published cell of the C2S ceilings since 1 April 2019: the authority, with which the chain of upratings is compared. */
export const publishedCeilings: readonly PublishedCeiling[] = cellsOf(rows);

/** Those of the ACS that were published before (April 2017). */
export const publishedAcsCeilings: readonly PublishedCeiling[] = cellsOf([
  {
    from: "2017-04-01",
    areas: mainland,
    right: "participation",
    amounts: acsCeilings2017,
    source: "barème de l'ACS publié au 1er avril 2017",
  },
]);

function cellsOf(of: readonly PublishedRow[]): PublishedCeiling[] {
  return of.flatMap(({ from, areas, right, amounts, source }) =>
    areas.flatMap((area) =>
      sizes.flatMap((persons, i): PublishedCeiling[] => {
        const amount = amounts[i] ?? null;
        if (amount === null) return [];
        const { eurYear, others } = typeof amount === "number" ? { eurYear: amount, others: [] } : amount;
        const until = [...cmuCPeriods, ...c2sPeriods].find((period) => period.from === from)?.until ?? from;
        return [
          {
            from,
            until,
            area,
            right,
            persons,
            eurYear,
            status: "publié",
            otherReadings: others,
            source,
            article: articleOf(right, area),
          },
        ];
      }),
    ),
  );
}

/** One age group of the participation. */
export interface ParticipationRate {
  /** Age reached on 1 January of the year of award, both ends included. */
  readonly fromAge: number;
  readonly toAge: number;
  /** EUR a month and a person, general scheme. */
  readonly generalEurMonth: number;
  /** EUR a month and a person, régime local d'Alsace-Moselle. */
  readonly alsaceMoselleEurMonth: number;
}

/** Participation by age (L861-11 CSS and its arrêté), since 2019-11-01; confirmed by the arrêté of 29 December 2023. */
export const participationRates: readonly ParticipationRate[] = [
  { fromAge: 0, toAge: 29, generalEurMonth: 8, alsaceMoselleEurMonth: 2.8 },
  { fromAge: 30, toAge: 49, generalEurMonth: 14, alsaceMoselleEurMonth: 4.9 },
  { fromAge: 50, toAge: 59, generalEurMonth: 21, alsaceMoselleEurMonth: 7.3 },
  { fromAge: 60, toAge: 69, generalEurMonth: 25, alsaceMoselleEurMonth: 8.7 },
  { fromAge: 70, toAge: 130, generalEurMonth: 30, alsaceMoselleEurMonth: 10.5 },
];
