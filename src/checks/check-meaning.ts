/** All checks of a spec's meaning. They need no addresses and no cloud. */
import type { Diagnostic, SpecPath } from "../diagnostics/diagnostic";
import type { Draft } from "../spec/read/draft";
import { checkBackend } from "./backend";
import { type Check, contextOf } from "./context";
import { checkEgress } from "./egress";
import { checkEndpoints } from "./endpoints";
import { checkExternals } from "./externals";
import { checkFlows } from "./flows";
import { checkNames } from "./names";
import { checkPolicy } from "./policy";
import { checkReferences } from "./references";
import { checkRepetitions } from "./repetitions";
import { checkSettings } from "./settings";
import { checkZones } from "./zones";

const CHECKS: readonly Check[] = [
  checkSettings,
  checkBackend,
  checkZones,
  checkExternals,
  checkNames,
  checkReferences,
  checkFlows,
  checkRepetitions,
  checkEndpoints,
  checkEgress,
  checkPolicy,
];

/** `lineOf` is the line of a path, for sentences that point at a second place. */
export function checkMeaning(draft: Draft, lineOf: (path: SpecPath) => number): Diagnostic[] {
  const context = contextOf(draft, lineOf);
  return CHECKS.flatMap((check) => [...check(context)]);
}
