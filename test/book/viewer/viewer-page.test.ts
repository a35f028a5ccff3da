import { beforeAll, describe, expect, test } from "vitest";
import { typographyFaults } from "../../../src/book/typography.ts";
import { areaPanel, printedGap } from "../../../src/book/viewer/area-panel.ts";
import { areaRows, classOf, rankWords } from "../../../src/book/viewer/area-rows.ts";
import { answerHtml, periodSentence } from "../../../src/book/viewer/calculator-answer.ts";
import { calculatorForm, personFields } from "../../../src/book/viewer/calculator-form.ts";
import { rankedTable, rankingSentence } from "../../../src/book/viewer/ranked-table.ts";
import { readEuros, readHousehold } from "../../../src/book/viewer/read-household.ts";
import { mapLegend, townMaps } from "../../../src/book/viewer/town-maps.ts";
import { viewCsv, viewSvg } from "../../../src/book/viewer/view-files.ts";
import { openingState, viewerBody } from "../../../src/book/viewer/viewer-page.ts";
import { numberColumn, withColumns } from "../../../src/codes/table.ts";
import { areaViewer } from "../../../src/figures/area-viewer.ts";
import { entitlement } from "../../../src/models/benefits/c2s-entitlement.ts";
import { explainEntitlement } from "../../../src/models/benefits/c2s-explanation.ts";
import { type BundledViewer, type Sealed, VIEWER_MIME } from "../../../src/notebook/bundle.ts";
import { displaySymbol, show } from "../../../src/notebook/display.ts";
import { release } from "../../../src/protection/release.ts";
import { sampleViewer, sampleViewerOptions } from "../../figures/area-viewer-sample.ts";

const bundled = async (viewer = sampleViewer(12)): Promise<BundledViewer> =>
  ((await show(viewer)[displaySymbol]())[VIEWER_MIME] as Sealed<BundledViewer>).content;

let viewer: BundledViewer;
beforeAll(async () => {
  viewer = await bundled();
});
const state = (measure: string, hypothesis = "2024", town = "") => ({ measure, hypothesis, town, area: "" });
const prose = (html: string): string =>
  html
    .replace(/<(style|script|svg)[\s\S]*?<\/\1>/g, "")
    .replace(/<[^>]+>/g, "|")
    .replace(/&\w+;/g, "_");

describe("what travels from the notebook", () => {
  test("only the columns that the page reads, and nothing that was added to the value", async () => {
    const sly = { ...sampleViewer(6), secret: [1, 2, 3] };
    const content = JSON.stringify(await bundled(sly));
    expect(content).not.toContain('secret":');
    expect(Object.keys(viewer.areas.columns)).toEqual(["code_qp", "nom_qp", "ville"]);
    expect(viewer.estimates.columns["non_recours"]?.values).toContain("s");
    expect(viewer.sources).toHaveLength(1);
    expect(content).not.toContain("primary");
  });

  test("a value altered after the gate is refused when it is shown", () => {
    const made = sampleViewer(6);
    const column = made.estimates.columns["part"];
    if (column?.type === "number") column.values[0] = 0.9;
    expect(() => show(made)).toThrow(/modifiée après release/);
  });
});

