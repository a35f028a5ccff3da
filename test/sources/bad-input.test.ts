import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { QuartiersError } from "../../src/codes/errors.ts";
import { numbers, reasonAt, texts } from "../../src/codes/table.ts";
import { c2sBeneficiairesContract } from "../../src/sources/c2s-beneficiaires.ts";
import { type Contract, noSecrecy } from "../../src/sources/contract.ts";
import { odcsYaml } from "../../src/sources/contracts/odcs.ts";
import { demandeursEmploiRomeContract } from "../../src/sources/demandeurs-emploi-rome.ts";
import { loadShapes, loadTable } from "../../src/sources/load.ts";
import { isAvailable, whyMissing } from "../../src/sources/locate.ts";
import { offresEmploiContract } from "../../src/sources/offres-emploi.ts";
import { qpvPerimetresContract } from "../../src/sources/qpv-perimetres.ts";
import type { Terms } from "../../src/sources/terms.ts";
import { openTerritory } from "../../src/sources/territory.ts";

const contract: Contract = {
  id: "essai",
  title: "Fichier d'essai",
  publisher: "Insee",
  licence: "Licence Ouverte 2.0",
  vintage: "2021",
  url: "https://www.insee.fr/essai",
  geography: "QPV 2015",
  unit: "quartier",
  access: "public",
  files: ["essai/a.csv", "essai/b.csv"],
  format: "csv",
  csv: { separator: ";", encoding: "utf-8", decimal: "," },
  columns: [
    { name: "code_qp", type: "qpv2015", label: "Quartier", required: true },
    { name: "insee_com", type: "commune", label: "Commune", required: true, knownTo: "communes" },
    { name: "nom", type: "text", label: "Nom" },
    {
      name: "taux",
      type: "number",
      label: "Taux",
      unit: "%",
      range: [0, 100],
      missing: { "": "nd", s: "s", ns: "ns" },
    },
    { name: "nombre", type: "integer", label: "Nombre", unit: "personnes", summable: true, suspiciousZero: true },
  ],
  key: ["code_qp", "insee_com"],
  published: true,
  secrecy: noSecrecy,
};

const header = "code_qp;insee_com;nom;taux;nombre";
const good = `${header}\nQP000001;00001;Été;12,5;40\nQP000002;00002;"Un; deux ""trois""";s;0\n\nQP000003;00099;;ns;\nQP000004;00001;x;;7\n`;
const communes = JSON.stringify([
  {
    code: "00001",
    nom: "Un",
    departement: "00",
    region: "00",
    type: "commune-actuelle",
    population: 10,
    anciensCodes: ["00099"],
  },
  { code: "00002", nom: "Deux", departement: "00", region: "00", type: "commune-actuelle", population: 10 },
]);

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sources-[é]'-"));
  put("communes/communes.json", communes);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(file: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), content);
}

const territory = () => openTerritory({ territory: "exemple", data: folder, purpose: "essai" });

/** A contract that both sides signed for the purpose of these tests, as it stands beside a partner's file. */
function sign(partner: Contract): void {
  const by = (role: "fournisseur" | "programme") =>
    ({ organisation: `${role} (fictif)`, role, name: "Personne (fictif)", on: "2022-01-10" }) as const;
  const terms: Terms = {
    legalBasis: "convention d'essai",
    purposes: ["essai"],
    recipients: ["les essais"],
    retention: "2099-12-31",
    permission: { status: "accordée", on: "2022-01-10", by: "fournisseur (fictif)" },
    signatures: [by("fournisseur"), by("programme")],
  };
  put(join(dirname(partner.files[0] ?? ""), "contrat.yaml"), odcsYaml({ ...partner, terms }));
}

