// The calculator of a viewer's page against the library: the same households, in the browser and here.
import fc from "fast-check";
import { answerHtml } from "../../src/book/viewer/calculator-answer.ts";
import { seededRandom } from "../../src/codes/random.ts";
import { explainEntitlement } from "../../src/models/benefits/c2s-explanation.ts";
import { anyHousehold } from "../models/benefits/household-arbitrary.ts";

const seed = 20261124;
const days = [
  "2019-06-01",
  "2019-11-01",
  "2021-12-31",
  "2022-01-01",
  "2023-07-29",
  "2024-04-01",
  "2024-12-31",
  "2025-07-01",
  "2025-10-01",
  "2026-03-31",
];
const plain = (text) => (text ?? "").replace(/\s+/g, " ").trim();

/** What a household gives: the whole explanation, or the words of the refusal. */
const answer = (explain, [household, date]) => {
  try {
    return JSON.stringify(explain(household, date));
  } catch (error) {
    return `refus : ${error.message}`;
  }
};

/** Returns how many households were computed on both sides. */
export async function checkCalculator(page, check) {
  const households = fc.sample(anyHousehold, { numRuns: 1000, seed });
  const cases = households.map((household, i) => [household, days[i % days.length]]);
  const here = cases.map((one) => answer(explainEntitlement, one));
  const there = await page.evaluate(
    (list) =>
      list.map(([household, date]) => {
        try {
          return JSON.stringify(globalThis.quartiersExplainEntitlement(household, date));
        } catch (error) {
          return `refus : ${error.message}`;
        }
      }),
    cases,
  );
  const differing = here.flatMap((one, i) => (one === there[i] ? [] : [i]));
  check(
    "calculateur égal à la bibliothèque",
    differing.length === 0 && there.length === 1000,
    `${differing.length} différents, le premier : ${differing[0]}`,
  );
  const rights = here.filter((one) => !one.startsWith("refus")).map((one) => JSON.parse(one).entitlement.right);
  for (const right of ["free", "participation", "none"])
    check(
      `des foyers de droit ${right}`,
      rights.filter((one) => one === right).length >= 50,
      rights.filter((one) => one === right).length,
    );
  await checkForm(page, check);
  await checkRefusals(page, check);
  return there.length;
}

/** Forty households typed into the form: the page prints what the library says of the same household. */
async function checkForm(page, check) {
  const random = seededRandom(seed);
  const between = (low, high) => low + Math.floor(random() * (high - low + 1));
  const euros = (most) => between(0, most * 100) / 100;
  for (let i = 0; i < 40; i++) {
    const date = days[between(1, days.length - 1)];
    const born = (youngest, oldest) =>
      `${Number(date.slice(0, 4)) - between(youngest, oldest) - 1}-${String(between(1, 12)).padStart(2, "0")}-${String(between(1, 28)).padStart(2, "0")}`;
    const persons = [
      {
        role: "claimant",
        birthDate: born(26, 80),
        resources: { wages: euros(16_000), retirement: euros(3000) },
        situation: i % 3 === 0 ? "ass" : "none",
      },
    ];
    if (i % 2 === 0)
      persons.push({ role: "spouse", birthDate: born(26, 80), resources: { aah: euros(9000) }, situation: "none" });
    if (i % 4 < 2)
      persons.push({
        role: "child",
        birthDate: born(1, 16),
        resources: {},
        situation: "none",
        tie: "tax-household",
        alternating: i % 8 === 0,
      });
    const household = {
      persons,
      occupancy: ["tenant", "owner", "free"][i % 3],
      housingBenefitEurMonth: euros(300),
      receivesRsa: i % 10 === 9,
    };
    const shown = await page.evaluate(fillForm, { household, date });
    const expected = answerHtml(explainEntitlement(household, date));
    const text = await page.evaluate((html) => {
      const holder = document.createElement("div");
      holder.innerHTML = html;
      return holder.textContent;
    }, expected);
    check(
      `formulaire, foyer ${i + 1}`,
      plain(shown) === plain(text),
      `${plain(shown).slice(0, 120)} au lieu de ${plain(text).slice(0, 120)}`,
    );
  }
}