describe("the list", () => {
  test("is ordered by probability, then by rank, never by the value alone", () => {
    const rows = areaRows(viewer, state("part"));
    const keys = rows.map(({ probability }) => probability ?? -1);
    expect(keys).toEqual([...keys].sort((a, b) => b - a));
    const unranked = areaRows(viewer, state("attendus"));
    expect(unranked.map(({ town }) => town)).toEqual(
      [...unranked.map(({ town }) => town)].sort((a, b) => a.localeCompare(b, "fr")),
    );
    expect(rankingSentence(viewer, state("attendus"))).toContain("ordre alphabétique");
  });

  test("says what cannot be ranked: over half of the areas, not exactly half", () => {
    expect(
      [rankWords(1, 6, 12), rankWords(1, 7, 12), rankWords(null, 3, 12)].map((said) => said.replaceAll("\u00a0", " ")),
    ).toEqual(["rang 1 à 6", "on ne peut pas classer (rang 1 à 7)", "sans rang"]);
    expect(rankingSentence(viewer, state("part"))).toContain("dont 3 que l’on ne peut pas classer");
  });

  test("a missing value says why, has no class and is hatched on the map", () => {
    const rows = areaRows(viewer, state("non-recours"));
    expect(new Set(rows.map(({ gap }) => gap))).toEqual(new Set([null, "non diffusé", "non disponible"]));
    const measure = viewer.measures[2];
    if (measure) expect(classOf(viewer, measure, null)).toBe(-1);
    const map = townMaps(viewer, state("non-recours"));
    expect(map.split('class="quartier sans-valeur"')).toHaveLength(
      1 + rows.filter(({ value }) => value === null).length,
    );
    expect(map).toMatch(/aria-label="[^"]+\u00a0: non diffusé"/);
    expect(map.split('tabindex="0"')).toHaveLength(2);
  });

  test("a value on a bound is in the class above it, as its words say, and the legend counts every area once", () => {
    const measure = viewer.measures[0];
    if (!measure) throw new Error("sans mesure");
    const [bound] = measure.classes.bounds;
    expect([(bound ?? 0) / 100, (bound ?? 0) / 100 - 1e-6].map((value) => classOf(viewer, measure, value))).toEqual([
      1, 0,
    ]);
    const counts = [...mapLegend(viewer, state("part")).matchAll(/\((\d+)\)/g)].map(([, count]) => Number(count));
    expect(counts).toHaveLength(measure.classes.labels.length);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(12);
  });

  test("a town keeps its own areas, with their rank among all", () => {
    const kept = areaRows(viewer, state("part", "2025", "Quai-Neuf"));
    expect(new Set(kept.map(({ town }) => town))).toEqual(new Set(["Quai-Neuf"]));
    expect(Math.max(...kept.map(({ rankHigh }) => rankHigh ?? 0))).toBeGreaterThan(kept.length);
  });
});

describe("the explanation of an area", () => {
  test("what is printed adds up to the last digit, for every area and position", () => {
    const { explanation } = viewer;
    if (!explanation) throw new Error("sans explication");
    let sums = 0;
    for (const { id } of viewer.hypotheses)
      for (const { code, value } of areaRows(viewer, state("part", id))) {
        const gap = printedGap(explanation, code, id);
        if (!gap) continue;
        expect(gap.base + gap.parts.reduce((sum, part) => sum + part, 0)).toBe(gap.level);
        expect(gap.level).toBe(Math.round((value ?? 0) * 1000));
        sums++;
      }
    expect(sums).toBe(33);
  });

  test("a hidden contribution is said to be hidden", () => {
    const hidden = viewer.areas.columns["code_qp"]?.values[5];
    expect(areaPanel(viewer, { ...state("part"), area: String(hidden) })).toContain("n’est pas diffusée");
  });
});

describe("a unit of words", () => {
  test("is said once, in the head of the list and of the waterfall, and the base is one number for all areas", async () => {
    const options = sampleViewerOptions(12);
    const explanation = options.explanation as NonNullable<typeof options.explanation>;
    const { contribution, reference, niveau } = explanation.data.columns;
    const unit = "pour 100 habitants";
    const scaled = (column: typeof contribution): ReturnType<typeof numberColumn> => {
      if (column?.type !== "number") throw new Error("colonne de nombres attendue");
      return numberColumn(
        Float64Array.from(column.values, (value) => 100 * value),
        { ...column, unit },
      );
    };
    // A base on a half of the printed step, but for the noise of binary numbers.
    const base = numberColumn(
      Float64Array.from({ length: explanation.data.numRows }, (_, row) =>
        reference?.type === "number" ? 17.05 - (Math.floor(row / 6) % 3) * 3e-15 : Number.NaN,
      ),
      { label: "Référence", unit },
    );
    const level = scaled(niveau);
    const parts = scaled(contribution);
    for (let row = 0; row < explanation.data.numRows; row++)
      if (row % 6 === 0) {
        const others = [1, 2, 3, 4, 5].reduce((sum, k) => sum + (parts.values[row + k] ?? 0), 0);
        parts.values[row] = (level.values[row] ?? 0) - (base.values[row] ?? 0) - others;
      }
    const data = release(withColumns(explanation.data, { contribution: parts, reference: base, niveau: level }), {
      name: "essai",
    });
    const content = await bundled(areaViewer({ ...options, explanation: { ...explanation, data } }));
    const panel = areaPanel(content, { ...state("part"), area: String(content.areas.columns["code_qp"]?.values[0]) });
    const cascade = panel.slice(panel.indexOf("<table")).replaceAll("\u00a0", " ");
    expect(cascade.split(unit)).toHaveLength(2);
    expect(cascade).toContain("Valeur (pour 100 habitants)");
    expect(panel.replaceAll("\u00a0", " ").split(unit)).toHaveLength(3); // once in the sentences, once in the table
    const printed = areaRows(content, state("part")).flatMap(({ code }) => {
      const gap = content.explanation ? printedGap(content.explanation, code, "2024") : null;
      return gap ? [gap] : [];
    });
    expect(printed).toHaveLength(11);
    expect(new Set(printed.map((gap) => gap.base)).size).toBe(1);
    for (const gap of printed) expect(gap.base + gap.parts.reduce((sum, part) => sum + part, 0)).toBe(gap.level);
    const list = rankedTable(content, state("attendus"));
    expect(list).toContain("Valeur et intervalle (personnes)");
    expect(list.slice(list.indexOf("<tbody>"))).not.toContain("personnes");
    expect(rankedTable(content, state("part"))).toContain("\u202f%</b>");
  });
});

