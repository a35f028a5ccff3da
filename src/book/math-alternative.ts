import { QuartiersError } from "../codes/errors.ts";

const words: Readonly<Record<string, string>> = {
  times: "fois",
  cdot: "fois",
  leq: "inférieur ou égal à",
  le: "inférieur ou égal à",
  geq: "supérieur ou égal à",
  ge: "supérieur ou égal à",
  neq: "différent de",
  approx: "environ égal à",
  in: "appartient à",
  infty: "infini",
  pm: "plus ou moins",
  sum: "somme",
  prod: "produit",
  min: "minimum de",
  max: "maximum de",
  log: "logarithme de",
  ln: "logarithme népérien de",
  exp: "exponentielle de",
  to: "vers",
  rightarrow: "vers",
  mid: "sachant",
  lvert: "valeur absolue de",
  rvert: "",
  cup: "union",
  cap: "inter",
  int: "intégrale",
  forall: "pour tout",
  notin: "n’appartient pas à",
  lt: "inférieur à",
  gt: "supérieur à",
  ldots: "et ainsi de suite",
  dots: "et ainsi de suite",
  mathbb: "",
  operatorname: "",
  mathrm: "",
  text: "",
  mathbf: "",
  mathit: "",
  textrm: "",
  left: "",
  right: "",
  quad: ",",
  qquad: ",",
  big: "",
  Big: "",
  bigl: "",
  bigr: "",
  lfloor: "partie entière de",
  rfloor: "",
  alpha: "alpha",
  beta: "bêta",
  gamma: "gamma",
  delta: "delta",
  Delta: "delta majuscule",
  epsilon: "epsilon",
  varepsilon: "epsilon",
  theta: "thêta",
  lambda: "lambda",
  mu: "mu",
  nu: "nu",
  pi: "pi",
  rho: "rho",
  sigma: "sigma",
  Sigma: "sigma majuscule",
  tau: "tau",
  phi: "phi",
  chi: "khi",
  omega: "oméga",
  ell: "l",
};
const accents: Readonly<Record<string, string>> = {
  hat: "chapeau",
  bar: "barre",
  tilde: "tilde",
  overline: "barre",
  vec: "vecteur",
};
const signs: Readonly<Record<string, string>> = {
  "+": "plus",
  "-": "moins",
  "=": "égale",
  "<": "inférieur à",
  ">": "supérieur à",
  "*": "fois",
  "/": "sur",
  "|": "sachant",
  ",": ",",
  ";": ";",
  "(": "ouvre la parenthèse",
  ")": "ferme la parenthèse",
  "[": "ouvre le crochet",
  "]": "ferme le crochet",
  "!": "factorielle",
  "'": "prime",
  "%": "pour cent",
  ".": ".",
  ":": "deux-points",
};
const powers: Readonly<Record<string, string>> = { "2": "au carré", "3": "au cube" };

/**
 * Reads a LaTeX formula aloud in French: the alternative text that PDF/UA asks of every formula (ISO 14289-1, 7.7). Knows what the chapters use; at the
 * first word that it does not know it asks the author for the text instead of guessing.
 * @example
 * ```ts
 * mathAlternative("\\frac{a}{b^2}") // "a sur b au carré"
 * ```
 */
export function mathAlternative(latex: string): string {
  const tokens = latex.match(/\\[a-zA-Z]+|\\.|[{}^_]|\d+(?:[.,]\d+)?|\p{L}+|\S/gu) ?? [];
  let at = 0;
  const group = (): string => {
    if (tokens[at] !== "{") return atom();
    at++;
    const inner = run("}");
    at++;
    return inner;
  };
  const atom = (): string => {
    const token = tokens[at++] ?? "";
    if (token === "{") {
      at--;
      return group();
    }
    if (!token.startsWith("\\")) return signs[token] ?? token;
    const name = token.slice(1);
    if (name === "frac" || name === "dfrac" || name === "tfrac") {
      const top = group();
      return `${enclosed(top)} sur ${enclosed(group())}`;
    }
    if (name === "sqrt") return `racine carrée de ${group()}`;
    if (accents[name]) return `${group()} ${accents[name]}`;
    if (!/^[a-zA-Z]/.test(name)) return name === "%" ? "pour cent" : name === "{" || name === "}" ? "accolade" : "";
    const word = words[name];
    if (word !== undefined) return word;
    throw new QuartiersError({
      what: "Cette formule n'a pas de lecture automatique",
      value: latex.trim(),
      expected: `des commandes connues (\\${name} ne l'est pas)`,
      remedy: 'écrire sa lecture après elle : $$…$$ {alt="la moyenne égale…"}',
    });
  };
  const run = (end: string | null): string => {
    const said: string[] = [];
    while (at < tokens.length && tokens[at] !== end) {
      const token = tokens[at];
      if (token === "_") {
        at++;
        const index = group();
        said.push(/somme|produit/.test(said.at(-1) ?? "") ? `pour ${index},` : `indice ${index}`);
      } else if (token === "^") {
        at++;
        const exponent = group();
        said.push(
          powers[exponent] ?? (/^pour /.test(said.at(-1) ?? "") ? `jusqu’à ${exponent}, de` : `puissance ${exponent}`),
        );
      } else said.push(atom());
    }
    return said
      .filter(Boolean)
      .join(" ")
      .replace(/\s+([,.])/g, "$1");
  };
  return run(null).replace(/\s+/g, " ").trim();
}

const enclosed = (said: string): string => (/ (plus|moins|égale|sur) /.test(said) ? `(${said})` : said);
