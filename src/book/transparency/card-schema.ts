import { createRequire } from "node:module";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";

const require = createRequire(import.meta.url);

/** The schema of a card, as it is published beside the cards. */
export const cardSchema: object = require("./carte-algorithme-1.schema.json") as object;

let compiled: ValidateFunction | undefined;

/** The first field of a card that the schema refuses, with what it expects; null for a valid card. */
export function cardFault(card: unknown): { readonly field: string; readonly expected: string } | null {
  compiled ??= new Ajv2020({ strict: true, strictRequired: false }).compile(cardSchema);
  if (compiled(card)) return null;
  const [error] = compiled.errors ?? [];
  const missing = error?.keyword === "required" ? `/${String(error.params.missingProperty)}` : "";
  return {
    field: `${error?.instancePath ?? ""}${missing}` || "/",
    expected: error?.message ?? "une carte conforme à son schéma",
  };
}
