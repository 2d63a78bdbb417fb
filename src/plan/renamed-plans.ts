/**
 * The plan of an enclave under the names that its renamed zones and endpoints had. Blocks, numbers and order
 * are those of the present plan, so that renderings of all of them differ in names alone.
 */
import { type Addresses, renameAddresses } from "../addresses/addresses";
import type { Enclave } from "../model/enclave";
import {
  byKind,
  isEmpty,
  type Naming,
  newName,
  RENAMABLE,
  type Renamable,
  renameEnclave,
} from "../model/naming";
import type { NetworkPlan } from "./network-plan";
import { planNetwork } from "./plan";

export interface RenamedPlans {
  /** Under the names by which the cloud knows everything. */
  readonly first: NetworkPlan;
  /** Under marks, which no other name contains: they show where a name stands. */
  readonly marked: NetworkPlan;
  readonly names: readonly MarkedName[];
}

/** A name that changed, and its mark. */
export interface MarkedName {
  readonly kind: Renamable;
  readonly mark: string;
  readonly first: string;
  readonly present: string;
  /** Of each run since the first rename that is not forgotten, oldest first. */
  readonly former: readonly string[];
}

/** Undefined if nothing was renamed. */
export function renamedPlans(enclave: Enclave, addresses: Addresses): RenamedPlans | undefined {
  const { first, former } = addresses.names;
  if ([first, ...former].every(isEmpty)) return undefined;
  const changed = RENAMABLE.flatMap((kind) => {
    const names = new Set([first, ...former].flatMap((naming) => [...naming[kind].keys()]));
    return [...names].map((present) => ({ kind, present }));
  });
  const names = changed.map(({ kind, present }, index) => ({
    kind,
    mark: `N${index}N`,
    first: newName(first, kind, present),
    present,
    former: former.map((naming) => newName(naming, kind, present)),
  }));
  const marks = byKind(
    (kind) => new Map(names.filter((name) => name.kind === kind).map(({ present, mark }) => [present, mark])),
  );
  const planUnder = (naming: Naming) =>
    planNetwork(renameEnclave(enclave, naming), renameAddresses(addresses, naming));
  return { first: planUnder(first), marked: planUnder(marks), names };
}
