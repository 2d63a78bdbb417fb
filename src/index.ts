/** The library: reads a spec, explains its meaning, and renders it. */

export type { LockInput, SpecInput } from "./app/inputs";
export type { LoadedSpec } from "./app/load";
export { loadSpec } from "./app/load";
export type { PreparationOptions } from "./app/prepare";
export type { CloudDocument, Synthesis } from "./app/synthesize";
export { synthesize } from "./app/synthesize";
export type { ByCloud, Cloud } from "./clouds/cloud";
export { CLOUDS } from "./clouds/cloud";
export type { Diagnostic, Fact, LocatedDiagnostic, Severity, SpecPath } from "./diagnostics/diagnostic";
export { exitCodeOf, hasErrors } from "./diagnostics/diagnostic";
export type {
  Access,
  Assertion,
  Egress,
  Enclave as EnclaveModel,
  Exposure,
  ExternalNetwork,
  Flow,
  NetworkInterface,
  PrivateEndpoint,
  PublishedService,
  Role,
  RoleRule,
  Service,
  Traffic,
  Waiver,
  Zone,
  ZoneSize,
} from "./model/enclave";
export { enclaveJsonSchema } from "./spec/schema/schema";