async function refusal(of: Contract, file: string, content: string | Uint8Array): Promise<string> {
  put(file, content);
  const error = await (of.format === "geojson" ? loadShapes(territory(), of) : loadTable(territory(), of)).then(
    () => new Error("accepté"),
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(QuartiersError);
  return (error as Error).message;
}
const refusedCsv = (content: string | Uint8Array): Promise<string> => refusal(contract, "essai/a.csv", content);

describe("a good file", () => {
  test("keeps codes as text, signs as reasons, and a hidden zero as secret", async () => {
    put("essai/b.csv", `\uFEFF${good.replaceAll("\n", "\r\n")}`);
    const t = await loadTable(territory(), contract);
    expect(texts(t, "insee_com").values).toEqual(["00001", "00002", "00099", "00001"]);
    expect(texts(t, "nom").values).toEqual(["Été", 'Un; deux "trois"', "", "x"]);
    expect([0, 1, 2, 3].map((row) => reasonAt(numbers(t, "taux"), row))).toEqual([null, "s", "ns", "nd"]);
    expect([0, 1, 2, 3].map((row) => reasonAt(numbers(t, "nombre"), row))).toEqual([null, "s", "nd", null]);
    expect(Array.from(numbers(t, "taux").values)).toEqual([12.5, Number.NaN, Number.NaN, Number.NaN]);
    expect(t.lineage[0]).toMatchObject({ id: "essai", file: "essai/b.csv", synthetic: true });
  });

  test("reads on when empty lines come before the header", async () => {
    put("essai/a.csv", `\n\n${good}`);
    expect(texts(await loadTable(territory(), contract), "code_qp").values).toEqual([
      "QP000001",
      "QP000002",
      "QP000003",
      "QP000004",
    ]);
  });

  test("reads Latin-1 when its contract says so", async () => {
    put("essai/a.csv", Buffer.from(good, "latin1"));
    const latin: Contract = { ...contract, csv: { separator: ";", encoding: "latin1", decimal: "," } };
    expect(texts(await loadTable(territory(), latin), "nom").values[0]).toBe("Été");
  });
});

describe("a bad file is refused with one message", () => {
  test("missing: candidates, publisher and address", async () => {
    expect(isAvailable(territory(), contract)).toBe(false);
    expect(whyMissing(territory(), contract)).toContain("essai/a.csv ni essai/b.csv");
    await expect(loadTable(territory(), contract)).rejects.toThrow(
      /introuvable.*essai\/a\.csv ou essai\/b\.csv.*Insee.*https:\/\/www\.insee\.fr\/essai/,
    );
  });
  test("too few fields", async () =>
    expect(await refusedCsv(good.replace("QP000004;00001;x;;7", "QP000004;00001"))).toMatch(
      /trop peu de champs.*2 champs.*a\.csv, ligne 6.*5 champs/,
    ));
  test("too many fields", async () =>
    expect(await refusedCsv(good.replace(";x;;7", ";x;y;;7"))).toMatch(/trop de champs.*ligne 6/));
  test("an unclosed quote", async () =>
    expect(await refusedCsv(good.replace('""trois"""', "trois"))).toMatch(/guillemet.*ligne 3/));
  test("a file cut in its last line", async () =>
    expect(await refusedCsv(good.slice(0, -1))).toMatch(/milieu d'une ligne.*ligne 6/));
  test("empty, or a header alone", async () => {
    expect(await refusedCsv("")).toContain("vide");
    expect(await refusedCsv(`${header}\n`)).toContain("aucune ligne de données");
  });
  test("Latin-1 where UTF-8 is promised", async () =>
    expect(await refusedCsv(Buffer.from(good, "latin1"))).toMatch(/Latin-1.*a\.csv, ligne 2/));
  test("UTF-8 where Latin-1 is promised", async () => {
    const latin: Contract = { ...contract, csv: { separator: ";", encoding: "latin1", decimal: "," } };
    expect(await refusal(latin, "essai/a.csv", good)).toMatch(/en UTF-8.*Latin-1.*ligne 2/);
  });
  test("accents already damaged", async () =>
    expect(await refusedCsv(good.replace("x;;7", "CafÃ©;;7"))).toMatch(/accents.*Ã©.*ligne 6/));
  test("a web page", async () =>
    expect(await refusedCsv("<!DOCTYPE html>\n<html><body>404</body></html>\n")).toMatch(/page web.*ligne 1/));
  test("a changed header", async () =>
    expect(await refusedCsv(good.replace("taux", "taux_2022"))).toMatch(
      /en-tête.*absentes : taux ; nouvelles : taux_2022/,
    ));
  test("an unknown commune; one merged since is known", async () =>
    expect(await refusedCsv(good.replace("QP000004;00001", "QP000004;00077"))).toMatch(
      /Commune inconnue.*00077.*ligne 6, colonne insee_com/,
    ));
  test("a commune without its leading zeros", async () =>
    expect(await refusedCsv(good.replace("QP000004;00001", "QP000004;1"))).toMatch(
      /mal formé.*«\u202f1\u202f».*ligne 6, colonne insee_com\. Attendu/,
    ));
  test("duplicated keys", async () =>
    expect(await refusedCsv(good.replace("QP000004", "QP000001"))).toMatch(
      /double.*QP000001 00001.*ligne 2 et ligne 6/,
    ));
  test("the wrong generation", async () =>
    expect(await refusedCsv(good.replace("QP000004", "QN00004M"))).toMatch(
      /génération 2024 là où l'on attend la génération 2015.*QN00004M.*ligne 6/,
    ));
  test("not a number, out of range, empty where required", async () => {
    expect(await refusedCsv(good.replace("12,5", "12.5"))).toMatch(
      /pas un nombre.*12\.5.*ligne 2, colonne taux.*« ns »/,
    );
    expect(await refusedCsv(good.replace("12,5", "112,5"))).toMatch(/bornes.*112,5.*entre 0 et 100/);
    expect(await refusedCsv(good.replace("QP000004;00001", "QP000004;"))).toMatch(
      /obligatoire est vide.*ligne 6, colonne insee_com/,
    );
    expect(await refusedCsv(good.replace(";40", ";4,5"))).toMatch(/nombre entier/);
  });
  test("many faults: the first ones named, all counted", async () => {
    const message = await refusedCsv(
      `${header}\n${Array.from({ length: 9 }, (_, i) => `QP00000${i + 1};00001;x;${200 + i};1`).join("\n")}\n`,
    );
    expect(message).toMatch(/200.*ligne 2.*9 valeurs refusées en tout.*ligne 3.*ligne 4/);
    expect(message).not.toContain("ligne 5");
  });
  test("a small count left in clear, without printing it", async () => {
    sign(demandeursEmploiRomeContract);
    sign(c2sBeneficiairesContract);
    const file = demandeursEmploiRomeContract.files[0] ?? "";
    const message = await refusal(
      demandeursEmploiRomeContract,
      file,
      "code_qp;code_rome;nombre\nQP000001;A1101;12\nQP000001;A1102;3\nQP000001;A1103;s\n",
    );
    expect(message).toMatch(/petit effectif.*ligne 3, colonne nombre/);
    expect(message).not.toContain("« 3 »");
    expect(message).not.toContain("\u202f3\u202f");
    const c2s = await refusal(
      c2sBeneficiairesContract,
      c2sBeneficiairesContract.files[0] ?? "",
      "code_qp;annee;sans_participation;avec_participation\nQP000001;2021;40;10\n",
    );
    expect(c2s).toContain("au moins 11");
  });
  test("a truncated or foreign JSON", async () => {
    const file = offresEmploiContract.files[0] ?? "";
    expect(
      await refusal(offresEmploiContract, file, '{"resultats":[\n{"id":"1","romeCode":"A1101"},\n{"id":"2","rom'),
    ).toMatch(/tronqué.*ligne 3/);
    expect(await refusal(offresEmploiContract, file, '{"offres":[]}')).toContain("resultats");
    expect(await refusal(offresEmploiContract, file, '{"resultats":[{"id":"1","code":"A1101"}]}')).toMatch(
      /romeCode.*id, code/,
    );
    expect(
      await refusal(
        offresEmploiContract,
        file,
        '{"resultats":[{"id":"1","romeCode":"A1101"},{"id":"2","romeCode":"1101"}]}',
      ),
    ).toMatch(/mal formé.*1101.*enregistrement 2, colonne romeCode/);
  });
  test("contours in metres, or open", async () => {
    const feature = (ring: number[][]) =>
      JSON.stringify({
        type: "FeatureCollection",
        features: [
          {
            type: "Feature",
            properties: {
              code_qp: "QP000001",
              nom_qp: "A",
              commune_qp: "Un",
              code_commune: "00001",
              nom_commune: "Un",
              code_departement: "00",
            },
            geometry: { type: "Polygon", coordinates: [ring] },
          },
        ],
      });
    const file = qpvPerimetresContract.files.at(-1) ?? "";
    expect(
      await refusal(
        qpvPerimetresContract,
        file,
        feature([
          [650_000, 6_800_000],
          [650_001, 6_800_000],
          [650_001, 6_800_001],
          [650_000, 6_800_000],
        ]),
      ),
    ).toMatch(/hors des degrés.*objet 1/);
    expect(
      await refusal(
        qpvPerimetresContract,
        file,
        feature([
          [1, 45],
          [1, 46],
          [2, 46],
          [2, 45],
        ]),
      ),
    ).toContain("fermé");
    put(
      file,
      feature([
        [1, 45],
        [1, 46],
        [2, 46],
        [1, 45],
      ]),
    );
    const { shapes } = await loadShapes(territory(), qpvPerimetresContract);
    expect(Array.from(shapes[0]?.polygons[0]?.[0] ?? [])).toEqual([1, 45, 1, 46, 2, 46, 1, 45]);
  });
});

describe("territories", () => {
  test("an unknown name lists the known ones", () =>
    expect(() => openTerritory({ territory: "atlantide" })).toThrow(/atlantide.*exemple, occitanie/));
  test("a name of Object is not a territory", () =>
    expect(() => openTerritory({ territory: "constructor" })).toThrow(/inconnu/));
  test("a missing folder", () =>
    expect(() => openTerritory({ territory: "occitanie", data: join(folder, "rien") })).toThrow(/introuvable.*rien/));
  test("a real territory needs a folder", () =>
    expect(() => openTerritory({ territory: "occitanie" })).toThrow(/--data/));
  test("invented files opened under a real name stay invented", () => {
    put("synthetique.json", "{}");
    expect(openTerritory({ territory: "occitanie", data: folder }).synthetic).toBe(true);
  });
});

describe("odd quotes and line ends", () => {
  test("a stray quote is read or refused, never a crash with the line in its message", async () => {
    put("essai/a.csv", good.replace("x;;7", 'x"y;;7'));
    const outcome = await loadTable(territory(), contract).then(
      (t) => texts(t, "nom").values[3],
      (error: unknown) => error,
    );
    if (typeof outcome === "string") expect(outcome).toBe('x"y');
    else {
      expect(outcome).toBeInstanceOf(QuartiersError);
      expect((outcome as Error).message).not.toContain('x"y');
    }
  });
  test("text after a closing quote", async () => {
    const message = await refusedCsv(good.replace("x;;7", '"x"y;;7'));
    expect(message).not.toContain("QP000004");
  });
  test("a line end inside quotes keeps line numbers right", async () => {
    expect(await refusedCsv(good.replace("Été", '"Été\nindien"').replace("QP000004;00001", "QP000004;00077"))).toMatch(
      /ligne 7, colonne insee_com/,
    );
  });
});
