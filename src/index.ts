/** The library: reading a spec and asking what it means. */
export type { Diagnostic, Fact, LocatedDiagnostic, Severity, SpecPath } from "./diagnostics/diagnostic";
export { exitCodeOf, hasErrors } from "./diagnostics/diagnostic";
export type { ByCloud, Cloud } from "./model/cloud";
export { CLOUDS } from "./model/cloud";
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
export type { LoadedSpec } from "./model/load";
export { loadSpec } from "./model/load";
export { enclaveJsonSchema } from "./model/schema";
