/** Every promise that is made of every enclave, on whatever cloud. */
import { EDGES } from "./edges";
import { ENDPOINTS } from "./endpoints";
import { EXITS } from "./exits";
import { LOGS } from "./logs";
import { NAMES } from "./names";
import { PACKETS } from "./packets";
import { PLACES } from "./places";
import type { EnclavePromise } from "./promise";
import { SURFACE } from "./surface";

export const PROMISES: readonly EnclavePromise[] = [
  ...SURFACE,
  ...PLACES,
  ...EDGES,
  ...PACKETS,
  ...EXITS,
  ...NAMES,
  ...ENDPOINTS,
  ...LOGS,
];
