import { weightedQuantiles } from "./weighted-quantile.ts";

/** Values and weights gathered one by one into buffers that grow, for their quantiles. Weights of 0 are left out. */
export class WeightedValues {
  #values = new Float64Array(256);
  #weights = new Float64Array(256);
  #length = 0;

  add(value: number, weight: number): void {
    if (!(weight > 0)) return;
    if (this.#length === this.#values.length) {
      const [values, weights] = [new Float64Array(2 * this.#length), new Float64Array(2 * this.#length)];
      values.set(this.#values);
      weights.set(this.#weights);
      this.#values = values;
      this.#weights = weights;
    }
    this.#values[this.#length] = value;
    this.#weights[this.#length++] = weight;
  }

  /** By the convention of `weightedQuantiles`; Infinity when nothing was gathered: nothing can be reached. */
  quantiles(probabilities: readonly number[]): Float64Array {
    if (this.#length === 0) return new Float64Array(probabilities.length).fill(Number.POSITIVE_INFINITY);
    const values = this.#values.subarray(0, this.#length);
    return weightedQuantiles(values, this.#weights.subarray(0, this.#length), probabilities);
  }
}
