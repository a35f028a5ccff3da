import { Refusal } from "../refusal.ts";

/** One spending of the budget. */
export interface Spending {
  readonly label: string;
  readonly milliEpsilon: number;
  /** What was spent in all after this line: a line removed or changed shows. */
  readonly spent: number;
}

/** What has been promised to the people of a data set, and what has been spent, in thousandths of epsilon. Never edited: each spending makes a new one. */
export interface PrivacyAccount {
  readonly limit: number;
  readonly spendings: readonly Spending[];
}

/**
 * Thousandths of epsilon, read exactly from decimal text; no binary fraction is met.
 * @throws Refusal when the text is not a positive number of at most three decimals.
 * @example
 * ```ts
 * parseMilliEpsilon("0,3") // 300
 * ```
 */
export function parseMilliEpsilon(text: string): number {
  const [, whole = "", fraction = ""] = /^(\d{1,6})(?:[.,](\d{1,3}))?$/.exec(text.trim()) ?? [];
  const milli = Number(whole + fraction.padEnd(3, "0"));
  if (whole !== "" && milli > 0) return milli;
  throw new Refusal({
    what: "Un budget epsilon ne se lit pas",
    value: text,
    expected: "un nombre positif d'au plus trois décimales (0,1)",
  });
}

/** An account with nothing spent. */
export function openAccount(limitMilliEpsilon: number): PrivacyAccount {
  checkMilli(limitMilliEpsilon, "Le plafond d'un compte de confidentialité");
  return Object.freeze({ limit: limitMilliEpsilon, spendings: Object.freeze([]) });
}

/** Thousandths of epsilon already spent. */
export function spentOf(account: PrivacyAccount): number {
  return account.spendings.at(-1)?.spent ?? 0;
}

/**
 * The account after one more spending: budgets of successive publications on the same people add up (sequential composition).
 * @param label what was published, for the register
 * @throws Refusal when the limit would be passed, by even one thousandth; nothing is then spent.
 * @example
 * ```ts
 * spentOf(["0.5", "0.3", "0.1", "0.1"].reduce((account, epsilon) => spend(account, parseMilliEpsilon(epsilon), "essai"), openAccount(1000))) // 1000
 * ```
 */
export function spend(account: PrivacyAccount, milliEpsilon: number, label: string): PrivacyAccount {
  checkMilli(milliEpsilon, "Une dépense de confidentialité");
  checkAccount(account);
  const spent = spentOf(account) + milliEpsilon;
  if (spent > account.limit) {
    throw new Refusal({
      what: `Le budget de confidentialité ne suffit pas pour « ${label} »`,
      value: `${milliEpsilon} millièmes demandés`,
      expected: `${account.limit - spentOf(account)} millièmes au plus`,
      remedy: "publier moins, ou avec plus de bruit ; un budget dépensé ne se reprend pas",
    });
  }
  const spending = Object.freeze({ label, milliEpsilon, spent });
  return Object.freeze({ limit: account.limit, spendings: Object.freeze([...account.spendings, spending]) });
}

/**
 * Refuses an account whose lines do not follow from each other, or that passes its limit: to be called on an account read from a file. It sees a line changed
 * or removed within, not the last lines cut: that is for the ledger, whose hashes hold the whole file.
 */
export function checkAccount({ limit, spendings }: PrivacyAccount): void {
  checkMilli(limit, "Le plafond d'un compte de confidentialité");
  let spent = 0;
  spendings.forEach((line, index) => {
    checkMilli(line.milliEpsilon, "Une dépense de confidentialité");
    spent += line.milliEpsilon;
    if (line.spent === spent && spent <= limit) return;
    throw new Refusal({
      what: "Le compte de confidentialité a été modifié",
      where: `ligne ${index + 1}`,
      expected: "des dépenses qui s'ajoutent, sans dépasser le plafond",
      remedy: "reprendre le compte tel qu'il a été inscrit au registre",
    });
  });
}

function checkMilli(value: number, what: string): void {
  if (Number.isSafeInteger(value) && value > 0 && value <= 1e9) return;
  throw new Refusal({
    what: `${what} n'est pas comptable`,
    value: String(value),
    expected: "un nombre entier et positif de millièmes d'epsilon",
  });
}
