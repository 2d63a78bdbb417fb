/** Network interfaces with a fixed address: one that a subnet can give out, and only once. */
import type { Diagnostic } from "../diagnostics/diagnostic";
import { error } from "../diagnostics/make";
import { joinPath } from "../diagnostics/path";
import { idOf } from "../model/ids";
import { LONGEST_SLOT_PREFIX, slotPrefixFor } from "../model/slots";
import type { Item } from "../spec/read/draft";
import type { ZoneSpec } from "../spec/schema/schema";
import { entriesOf, known } from "../spec/unknown";
import { type Context, repeated } from "./context";

interface Interface {
  readonly name: string;
  readonly host: number;
  readonly path: string;
}

export const checkInterfaces = ({ draft }: Context): Diagnostic[] =>
  draft.zones.flatMap((zone) => {
    const interfaces = interfacesOf(zone);
    return [...checkAddresses(zone, interfaces), ...checkNames(zone, interfaces), ...checkHosts(interfaces)];
  });

function interfacesOf({ path, value }: Item<ZoneSpec>): Interface[] {
  return entriesOf(value.interfaces, joinPath(path, "interfaces")).flatMap((entry) => {
    const [name, host] = [known(entry.value.name), known(entry.value.host)];
    return name === undefined || host === undefined ? [] : [{ name, host, path: entry.path }];
  });
}

/** The zone's slot, when exactly one size says what it is. */
function slotPrefixOf({ value }: Item<ZoneSpec>): number | undefined {
  const [hosts, prefix, block] = [known(value.hosts), known(value.prefix), known(value.cidr)];
  const sizes = [hosts && slotPrefixFor(hosts), prefix, block && block.prefix + 2];
  const [slot, ...others] = sizes.filter((size) => size !== undefined);
  return slot !== undefined && others.length === 0 && slot <= LONGEST_SLOT_PREFIX ? slot : undefined;
}

function checkAddresses(zone: Item<ZoneSpec>, interfaces: readonly Interface[]): Diagnostic[] {
  const slot = slotPrefixOf(zone);
  if (slot === undefined) return [];
  // Azure and AWS keep the last address, Google the last two: https://docs.cloud.google.com/vpc/docs/subnets
  const last = 2 ** (32 - slot) - 3;
  return interfaces
    .filter(({ host }) => host < 4 || host > last)
    .map(({ name, host, path }) => {
      const detail = `A subnet of zone "${zone.name}" is a /${slot}: it gives out the addresses 4 to ${last}, because the first four and the last two are reserved on some cloud.`;
      const summary = `"${name}" cannot have the address ${host} of its subnet`;
      return error("interface-host", joinPath(path, "host"), summary, detail, {
        facts: { host, first: 4, last, slot: `/${slot}` },
        fix: `host: ${host < 4 ? 4 : last}`,
      });
    });
}

const checkNames = (zone: Item<ZoneSpec>, interfaces: readonly Interface[]): Diagnostic[] =>
  repeated(interfaces, ({ name }) => idOf(name)).map(({ name, path }) =>
    error(
      "interface-name-twice",
      joinPath(path, "name"),
      `zone "${zone.name}" has two interfaces called "${name}"`,
      "A name is a Terraform address, so each is used once.",
      { fix: `name: ${name.slice(0, 18)}-2` },
    ),
  );

function checkHosts(interfaces: readonly Interface[]): Diagnostic[] {
  return repeated(interfaces, ({ host }) => host).map(({ name, host, path }) => {
    const first = interfaces.find((each) => each.host === host)?.name;
    const free = firstFree(interfaces.map((each) => each.host));
    return error(
      "interface-host-twice",
      joinPath(path, "host"),
      `"${name}" wants the address of "${first}"`,
      `Address ${host} of each subnet is given to "${first}" already.`,
      { facts: { host, free }, fix: `host: ${free}` },
    );
  });
}

/** The lowest address that a subnet gives out and no interface has. */
function firstFree(taken: readonly number[]): number {
  let host = 4;
  while (taken.includes(host)) host++;
  return host;
}
