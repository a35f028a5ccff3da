import { homedir } from "node:os";

/** Names of variables whose values are nobody's business. */
const secret = /SECRET|TOKEN|PASSWORD|PASSWD|API_?KEY|QUARTIERS_SEAL|CLIENT_ID/;

/** What a published file must never hold of the machine that made it: its folders, the home of its user, the secrets of its environment. Short words are left out. */
export function machineWords(
  folders: readonly string[],
  environment: Readonly<Record<string, string | undefined>> = process.env,
): readonly string[] {
  const secrets = Object.entries(environment).flatMap(([name, value]) => (secret.test(name) && value ? [value] : []));
  return [...new Set([...folders, homedir(), ...secrets])].filter(({ length }) => length >= 6);
}
