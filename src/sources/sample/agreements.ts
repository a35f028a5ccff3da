import { c2sBeneficiairesContract } from "../c2s-beneficiaires.ts";
import type { Contract } from "../contract.ts";
import { odcsYaml } from "../contracts/odcs.ts";
import { partnerTerms } from "../contracts/partner-terms.ts";
import { demandeursEmploiRomeContract } from "../demandeurs-emploi-rome.ts";
import { enquetePratiquesContract } from "../enquete-pratiques.ts";
import { frequentationCulturelleContract } from "../frequentation-culturelle.ts";
import { menagesQpvContract } from "../menages-qpv.ts";
import { missionsInterimContract } from "../missions-interim.ts";
import { profilQpvContract } from "../profil-qpv.ts";
import type { Terms } from "../terms.ts";
import { trajectoiresContract } from "../trajectoires.ts";

const PROGRAMME = "Programme Data & Quartiers d'Armorelle (fictif)";

/** What an invented provider and the invented programme sign. */
const terms = (provider: string, name: string, purposes: readonly string[]): Terms =>
  partnerTerms({
    provider: { organisation: provider, name, on: "2022-01-10" },
    programme: { organisation: PROGRAMME, name: "Aziliz Tréhoarn (fictif)", on: "2022-01-12" },
    purposes,
    retention: "2099-12-31",
    legalBasis: "mission d'intérêt public (RGPD, art. 6, 1, e) ; convention de mise à disposition, territoire fictif",
    recipients: ["équipe d'étude du programme (fictif)", "responsable de la protection des données (fictif)"],
  });

/** Each partner's file, its provider, who signs, and the experiments that it allows. */
const agreements: readonly (readonly [Contract, string, string, readonly string[]])[] = [
  [
    demandeursEmploiRomeContract,
    "Agence de l'emploi d'Armorelle (fictif)",
    "Yann Keravel (fictif)",
    ["distance-emploi"],
  ],
  [missionsInterimContract, "Océane Intérim (fictif)", "Nolwenn Drévès (fictif)", ["distance-emploi"]],
  [c2sBeneficiairesContract, "Caisse de santé d'Armorelle (fictif)", "Malo Quérandec (fictif)", ["non-recours-c2s"]],
  [
    menagesQpvContract,
    "Institut de statistique d'Armorelle (fictif)",
    "Enora Vaucler (fictif)",
    ["non-recours-c2s", "distance-emploi", "pratiques-culturelles"],
  ],
  [profilQpvContract, "Institut de statistique d'Armorelle (fictif)", "Enora Vaucler (fictif)", ["non-recours-c2s"]],
  [
    frequentationCulturelleContract,
    "Réseau des lieux culturels d'Armorelle (fictif)",
    "Gwenn Lorvel (fictif)",
    ["pratiques-culturelles"],
  ],
  [
    enquetePratiquesContract,
    "Bureau des études culturelles d'Armorelle (fictif)",
    "Soazig Penvéran (fictif)",
    ["pratiques-culturelles"],
  ],
  [
    trajectoiresContract,
    "Agence de l'emploi d'Armorelle (fictif)",
    "Yann Keravel (fictif)",
    ["distance-emploi", "trajectoires-emploi"],
  ],
];

/** The signed contracts, each beside its file: `x.csv` has `x.contrat.yaml`. */
export function writeAgreements(): [string, string][] {
  return agreements.map(([contract, provider, name, purposes]) => [
    (contract.files[0] ?? "").replace(/\.csv$/, ".contrat.yaml"),
    odcsYaml({ ...contract, publisher: provider, terms: terms(provider, name, purposes) }),
  ]);
}
