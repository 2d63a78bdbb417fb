/** Names: a form for all clouds, one namespace for all parties, one Terraform address for each thing. */
import type { Diagnostic } from "../diagnostics/diagnostic";
import { error } from "../diagnostics/make";
import { joinPath } from "../diagnostics/path";
import { connectionsOf, departuresOf, formatTraffic } from "../model/connections";
import { departureId, flowId, interfaceId } from "../model/ids";
import { egressOf, flowOf } from "../spec/read/build";
import { wholeItems } from "../spec/read/draft";
import { referencesIn } from "../spec/schema/fields";
import { parseName } from "../spec/schema/parse";
import { knownValues } from "../spec/unknown";
import { type Context, itemsWithNames, repeated } from "./context";
import { correcting } from "./references";

export function* checkNames(context: Context): Iterable<Diagnostic> {
  yield* checkForms(context);
  yield* checkNamespace(context);
  yield* checkAddresses(context);
}

/** The places that use a refused name are renamed with it, and get no error of their own. */
function* checkForms({ draft, renames }: Context): Iterable<Diagnostic> {
  const references = renames.size === 0 ? [] : referencesIn(draft.spec);
  for (const { name, path } of itemsWithNames(draft)) {
    const parsed = parseName(name);
    if (parsed.ok) continue;
    const { code, summary, detail, facts = {}, applicability } = parsed.problem;
    const meant = renames.get(name);
    const places = [...references.filter(({ value }) => value === name), { value: name, path, isKey: true }];
    const edits = meant === undefined ? [] : places.map((each) => correcting(each, meant, applicability));
    yield error(code, path, summary, detail, { facts, edits });
  }
}

function* checkNamespace({ draft, zone, lineOf }: Context): Iterable<Diagnostic> {
  for (const network of draft.externalNetworks) {
    const taken = zone(network.name);
    if (taken === undefined) continue;
    const [later, earlier] = lineOf(taken.path) > lineOf(network.path) ? [taken, network] : [network, taken];
    const detail =
      `Zones and external networks share one namespace, and line ${lineOf(earlier.path)} has the name ` +
      "already.";
    yield error("name-taken", later.path, `the name "${network.name}" is taken`, detail);
  }
}

/** Flows, egress rules and interfaces, each kind with the ids that its items have in Terraform. */
function* checkAddresses({ draft, lineOf }: Context): Iterable<Diagnostic> {
  const flows = connectionsOf({ flows: wholeItems(draft.flows).map(flowOf) }).map((each) => {
    const text = `${each.from} to ${each.to} ${formatTraffic(each.traffic)}`;
    return { id: flowId(each), text, path: each.because[0]?.path ?? "" };
  });
  const egress = departuresOf({ egress: wholeItems(draft.egress).map(egressOf) }).map((each) => {
    const text = `${each.zone} to ${each.name} ${each.port}`;
    return { id: departureId(each), text, path: each.because[0]?.path ?? "" };
  });
  const interfaces = draft.zones.flatMap(({ name: zone, path, value }) => {
    // Within one zone, equal names are an error of their own.
    const names = new Set(knownValues(value.interfaces).flatMap(({ name }) => knownValues(name)));
    return [...names].map((name) => {
      return { id: interfaceId(zone, name), text: `${name} of ${zone}`, path: joinPath(path, "interfaces") };
    });
  });
  for (const items of [flows, egress, interfaces])
    for (const { later, earlier } of repeated(items, ({ id }) => id)) {
      const [first, second] = [earlier, later].map(({ text, path }) => `"${text}" on line ${lineOf(path)}`);
      const detail =
        `${first} and ${second} would both be "${later.id}" in Terraform. ` +
        "Rename one of the names in them.";
      const summary = `two items render to the Terraform address "${later.id}"`;
      yield error("address-collision", later.path, summary, detail, { facts: { address: later.id } });
    }
}
