/** One change of a rendered document, to see which invariant notices. */
import type { NetworkPlan } from "../../src/plan/network-plan";
import type { Provider, TerraformDocument } from "../../src/plan/provider";

/** Words, the change, and the sentences that it alone provokes. */
export type Mutation = readonly [string, Change, readonly string[]];

// biome-ignore lint/suspicious/noExplicitAny: a change reaches anywhere.
type Anything = any;
type Body = Record<string, unknown>;
/** `resources` by type and name, as rendered. */
export type Change = (
  resources: Record<string, Record<string, Anything>>,
  document: Record<string, unknown>,
) => void;

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

/** As `set`, for what a text argument says. */
export const rewrite =
  (type: string, name: string, path: readonly string[], found: string | RegExp, by: string): Change =>
  (resources) => {
    let at: unknown = resources[type]?.[name];
    for (const key of path.slice(0, -1)) at = first((at as Body)[key]);
    const [last = ""] = path.slice(-1);
    const before = JSON.stringify((first(at) as Body)[last]);
    const after = before.replace(found, by);
    if (after === before) throw new Error(`${type}.${name} does not say ${found}`);
    (first(at) as Body)[last] = JSON.parse(after);
  };

interface Rendered {
  readonly document: TerraformDocument;
  readonly plan: NetworkPlan;
}

export function expectNoticed(
  { document, plan }: Rendered,
  check: Provider["brokenInvariants"],
  mutations: readonly Mutation[],
): void {
  const brokenBy = (change: Change): readonly string[] => {
    const copy = structuredClone(document) as Record<string, unknown>;
    change(copy["resource"] as Record<string, Record<string, Body>>, copy);
    return check(copy as TerraformDocument, plan);
  };
  test("as it is rendered breaks nothing", () => expect(brokenBy(() => {})).toEqual([]));
  test.each(mutations)("with %s is not written, for this reason alone", (_words, change, expected) => {
    expect(brokenBy(change)).toEqual(expected);
  });
}
