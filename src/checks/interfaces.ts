/** Network interfaces with a fixed address: one that a subnet can give out, and only once. */
import type { Diagnostic } from "../diagnostics/diagnostic";
import { error } from "../diagnostics/make";
import { joinPath } from "../diagnostics/path";
import { idOf } from "../model/ids";
import { LONGEST_SLOT_PREFIX, slotPrefixFor } from "../model/slots";
import type { Item } from "../spec/read/item";
import type { ZoneSpec } from "../spec/schema/schema";
import { type Context, repeated } from "./context";

export const checkInterfaces = ({ draft }: Context): Diagnostic[] =>
  draft.zones.flatMap((zone) => [...checkAddresses(zone), ...checkRepetitions(zone)]);

/** The zone's slot, when exactly one size says what it is. */
function slotPrefixOf({ hosts, prefix, cidr }: Partial<ZoneSpec>): number | undefined {
  const sizes = [
    hosts === undefined ? undefined : slotPrefixFor(hosts),
    prefix,
    cidr === undefined ? undefined : cidr.prefix + 2,
  ];
  const given = sizes.filter((size) => size !== undefined);
  return given.length === 1 && Number(given[0]) <= LONGEST_SLOT_PREFIX ? given[0] : undefined;
}

function checkAddresses(zone: Item<ZoneSpec>): Diagnostic[] {
  const slot = slotPrefixOf(zone.value);
  if (slot === undefined) return [];
  // Azure and AWS keep the last address, Google the last two: https://docs.cloud.google.com/vpc/docs/subnets
  const last = 2 ** (32 - slot) - 3;
  return (zone.value.interfaces ?? []).flatMap(({ name, host }, index) => {
    if (host >= 4 && host <= last) return [];
    const detail = `A subnet of zone "${zone.name}" is a /${slot}: it gives out the addresses 4 to ${last}, because the first four and the last two are reserved on some cloud.`;
    const facts = { host, first: 4, last, slot: `/${slot}` };
    const fix = `host: ${host < 4 ? 4 : last}`;
    return [
      error(
        "interface-host",
        joinPath(zone.path, "interfaces", index, "host"),
        `"${name}" cannot have the address ${host} of its subnet`,
        detail,
        { facts, fix },
      ),
    ];
  });
}

function checkRepetitions(zone: Item<ZoneSpec>): Diagnostic[] {
  const interfaces = zone.value.interfaces ?? [];
  const at = (index: number, field: string) => joinPath(zone.path, "interfaces", index, field);
  const name = (index: number): string => interfaces[index]?.name ?? "";
  const names = repeated(interfaces.map((each) => idOf(each.name))).map((index) =>
    error(
      "interface-name-twice",
      at(index, "name"),
      `zone "${zone.name}" has two interfaces called "${name(index)}"`,
      "A name is a Terraform address, so each is used once.",
      { fix: `name: ${name(index).slice(0, 18)}-2` },
    ),
  );
  const hosts = repeated(interfaces.map((each) => each.host)).map((index) => {
    const { name, host } = interfaces[index] ?? { name: "", host: 0 };
    const first = interfaces.find((each) => each.host === host)?.name;
    const free = firstFree(interfaces.map((each) => each.host));
    return error(
      "interface-host-twice",
      at(index, "host"),
      `"${name}" wants the address of "${first}"`,
      `Address ${host} of each subnet is given to "${first}" already.`,
      { facts: { host, free }, fix: `host: ${free}` },
    );
  });
  return [...names, ...hosts];
}

/** The lowest address that a subnet gives out and no interface has. */
function firstFree(taken: readonly number[]): number {
  let host = 4;
  while (taken.includes(host)) host++;
  return host;
}
