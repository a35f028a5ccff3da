import type { ErrorParts } from "../../codes/errors.ts";

/** Path of a field: property names and ranks, from the root. */
export type FieldPath = readonly (string | number)[];

/** A document whose fields are each well formed and that contradicts itself. */
export interface Inconsistency {
  readonly path: FieldPath;
  readonly parts: Omit<ErrorParts, "where">;
}

/** A contradiction, and where it stands. */
export function fault(path: FieldPath, what: string, value: string, expected: string): Inconsistency {
  return { path, parts: { what, value, expected, remedy: "corriger le contrat avec son signataire" } };
}
