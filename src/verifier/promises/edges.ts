/** Ways into the enclave, out of it, or around its filters. */
import { type EnclavePromise, promise } from "./promise";

export const EDGES: readonly EnclavePromise[] = [
  promise("only the way out has public addresses", ({ read }) => read.publicAddresses()),
  promise("there is no IPv6", ({ read }) => read.ipv6()),
  promise("the enclave is joined to no network that is not its own", ({ read }) => read.foreignLinks()),
  promise("nothing is published that the spec does not publish", ({ read }) => read.offers()),
  promise("nothing leads around endpoints and inspection", ({ read }) => read.bypasses()),
  promise("a filter applies to every subnet before anything can run there", ({ read }) => read.unfiltered()),
  promise("routes lead along the way out, and nowhere else", ({ read }) => read.strayRoutes()),
  promise("rules are such as the cloud takes, and none undoes another", ({ read }) => read.unsoundRules()),
  promise("what the cloud makes by itself admits nothing", ({ read }) => read.openDefaults()),
];
