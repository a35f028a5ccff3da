import type { SecrecyRule } from "../../codes/lineage.ts";

/** Whether nobody states a threshold, so that the strictest known one stands in for it: `statedBy` then says so. */
export const isUnstated = ({ statedBy }: SecrecyRule): boolean => /non publié|plus strict connu/i.test(statedBy);