/** Runs in the page: fills the form as a person would, amounts written the French way, and sends it. */
function fillForm({ household, date }) {
  const form = document.querySelector("[data-calculator] form");
  for (const button of form.querySelectorAll("[data-remove]")) button.click();
  const put = (name, value) => {
    const field = form.elements.namedItem(name);
    if (field.type === "checkbox") field.checked = value;
    else field.value = typeof value === "number" ? String(value).replace(".", ",") : value;
  };
  for (const field of form.querySelectorAll("input[inputmode]")) field.value = "";
  put("date", date);
  put("occupancy", household.occupancy);
  put("housing-benefit", household.housingBenefitEurMonth);
  put("rsa", household.receivesRsa);
  for (const [i, person] of household.persons.entries()) {
    if (i > 0) form.querySelector("[data-add]").click();
    const rank = [...form.querySelectorAll("[data-person]")].at(-1).dataset.person;
    if (i > 0) put(`role-${rank}`, person.role);
    put(`birth-${rank}`, person.birthDate);
    put(`situation-${rank}`, person.situation);
    if (person.alternating) put(`alternating-${rank}`, true);
    for (const [id, value] of Object.entries(person.resources)) put(`${id}-${rank}`, value);
  }
  form.requestSubmit();
  return document.querySelector("[data-answer]").hidden
    ? form.querySelector("[data-error]").textContent
    : document.querySelector("[data-answer]").textContent;
}

/** Wrong answers get French words, in a place that screen readers announce, and no result. */
async function checkRefusals(page, check) {
  const form = page.locator("[data-calculator] form");
  const trial = async (name, value, expected) => {
    const before = await form.locator(`[name="${name}"]`).inputValue();
    await form.locator(`[name="${name}"]`).fill(value);
    await page.keyboard.press("Enter");
    const said = plain(await form.locator('[role="alert"]').textContent());
    check(`refus de ${name}`, expected.test(said) && !(await page.locator("[data-answer]").isVisible()), said);
    await form.locator(`[name="${name}"]`).fill(before);
  };
  await trial("wages-0", "mille", /Montant illisible.*personne 1.*un nombre d'euros/);
  await trial("wages-0", "-5", /montant négatif/);
  await trial("birth-0", "", /Date de naissance absente.*personne 1/);
  await trial("date", "2031-01-01", /2031-01-01/);
  await checkEmpty(page, check);
  await form.locator('[name="wages-0"]').fill("9 000");
  await form.locator('[name="wages-0"]').focus();
  await page.keyboard.press("Enter");
  check(
    "Entrée envoie le formulaire, la réponse reçoit le focus",
    await page.evaluate(() => document.activeElement?.matches("[data-answer]")),
  );
}

/** Empty fields are no answer; the box that says « aucune », reached with the keyboard, is one. */
async function checkEmpty(page, check) {
  const form = page.locator("[data-calculator] form");
  const alert = async () => plain(await form.locator('[role="alert"]').textContent());
  const shown = () => page.locator("[data-answer]").isVisible();
  for (const field of await form.locator("fieldset.montants input").all())
    await field.evaluate((one) => {
      one.value = "";
    });
  const first = form.locator('[name="wages-0"]');
  await first.focus();
  await page.keyboard.press("Enter");
  const asked = await alert();
  check(
    "ressources vides refusées",
    /^Indiquez les ressources du foyer, ou cochez « Aucune ressource sur douze mois »\.$/.test(asked) &&
      !(await shown()),
    asked,
  );
  const box = form.locator('[name="no-resources"]');
  check(
    "la case porte les mots du message",
    plain(await box.locator("..").textContent()) === "Aucune ressource sur douze mois",
  );
  await form.locator("[data-add]").focus();
  await page.keyboard.press("Shift+Tab");
  check("la case est au clavier, avant les boutons", await box.evaluate((one) => one === document.activeElement));
  await page.keyboard.press("Space");
  await first.focus();
  await page.keyboard.press("Enter");
  check(
    "aucune ressource, dite par la case",
    (await shown()) &&
      (await alert()) === "" &&
      /C2S gratuite/.test(await page.locator("[data-answer] h4").textContent()),
    await alert(),
  );
  await first.fill("100");
  await page.keyboard.press("Enter");
  check(
    "case et montant se contredisent",
    /coché, mais une ressource est écrite/.test(await alert()) && !(await shown()),
  );
  await box.uncheck();
}
