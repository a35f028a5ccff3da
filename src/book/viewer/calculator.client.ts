// The calculator in the reader's browser: it reads the form, and asks the library's own rule.

import { QuartiersError } from "../../codes/errors.ts";
import { explainEntitlement } from "../../models/benefits/c2s-explanation.ts";
import { c2sPeriods } from "../../models/benefits/c2s-parameters.ts";
import { answerHtml, periodSentence } from "./calculator-answer.ts";
import { calculatorForm, personFields } from "./calculator-form.ts";
import { escapeHtml, words } from "./html.ts";
import { readHousehold } from "./read-household.ts";

/** Writes the form in its place and answers it. */
export function openCalculator(place: HTMLElement): void {
  place.innerHTML = calculatorForm(openingDay());
  const form = place.querySelector("form") as HTMLFormElement;
  const answer = place.querySelector("[data-answer]") as HTMLElement;
  const problem = place.querySelector("[data-error]") as HTMLElement;
  const persons = place.querySelector("[data-persons]") as HTMLElement;
  const date = form.elements.namedItem("date") as HTMLInputElement;
  const period = place.querySelector("[data-period]") as HTMLElement;
  let people = 1;

  const sayPeriod = (): void => {
    try {
      period.innerHTML = words(periodSentence(date.value));
    } catch {
      period.textContent = ""; // the day is being typed
    }
  };
  sayPeriod();
  date.addEventListener("input", sayPeriod);
  form.addEventListener("click", ({ target }) => {
    const button = (target as Element).closest<HTMLElement>("button");
    if (button?.dataset["add"] !== undefined) {
      persons.insertAdjacentHTML("beforeend", personFields(people++));
      persons.querySelector<HTMLElement>("fieldset.personne:last-child select")?.focus();
    }
    if (button?.dataset["remove"] !== undefined) {
      button.closest("fieldset.personne")?.remove();
      form.querySelector<HTMLElement>("[data-add]")?.focus();
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    problem.textContent = "";
    try {
      const ranks = [...persons.querySelectorAll<HTMLElement>("[data-person]")].map((one) =>
        Number(one.dataset["person"]),
      );
      const { household, date: day } = readHousehold(formWords(form), ranks);
      answer.innerHTML = answerHtml(explainEntitlement(household, day));
      answer.hidden = false;
      answer.focus({ preventScroll: true });
      answer.scrollIntoView({ block: "nearest" });
    } catch (error) {
      answer.hidden = true;
      if (!(error instanceof QuartiersError)) throw error;
      problem.innerHTML = `<p>${escapeHtml(error.message)}</p>`;
    }
  });
}

const formWords = (form: HTMLFormElement): Readonly<Record<string, string>> =>
  Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]));

/** Today, when its law is published; otherwise the last day that is. */
function openingDay(): string {
  const now = new Date();
  const today = `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`;
  const last = c2sPeriods.at(-1)?.until ?? today;
  return today < last ? today : last;
}
