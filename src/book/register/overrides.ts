import { basename } from "node:path";
import { checkOverride, type Override } from "../../protection/override.ts";
import { fieldsOf, listOf, readYamlFile, textOf } from "./read-yaml.ts";

const names = {
  place: "lieu",
  rule: "regle",
  reason: "motif",
  signedBy: "signePar",
  on: "le",
  until: "jusquAu",
  agreement: "accord",
} as const satisfies Readonly<Record<keyof Override, string>>;

/**
 * The overrides declared beside the book (`derogations.yaml`, a list), each checked against the day; none without the file.
 * @param today AAAA-MM-JJ
 * @throws QuartiersError when one is unsigned, without a reason, not in force on that day, or badly written
 */
export function readOverrides(path: string, today: string): readonly Override[] {
  const file = basename(path);
  return listOf(readYamlFile(path), file, file).map((item, i) => {
    const where = `${file}, dérogation ${i + 1}`;
    const fields = fieldsOf(item, names, where);
    const text = (name: keyof Override): string => textOf(fields[name], names[name], where) ?? "";
    const override: Override = {
      place: text("place"),
      rule: text("rule"),
      reason: text("reason"),
      signedBy: text("signedBy"),
      on: text("on"),
      until: text("until"),
      ...(text("agreement") === "" ? {} : { agreement: text("agreement") }),
    };
    checkOverride(override, today);
    return override;
  });
}
