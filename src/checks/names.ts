/** Names: zones and networks outside share one namespace, and no two things may come to one Terraform address. */
import type { Diagnostic, SpecPath } from "../diagnostics/diagnostic";
import { error } from "../diagnostics/make";
import { joinPath } from "../diagnostics/path";
import { connectionsOf, departuresOf, formatTraffic } from "../model/connections";
import { departureId, interfaceId, permitId } from "../model/ids";
import { egressOf, flowOf } from "../spec/read/build";
import { wholeItems } from "../spec/read/draft";
import { knownOf } from "../spec/unknown";
import type { Context } from "./context";
import { checkNameForms } from "./references";

export const checkNames = (context: Context): Diagnostic[] => [
  ...checkNameForms(context.draft, context.renames, context.lineOf),
  ...checkNamespace(context),
  ...checkRenderedNames(context),
];

function checkNamespace({ draft, zone, lineOf }: Context): Diagnostic[] {
  return draft.externalNetworks.flatMap((network) => {
    const taken = zone(network.name);
    if (taken === undefined) return [];
    const [later, earlier] = lineOf(taken.path) > lineOf(network.path) ? [taken, network] : [network, taken];
    const detail = `Zones and external networks share one namespace, and line ${lineOf(earlier.path)} has the name already.`;
    return [
      error("name-taken", later.path, `the name "${network.name}" is taken`, detail, {
        fix: `${network.name.slice(0, 14)}-other:`,
      }),
    ];
  });
}

interface Named {
  readonly id: string;
  readonly text: string;
  readonly path: SpecPath;
}

function checkRenderedNames(context: Context): Diagnostic[] {
  const { draft } = context;
  const flows = connectionsOf({ flows: wholeItems(draft.flows).map(flowOf) }).map((each): Named => {
    return {
      id: permitId(each),
      text: `${each.from} to ${each.to} ${formatTraffic(each.traffic)}`,
      path: each.because[0]?.path ?? "",
    };
  });
  const egress = departuresOf({ egress: wholeItems(draft.egress).map(egressOf) }).map((each): Named => {
    return {
      id: departureId(each),
      text: `${each.zone} to ${each.name} ${each.port}`,
      path: each.because[0]?.path ?? "",
    };
  });
  const interfaces = draft.zones.flatMap((zone) =>
    // Within one zone, equal names are their own error.
    [...new Set(knownOf(zone.value.interfaces).flatMap(({ name }) => knownOf(name)))].map((name): Named => {
      return {
        id: interfaceId(zone.name, name),
        text: `${name} of ${zone.name}`,
        path: joinPath(zone.path, "interfaces"),
      };
    }),
  );
  return [flows, egress, interfaces].flatMap((kind) => collisions(kind, context));
}

function collisions(items: readonly Named[], { lineOf }: Context): Diagnostic[] {
  const first = new Map<string, Named>();
  return items.flatMap((item) => {
    const earlier = first.get(item.id);
    if (earlier === undefined) {
      first.set(item.id, item);
      return [];
    }
    const detail = `"${earlier.text}" on line ${lineOf(earlier.path)} and "${item.text}" on line ${lineOf(item.path)} would both be "${item.id}" in Terraform. Rename one of the names in them.`;
    const fix = `# rename a name in ${item.path} or ${earlier.path}`;
    return [
      error(
        "address-collision",
        item.path,
        `two items render to the Terraform address "${item.id}"`,
        detail,
        { facts: { address: item.id }, fix },
      ),
    ];
  });
}
