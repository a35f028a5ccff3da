/** Every number between the counts and the map, for one axis and one category. Square tables are row-major, in the order of `labels`. */
export interface McaSteps {
  readonly labels: readonly string[];
  /** n (the sum of the weights when there are any), Q and J. */
  readonly people: number;
  readonly questions: number;
  readonly categories: number;
  /** Step 1. Burt table: people in both categories; its diagonal holds the counts n_k. */
  readonly burt: Float64Array;
  /** Step 2. S_kl = (n_kl/n - n_k/n · n_l/n) / (Q sqrt(n_k/n · n_l/n)), and one of its cells in detail. */
  readonly standardised: Float64Array;
  readonly cell: CellSteps;
  /** Step 3. One eigenvector v, and row k of the product S v, term by term. */
  readonly axis: AxisSteps;
  /** Step 4. The category: coordinate, contribution, squared cosine, v-test. */
  readonly category: CategorySteps;
  /** Step 5. What must be true of any analysis. */
  readonly identities: IdentitySteps;
  /** The same numbers as `mca` gives them. */
  readonly library: Pick<CategorySteps, "coordinate" | "contribution" | "cos2" | "test"> & {
    readonly eigenvalue: number;
  };
}

/** The cell of S that weighs most in the category's row of the product. */
export interface CellSteps {
  readonly labels: readonly [string, string];
  readonly pairCount: number;
  readonly counts: readonly [number, number];
  /** n_k n_l / n: people in both, if the answers did not go together. */
  readonly expectedCount: number;
  readonly numerator: number;
  readonly denominator: number;
  readonly value: number;
}

export interface AxisSteps {
  readonly number: number;
  readonly eigenvalue: number;
  readonly vector: Float64Array;
  /** S_kl, v_l and their product, for each l. */
  readonly terms: readonly {
    readonly label: string;
    readonly cell: number;
    readonly component: number;
    readonly product: number;
  }[];
  readonly sumOfTerms: number;
  readonly eigenvalueTimesComponent: number;
  /** Largest gap between S v and λ v over all rows. */
  readonly largestGap: number;
}

export interface CategorySteps {
  readonly label: string;
  readonly count: number;
  /** f = n_k/n. */
  readonly share: number;
  readonly component: number;
  readonly rootOfEigenvalue: number;
  /** sqrt(Q/f). */
  readonly rootOfQuestionsOverShare: number;
  /** g = v sqrt(λ) sqrt(Q/f). */
  readonly coordinate: number;
  /** Inertia along the axis, f g²/Q, whose sum over the categories is λ. */
  readonly inertia: number;
  /** 100 f g²/(Q λ), that is 100 v². */
  readonly contribution: number;
  /** (1-f)/f. */
  readonly squaredDistance: number;
  /** g² over the squared distance. */
  readonly cos2: number;
  /** Mean of the coordinates of the category's people, from their answers; over sqrt(λ), it is g again. */
  readonly meanOfPeople: number;
  readonly meanOverRoot: number;
  /** n of the v-test, and g sqrt((n-1) f/(1-f)). */
  readonly testedPeople: number;
  readonly test: number;
}

export interface IdentitySteps {
  /** J/Q - 1, the sum of the diagonal of S, and the sum of the eigenvalues. */
  readonly categoriesOverQuestionsLessOne: number;
  readonly diagonalSum: number;
  readonly sumOfEigenvalues: number;
  /** 100. */
  readonly sumOfContributions: number;
  /** λ. */
  readonly meanOfEta2: number;
}
