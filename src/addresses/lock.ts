/** What a lock file says, apart from how it is written. */
import type { Cidr } from "../net/cidr";
import type { Site } from "./addresses";
import type { FreedBlock } from "./lay-out";
import type { Numberings } from "./ordinals";

export interface Lock {
  readonly range: Cidr;
  readonly sites: Readonly<Record<Site, Cidr>>;
  readonly zones: ReadonlyMap<string, Cidr>;
  /** Blocks of removed zones, which nobody gets before a reclaim. */
  readonly freed: readonly FreedBlock[];
  readonly ordinals: Numberings;
}
