import { bpeIrisContract } from "./bpe-iris.ts";
import type { Contract } from "./contract.ts";

/** The same file of 2018 for Bretagne and Pays de la Loire. */
export const bpeIrisOuestContract: Contract = {
  ...bpeIrisContract,
  id: "bpe-iris-ouest",
  title: "Base permanente des équipements, par IRIS, Bretagne et Pays de la Loire",
  files: ["insee_doremifasoldata/bpe18_ensemble_iris_bretagne_pdl.csv", "bpe-iris/bpe18_ensemble_iris_ouest.csv"],
  notes: [
    ...(bpeIrisContract.notes ?? []),
    "103 684 lignes, régions 52 et 53\u00a0; 48 % des DCIRIS portent un «\u00a0_\u00a0».",
  ],
};
