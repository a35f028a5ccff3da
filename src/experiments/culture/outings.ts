import { type Practice, type PracticeSurvey, practiceOf, type Wish } from "./practice-survey.ts";

/** An outing for which the chapter knows the three sides: a kind of place, a practice, a wish. */
export interface Outing {
  readonly practice: Practice;
  readonly wish: Wish;
  /** Code of the places of 2023 where one goes for it. */
  readonly typequ: string;
  /** 1: would have liked to go, and did not; 0 otherwise; NaN when either answer is missing. */
  readonly unmet: Float64Array;
}

/** Places of the BPE of 2023 that go with each practice: « arts du spectacle » serves the theatre and the concert. */
const placeOf: Readonly<Record<string, string>> = {
  biblio: "F307",
  cinema: "F303",
  musee: "F312",
  theatre: "F315",
  concert: "F315",
};

/** The outings whose wish the survey asks; none where it does not. */
export function outingsOf(survey: PracticeSurvey): readonly Outing[] {
  return (survey.homes?.wishes ?? []).flatMap((wish) => {
    const practice = practiceOf(survey, wish.practice);
    const typequ = placeOf[wish.practice];
    if (!practice || !typequ) return [];
    return [
      {
        practice,
        wish,
        typequ,
        unmet: wish.wanted.map((wanted, row) =>
          Number.isNaN(wanted) || Number.isNaN(practice.answers[row])
            ? Number.NaN
            : Number(wanted === 1 && practice.answers[row] === 0),
        ),
      },
    ];
  });
}
