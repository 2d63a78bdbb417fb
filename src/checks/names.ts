/** Names: a form for all clouds, one namespace for all parties, one Terraform address for each thing. */
import type { Diagnostic, SpecPath } from "../diagnostics/diagnostic";
import { renaming } from "../diagnostics/edit";
import { error } from "../diagnostics/make";
import { joinPath } from "../diagnostics/path";
import { type Because, connectionsOf, departuresOf, formatTraffic } from "../model/connections";
import { departureId, flowId, interfaceId } from "../model/ids";
import { egressOf, flowOf } from "../spec/read/build";
import { wholeItems } from "../spec/read/draft";
import { referencesIn } from "../spec/schema/fields";
import { parseName } from "../spec/schema/parse";
import { knownValues } from "../spec/unknown";
import type { Context } from "./context";
import { correcting } from "./references";
import { itemsWithNames } from "./renames";

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
    const uses = references.filter(({ value }) => value === name);
    const edits =
      meant === undefined
        ? []
        : [...uses.map((use) => correcting(use, meant, applicability)), renaming(path, meant, applicability)];
    yield error(code, path, summary, detail, { facts, edits });
  }
}

function* checkNamespace({ draft, zone, lineOf }: Context): Iterable<Diagnostic> {
  for (const network of draft.externalNetworks) {
    const taken = zone(network.name);
    if (taken === undefined) continue;
    const [later, earlier] = lineOf(taken.path) > lineOf(network.path) ? [taken, network] : [network, taken];
    const detail = `Zones and external networks share one namespace, and line ${lineOf(earlier.path)} has the name already.`;
    yield error("name-taken", later.path, `the name "${network.name}" is taken`, detail);
  }
}

interface Addressed {
  readonly id: string;
  readonly text: string;
  readonly path: SpecPath;
}

function* checkAddresses(context: Context): Iterable<Diagnostic> {
  const { draft } = context;
  const pathOf = ({ because: [first] }: { readonly because: readonly Because[] }): SpecPath =>
    first?.path ?? "";
  const flows = connectionsOf({ flows: wholeItems(draft.flows).map(flowOf) }).map((each): Addressed => {
    const text = `${each.from} to ${each.to} ${formatTraffic(each.traffic)}`;
    return { id: flowId(each), text, path: pathOf(each) };
  });
  const egress = departuresOf({ egress: wholeItems(draft.egress).map(egressOf) }).map((each): Addressed => {
    return { id: departureId(each), text: `${each.zone} to ${each.name} ${each.port}`, path: pathOf(each) };
  });
  const interfaces = draft.zones.flatMap(({ name: zone, path, value }) => {
    // Within one zone, equal names are an error of their own.
    const names = new Set(knownValues(value.interfaces).flatMap(({ name }) => knownValues(name)));
    return [...names].map((name): Addressed => {
      return { id: interfaceId(zone, name), text: `${name} of ${zone}`, path: joinPath(path, "interfaces") };
    });
  });
  for (const kind of [flows, egress, interfaces]) yield* checkCollisions(kind, context);
}

function* checkCollisions(items: readonly Addressed[], { lineOf }: Context): Iterable<Diagnostic> {
  const first = new Map<string, Addressed>();
  for (const item of items) {
    const { id, text, path } = item;
    const earlier = first.get(id);
    if (earlier === undefined) {
      first.set(id, item);
      continue;
    }
    const detail = `"${earlier.text}" on line ${lineOf(earlier.path)} and "${text}" on line ${lineOf(path)} would both be "${id}" in Terraform. Rename one of the names in them.`;
    const summary = `two items render to the Terraform address "${id}"`;
    yield error("address-collision", path, summary, detail, { facts: { address: id } });
  }
}
