import type { SecrecyRule } from "../../codes/lineage.ts";

/** The strictest threshold known, for data whose provider states none. */
export const STRICTEST_THRESHOLD = 11;

/** Whether nobody states a threshold, so that the strictest known one stands in for it: `statedBy` then says so. */
export const isUnstated = ({ statedBy }: Pick<SecrecyRule, "statedBy">): boolean =>
  /non publié|plus strict connu/i.test(statedBy);