describe("the page", () => {
  const body = (of: BundledViewer): string =>
    viewerBody(of, { chapter: { href: "c2s.html", title: "La C2S" }, place: "Carnet essai.ipynb, cellule 3" });

  test("is readable without its script: the list is whole, in clean French, with its files", () => {
    const html = body(viewer);
    expect(html.match(/<tr data-area=/g)).toHaveLength(12);
    expect(typographyFaults(prose(html))).toEqual([]);
    expect(typographyFaults(prose(calculatorForm("2026-03-31") + personFields(1)))).toEqual([]);
    expect(html).toContain('href="visionneuses/non-recours/estimations.csv"');
    expect(html).not.toMatch(/(?:src|href)="https?:/);
    expect(html).toMatch(/<form class="reglages" hidden/);
  });

  test("words of a table cannot become a tag", async () => {
    const options = sampleViewerOptions(6);
    const html = body(
      await bundled(areaViewer({ ...options, title: "Le titre </script><script>alert(1)</script> & suite" })),
    );
    expect(html).not.toContain("<script>alert");
    expect(html.match(/<\/script>/g)).toHaveLength(1);
  });

  test("one position has no slider, no calculator where none is asked", async () => {
    const options = sampleViewerOptions(6);
    const html = body(await bundled(areaViewer({ ...options, calculator: false })));
    expect(html).not.toContain("data-calculator");
    expect(openingState(viewer)).toMatchObject({ measure: "part", hypothesis: "2024", town: "" });
  });

  test("the files of a view: reasons instead of holes, a drawing that says its sources", () => {
    const csv = viewCsv(viewer, state("non-recours")).split("\n");
    expect(csv[0]).toBe("code_qp,nom_qp,ville,hypothese,non_recours,non_recours_bas,non_recours_haut");
    expect(csv).toHaveLength(14);
    expect(csv.some((line) => line.endsWith(",s,s,s"))).toBe(true);
    const svg = viewSvg(viewer, state("part"));
    expect(svg).toContain("SYNTHÉTIQUE\u00a0: données inventées");
    expect(svg).toContain("Source\u00a0: Producteur d’essai");
  });
});

describe("the calculator", () => {
  test("amounts are read as French readers write them, or refused by the name of their field", () => {
    expect(["", "0", "1 250", "1\u202f250,50 €", "12.5"].map((text) => readEuros(text, "essai"))).toEqual([
      0, 0, 1250, 1250.5, 12.5,
    ]);
    for (const text of ["mille", "1,2,3", "12 000 euros", "NaN", "1e5"])
      expect(() => readEuros(text, "personne 1, salaires nets")).toThrow(
        /Montant illisible.*personne 1, salaires nets/s,
      );
  });

  test("a form becomes the household that the law reads; what is not said opens nothing", () => {
    const form = {
      date: "2025-07-15",
      area: "metropole",
      occupancy: "tenant",
      "housing-benefit": "210,40",
      "birth-0": "1985-05-20",
      "aah-0": "12 000",
      "aah-now-0": "on",
      "birth-4": "2015-02-01",
      "role-4": "child",
      "alternating-4": "on",
    };
    const { household, date } = readHousehold(form, [0, 4]);
    expect(household.persons.map(({ role }) => role)).toEqual(["claimant", "child"]);
    expect(household.persons[1]).toMatchObject({ alternating: true, tie: "tax-household" });
    expect(household.housingBenefitEurMonth).toBe(210.4);
    expect(household.persons[0]).not.toHaveProperty("workedLastThreeMonths");
    expect(entitlement(household, date).presumption).toBeNull();
    const alone = readHousehold({ ...form, "worked-0": "no", "aah-0": "20 000" }, [0]);
    expect(entitlement(alone.household, date)).toMatchObject({ right: "participation", basis: "presumption" });
    const young = { ...form, "birth-0": "2004-05-20", "aah-0": "", "aah-now-0": "", "no-resources": "on" };
    expect(entitlement(readHousehold(young, [0]).household, date)).toMatchObject({
      right: "none",
      basis: "composition",
    });
    expect(entitlement(readHousehold({ ...young, "independent-0": "on" }, [0]).household, date).right).toBe("free");
    expect(entitlement(readHousehold({ ...young, "student-aid-0": "on" }, [0]).household, date).right).toBe("free");
    expect(() => readHousehold({ ...form, "birth-4": "" }, [0, 4])).toThrow(/Date de naissance absente.*personne 2/s);
  });

  test("empty resources are no answer: they are refused, or said to be none for the whole household", () => {
    const form = { date: "2025-07-15", "birth-0": "1985-05-20", "birth-3": "2015-02-01", "role-3": "child" };
    const said = (more: Record<string, string>): string => {
      try {
        const { household, date } = readHousehold({ ...form, ...more }, [0, 3]);
        return entitlement(household, date).right;
      } catch (error) {
        return error instanceof Error ? error.message.replace(/[\u202f\u00a0]/g, " ") : "";
      }
    };
    const refusal = "Indiquez les ressources du foyer, ou cochez « Aucune ressource sur douze mois ».";
    expect([said({}), said({ "wages-0": "  " }), said({ rsa: "on" })]).toEqual([refusal, refusal, refusal]);
    expect([said({ "no-resources": "on" }), said({ "wages-0": "0" }), said({ "wages-3": "12" })]).toEqual([
      "free",
      "free",
      "free",
    ]);
    expect(said({ "no-resources": "on", "wages-0": "0" })).toBe("free");
    expect(said({ "no-resources": "on", "wages-0": "12" })).toMatch(/est coché, mais une ressource est écrite/);
    expect(calculatorForm("2026-03-31")).toContain('name="no-resources"');
    expect(calculatorForm("2026-03-31")).not.toContain("placeholder");
  });

  test("a free right says that nothing is paid, and no line says zero euros a month", () => {
    const { household, date } = readHousehold(
      { date: "2025-06-15", "birth-0": "1975-05-20", "no-resources": "on" },
      [0],
    );
    const html = answerHtml(explainEntitlement(household, date));
    expect(html).toContain("aucune\u00a0: la C2S est gratuite");
    expect(html).not.toContain("0\u00a0€ par mois");
    expect(html).toContain("0\u00a0€ par an, reçus de mai 2024 à avril 2025");
    expect(answerHtml(explainEntitlement(household, "2025-05-15"))).toContain("reçus d’avril 2024 à mars 2025");
    expect(periodSentence("2025-05-15")).toContain("celles d’avril 2024 à mars 2025");
  });

  test("the answer says the right, both distances, what would change, and every line with its article", () => {
    const { household, date } = readHousehold({ date: "2025-06-15", "birth-0": "1975-05-20", "wages-0": "11000" }, [0]);
    const explanation = explainEntitlement(household, date);
    const html = answerHtml(explanation);
    expect(html).toContain("C2S avec participation\u00a0: 14\u00a0€ par mois pour le foyer");
    expect(html).toContain("661\u00a0€ au-dessus du plafond de la couverture gratuite");
    for (const sentence of explanation.whatWouldChange) expect(html).toContain(sentence.replaceAll("'", "’"));
    expect(html.match(/class="article"/g)?.length).toBeGreaterThan(8);
    expect(typographyFaults(prose(html))).toEqual([]);
  });
});
