/** Names that resolve inside the enclave, and where they lead. */
import { departuresOf } from "../../model/connections";
import { type Fault, unless } from "../replay/fault";
import { matchesName } from "../replay/names";
import { probesOf } from "./probes";
import { type Asked, type EnclavePromise, promise } from "./promise";

export const NAMES: readonly EnclavePromise[] = [
  promise("nothing resolves but the needed names", (asked) => resolving(asked, "beside")),
  promise("a name that is needed exactly lets no name below it resolve", (asked) =>
    resolving(asked, "below"),
  ),
  promise("a wildcard does not let its domain resolve", (asked) => resolving(asked, "domain")),
  promise("names of declared ways out resolve", (asked) =>
    unresolved(
      asked,
      departuresOf(asked.enclave).map(({ name }) => name),
    ),
  ),
  promise("machines of the network find each other by name", (asked) => unresolved(asked, hostNames(asked))),
  promise("names that dns.allow lists resolve", (asked) => unresolved(asked, asked.enclave.dnsAllow)),
  promise("names of private endpoints resolve", (asked) => unresolved(asked, endpointNames(asked))),
  promise("names of private endpoints lead to them, and to nothing public", ({ read, enclave }) =>
    enclave.privateEndpoints.flatMap((endpoint) => read.leadsOutside(endpoint, enclave.dnsAllow)),
  ),
  promise("no resolver is asked but the one that is filtered", ({ read }) => read.otherResolvers()),
];

const endpointNames = ({ read, enclave }: Asked): string[] =>
  enclave.privateEndpoints.flatMap((endpoint) => read.namesOf(endpoint, enclave.dnsAllow));

const hostNames = ({ read }: Asked): string[] => {
  const domain = read.hostDomain();
  return domain === undefined ? [] : [`*.${domain}`];
};

const neededBy = (asked: Asked): string[] => [
  ...new Set([
    ...departuresOf(asked.enclave).map(({ name }) => name),
    ...asked.enclave.dnsAllow,
    ...endpointNames(asked),
    ...hostNames(asked),
  ]),
];

type Place = "below" | "domain" | "beside";

/** The place of a name that nobody needs: below an exact one, the domain of a wildcard, or elsewhere. */
function placeOf(name: string, needed: readonly string[]): Place {
  if (needed.includes(`*.${name}`)) return "domain";
  return needed.some((each) => name.endsWith(`.${each}`)) ? "below" : "beside";
}

function resolving(asked: Asked, place: Place): Fault[] {
  const needed = neededBy(asked);
  return probesOf([...needed, ...asked.read.namePatterns()])
    .filter((name) => !needed.some((each) => matchesName(each, name)) && placeOf(name, needed) === place)
    .flatMap((name) => {
      const { passes, by } = asked.read.resolves(name);
      return unless(!passes, by, `"${name}" resolves`);
    });
}

function unresolved({ read }: Asked, patterns: readonly string[]): Fault[] {
  return patterns.flatMap((pattern) => {
    const name = pattern.replace(/^\*/, "any");
    const { passes, by } = read.resolves(name);
    return unless(passes, by, `"${name}" does not resolve`);
  });
}
