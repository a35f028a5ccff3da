#!/usr/bin/env node
// Plain JavaScript, so that an old Node can still read the message.
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(`Node ${process.versions.node} est trop ancien pour Quartiers\u00a0: il faut Node 22.18 ou plus récent.
À faire\u00a0: lancer par npm (npm run book), qui emploie le Node 24 installé par «\u202fnpm ci\u202f» sous Linux et Windows\u202f;
ailleurs, installer Node 24 depuis https://nodejs.org, puis relancer.`);
  process.exit(1);
}
const { main } = await import("./cli.ts");
process.exitCode = await main(process.argv.slice(2));
