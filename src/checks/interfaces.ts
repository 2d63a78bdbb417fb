/** Network interfaces with a fixed address: each address is usable in its subnet, and unique. */
import type { Diagnostic, SpecPath } from "../diagnostics/diagnostic";
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
  readonly path: SpecPath;
}

export function* checkInterfaces({ draft }: Context): Iterable<Diagnostic> {
  for (const zone of draft.zones) {
    const interfaces = interfacesOf(zone);
    yield* checkAddresses(zone, interfaces);
    yield* checkRepetitions(zone, interfaces);
  }
}

function interfacesOf({ path, value }: Item<ZoneSpec>): Interface[] {
  return entriesOf(value.interfaces, joinPath(path, "interfaces")).flatMap((entry) => {
    const [name, host] = [known(entry.value.name), known(entry.value.host)];
    return name === undefined || host === undefined ? [] : [{ name, host, path: entry.path }];
  });
}

/** The zone's slot, if exactly one size defines it. */
function slotPrefixOf({ value }: Item<ZoneSpec>): number | undefined {
  const [hosts, prefix, block] = [known(value.hosts), known(value.prefix), known(value.cidr)];
  const sizes = [hosts && slotPrefixFor(hosts), prefix, block && block.prefix + 2];
  const [slot, ...others] = sizes.filter((size) => size !== undefined);
  return slot !== undefined && others.length === 0 && slot <= LONGEST_SLOT_PREFIX ? slot : undefined;
}

function* checkAddresses(zone: Item<ZoneSpec>, interfaces: readonly Interface[]): Iterable<Diagnostic> {
  const slot = slotPrefixOf(zone);
  if (slot === undefined) return;
  // Azure and AWS keep the last address, Google the last two: https://docs.cloud.google.com/vpc/docs/subnets
  const last = 2 ** (32 - slot) - 3;
  for (const { name, host, path } of interfaces) {
    if (host >= 4 && host <= last) continue;
    const detail = `A subnet of zone "${zone.name}" is a /${slot}: it gives out the addresses 4 to ${last}, because the first four and the last two are reserved on some cloud.`;
    const summary = `"${name}" cannot have the address ${host} of its subnet`;
    yield error("interface-host", joinPath(path, "host"), summary, detail, {
      facts: { host, first: 4, last, slot: `/${slot}` },
    });
  }
}

function* checkRepetitions(zone: Item<ZoneSpec>, interfaces: readonly Interface[]): Iterable<Diagnostic> {
  for (const { name, path } of repeated(interfaces, (each) => idOf(each.name))) {
    const summary = `zone "${zone.name}" has two interfaces called "${name}"`;
    const detail = "A name is a Terraform address, so each is used once.";
    yield error("interface-name-twice", joinPath(path, "name"), summary, detail);
  }
  for (const { name, host, path } of repeated(interfaces, (each) => each.host)) {
    const first = interfaces.find((each) => each.host === host)?.name;
    let free = 4;
    while (interfaces.some((each) => each.host === free)) free++;
    const detail = `Address ${host} of each subnet is given to "${first}" already; ${free} is free.`;
    const summary = `"${name}" wants the address of "${first}"`;
    yield error("interface-host-twice", joinPath(path, "host"), summary, detail, { facts: { host, free } });
  }
}
