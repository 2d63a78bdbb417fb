/** What the case tables of addresses are made of. */
import type { ResolveOptions } from "../../src/addresses/resolve";
import type { Diagnostic } from "../../src/diagnostics/diagnostic";
import { type EnclaveLines, zone, zones } from "./enclaves";

export interface Case {
  readonly says: string;
  readonly history?: readonly EnclaveLines[];
  readonly last: EnclaveLines;
  readonly options?: ResolveOptions;
  readonly expected: readonly Partial<Diagnostic>[];
}

export const FROZEN: ResolveOptions = { frozen: true, reclaim: false, lockFile: "test.enclave.lock.json" };

export const AB = zones(zone("a", 200), zone("b", "/24"));

export const gone = (path: string): Partial<Diagnostic> => ({ severity: "info", code: "zone-removed", path });
