import { QuartiersError } from "../../codes/errors.ts";
import { someNames } from "./cost-matrix.ts";

/** A group that cannot all be served (Hall 1935): together its members reach too few of the other side. */
export interface UnreachableGroup {
  /** Ids of the members, in their order. */
  readonly members: readonly string[];
  /** Ids of everything that any member reaches, in their order; may be empty. */
  readonly reached: readonly string[];
  /** What the members need and what the others offer, in seekers or posts; without them, one a name. */
  readonly needed: number;
  readonly available: number;
}

/** No assignment exists: the error names the group that proves it, so that the reader knows whom to look at. Ids are cells and offers, never people. */
export class InfeasibleAssignmentError extends QuartiersError {
  readonly group: UnreachableGroup;

  constructor(group: UnreachableGroup, membersAre: "seekers" | "offers") {
    const [members, others] =
      membersAre === "seekers"
        ? ["du côté des demandeurs d'emploi", "poste(s) accessible(s)"]
        : ["du côté des offres", "demandeur(s) à portée"];
    const reached = group.reached.length > 0 ? ` (${someNames(group.reached)})` : "";
    super({
      what: "Affectation impossible",
      value: someNames(group.members),
      where: `${members}, ${group.needed} à placer pour ${group.available} ${others}${reached}`,
      expected: "pour tout groupe, au moins autant de places à portée que de membres",
      remedy:
        "élargir le rayon ou le niveau de correspondance, ou admettre des non-affectés à un coût déclaré (transport)",
    });
    this.group = group;
  }
}
