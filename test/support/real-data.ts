import { existsSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "../../../shared/data");

/** The folder of the publishers' files where the machine has it, or null: tests on real input say that they were skipped. */
export const realData: string | null = existsSync(join(folder, "hackaviz2021_qpv_occitanie/qp.csv")) ? folder : null;
