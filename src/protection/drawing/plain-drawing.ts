import { frenchNumber } from "../../codes/french.ts";
import type { Released } from "../released.ts";
import { releasedRows } from "./drawn-rows.ts";
import { decimalsOf } from "./judge-rates.ts";
import type { DrawnRow, Json } from "./read-spec.ts";

const schema = "https://vega.github.io/schema/vega-lite/v6.json";

/** Rows beyond which a text names no value: a table says it better. */
const mostSaid = 12;

/** A specification that carries released rows and nothing else. `more` holds the mark and its channels, or the layers. */
export function plainSpec(released: Released, description: string, more: Json): Json {
  return { $schema: schema, description, data: { values: releasedRows(released) }, ...more };
}

/** The text for those who do not see the drawing: each row by its names and its released value, or what is drawn when there are too many. */
export function spokenText(
  { columns }: Released,
  rows: readonly DrawnRow[],
  names: readonly string[],
  value: string,
): string {
  const label = columns[value]?.label ?? value;
  const by = names.map((name) => columns[name]?.label ?? name).join(" et ");
  const head = by === "" ? label : `${label} par ${by}`;
  if (rows.length > mostSaid || names.length === 0) return `${head}.`;
  const said = rows.map((row) => {
    const told = row[value];
    const name = names.map((each) => String(row[each] ?? "")).join(", ");
    return `${name}\u00a0: ${typeof told === "number" ? frenchNumber(told, { decimals: decimalsOf(told) }) : "non diffusé"}`;
  });
  return `${head}. ${said.join("\u202f; ")}.`;
}

/** The channel of a column, titled by its label and by nothing that the author wrote. */
export const channelOf = (
  released: Released,
  field: string,
  type: "nominal" | "quantitative",
  more: Json = {},
): Json => ({
  field,
  type,
  title: released.columns[field]?.label ?? field,
  ...more,
});
