/** Every promise that is made of every enclave, on whatever cloud. */
import { EDGES } from "./edges";
import { ENDPOINTS } from "./endpoints";
import { EXITS } from "./exits";
import { GUARDS } from "./guard";
import { LOGS } from "./logs";
import { MOVES } from "./moves";
import { NAMES } from "./names";
import { PACKETS } from "./packets";
import { PLACES } from "./places";
import type { EnclavePromise } from "./promise";
import { REFERENCES } from "./references";
import { SURFACE } from "./surface";
import { VARIABLE_PROMISES } from "./variables";
import { VERSIONS } from "./versions";

export const PROMISES: readonly EnclavePromise[] = [
  ...REFERENCES,
  ...SURFACE,
  ...MOVES,
  ...VARIABLE_PROMISES,
  ...VERSIONS,
  ...PLACES,
  ...EDGES,
  ...PACKETS,
  ...EXITS,
  ...NAMES,
  ...ENDPOINTS,
  ...LOGS,
  ...GUARDS,
];
