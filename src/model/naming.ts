/** Other names for the zones and endpoints of an enclave that is the same otherwise. */
import { joinPath } from "../diagnostics/path";
import type { Enclave, PrivateEndpoint, Zone } from "./enclave";

export const RENAMABLE = ["zones", "privateEndpoints"] as const;
export type Renamable = (typeof RENAMABLE)[number];

/** By kind, the other name of each item that gets one. */
export type Naming = Readonly<Record<Renamable, ReadonlyMap<string, string>>>;

export const byKind = <T>(make: (kind: Renamable) => T): Readonly<Record<Renamable, T>> => ({
  zones: make("zones"),
  privateEndpoints: make("privateEndpoints"),
});

export const NO_NAMING: Naming = byKind(() => new Map());

export const newName = (naming: Naming, kind: Renamable, name: string): string =>
  naming[kind].get(name) ?? name;

export const isEmpty = (naming: Naming): boolean => RENAMABLE.every((kind) => naming[kind].size === 0);

/** Paths are renamed too, because reasons quote them. */
export function renameEnclave(enclave: Enclave, naming: Naming): Enclave {
  const zone = (name: string): string => newName(naming, "zones", name);
  const zoneOf = (each: Zone): Zone => {
    const [name, path] = [zone(each.name), joinPath("zones", zone(each.name))];
    const interfaces = each.interfaces.map((one) => ({
      ...one,
      path: path + one.path.slice(each.path.length),
    }));
    return { ...each, name, interfaces, path };
  };
  const endpointOf = (each: PrivateEndpoint): PrivateEndpoint => {
    const name = newName(naming, "privateEndpoints", each.name);
    return { ...each, name, from: each.from.map(zone), path: joinPath("privateEndpoints", name) };
  };
  return {
    ...enclave,
    zones: enclave.zones.map(zoneOf),
    flows: enclave.flows.map((flow) => ({ ...flow, from: flow.from.map(zone), to: flow.to.map(zone) })),
    privateEndpoints: enclave.privateEndpoints.map(endpointOf),
    egress: enclave.egress.map((rule) => ({ ...rule, from: rule.from.map(zone) })),
    published: enclave.published.map((service) => ({ ...service, zone: zone(service.zone) })),
    quarantine: enclave.quarantine.map(zone),
  };
}
