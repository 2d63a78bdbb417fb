/** One change of a rendered document, to see which invariant notices. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brokenInvariants } from "../../../providers/aws/invariants";
import type { TerraformDocument } from "../../../src/provider";
import { type Rendered, render } from "./rendered";

export const EXAMPLE = readFileSync(join(__dirname, "../../../examples/private-rag/private-rag.enclave.yaml"), "utf8");

/** Words, the change, and the sentences that it alone provokes. */
export type Mutation = readonly [string, Change, readonly string[]];

type Body = Record<string, unknown>;
export type Change = (resources: Record<string, Record<string, Body>>, document: Record<string, unknown>) => void;

/** The sentences about a document after one change; its plan stays. */
function brokenBy({ document, plan }: Rendered, change: Change): readonly string[] {
  const copy = structuredClone(document) as Record<string, unknown>;
  change(copy["resource"] as Record<string, Record<string, Body>>, copy);
  return brokenInvariants(copy as TerraformDocument, plan);
}

export const set =
  (type: string, name: string, values: Body): Change =>
  (resources) => {
    const body = resources[type]?.[name];
    if (body === undefined) throw new Error(`no ${type}.${name}`);
    Object.assign(body, values);
  };

export const add =
  (type: string, name: string, body: Body): Change =>
  (resources) => {
    resources[type] = { ...resources[type], [name]: body };
  };

export const remove =
  (type: string, name: string): Change =>
  (resources) => {
    if (resources[type]?.[name] === undefined) throw new Error(`no ${type}.${name}`);
    delete resources[type][name];
  };

export const copyOf =
  (type: string, name: string, as: string, values: Body): Change =>
  (resources) => {
    if (resources[type]?.[name] === undefined) throw new Error(`no ${type}.${name}`);
    resources[type][as] = { ...resources[type][name], ...values };
  };

export const setNested =
  (type: string, name: string, path: readonly string[], value: unknown): Change =>
  (resources) => {
    let at: unknown = resources[type]?.[name];
    for (const key of path.slice(0, -1)) at = first((at as Body)[key]);
    (first(at) as Body)[path.at(-1) ?? ""] = value;
  };

const first = (value: unknown): unknown => (Array.isArray(value) ? value[0] : value);

export function expectNoticed(of: Rendered, mutations: readonly Mutation[]): void {
  test("as it is rendered breaks nothing", () => expect(brokenBy(of, () => {})).toEqual([]));
  test.each(mutations)("with %s is not written, for this reason alone", (_words, change, expected) => {
    expect(brokenBy(of, change)).toEqual(expected);
  });
}

export const ofExample = (): Rendered => render(EXAMPLE);
