import { bpeIrisContract } from "./bpe-iris.ts";
import { cultureTypequ2018 } from "./bpe-typequ.ts";
import type { Contract } from "./contract.ts";

const codes = [...cultureTypequ2018.labels.keys()];

/** Cultural facilities of the whole country in 2018, by IRIS. */
export const bpeCultureFranceContract: Contract = {
  ...bpeIrisContract,
  id: "bpe-culture-france",
  title: "Base permanente des équipements, équipements culturels de France, par IRIS",
  files: ["insee_doremifasoldata/bpe18_F3_culture_iris_france.csv", "bpe-iris/bpe18_F3_culture_iris_france.csv"],
  columns: bpeIrisContract.columns.map((column) => {
    if (column.name === "TYPEQU") return { ...column, values: codes };
    return column.name === "NB_EQUIP" ? { ...column, range: [1, 50] as const } : column;
  }),
  notes: [
    ...(bpeIrisContract.notes ?? []),
    "Codes F303 à F306 de 2018 seulement\u00a0: libellés non lus à l'Insee (voir la table datée des codes). Ni bibliothèques, ni équipements sans code cette année-là.",
    "4 490 lignes, 4 841 équipements. Les codes changent en 2021\u00a0: aucune série ne se trace à travers.",
  ],
};
