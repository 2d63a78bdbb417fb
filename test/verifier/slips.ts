/** Deliberate slips: one change of a document that is right, the promise that it breaks, and the resource at fault. */
import type { Cloud } from "../../src/clouds/cloud";
import type { TerraformDocument } from "../../src/verifier/terraform/document";
import { brokenPromises, type Violation } from "../../src/verifier/verify";
import type { Rendered } from "../support/rendered";

/** Words, the change, the promise, and the resource. */
export type Slip = readonly [string, Change, promise: string, resource: string];

type Body = Record<string, unknown>;
interface Draft extends Body {
  resource: Record<string, Record<string, Body>>;
}
export type Change = (draft: Draft) => void;

const bodyOf = ({ resource }: Draft, type: string, name: string): Body => {
  const body = resource[type]?.[name];
  if (body === undefined) throw new Error(`no ${type}.${name}`);
  return body;
};

/** Undefined takes an argument away. */
export const set =
  (type: string, name: string, values: Body): Change =>
  (draft) => {
    Object.assign(bodyOf(draft, type, name), values);
  };

export const add =
  (type: string, name: string, body: Body): Change =>
  ({ resource }) => {
    resource[type] = { ...resource[type], [name]: body };
  };

export const remove =
  (type: string, name: string): Change =>
  (draft) => {
    bodyOf(draft, type, name);
    delete draft.resource[type]?.[name];
  };

export const copy =
  (type: string, name: string, as: string, values: Body): Change =>
  (draft) =>
    add(type, as, { ...bodyOf(draft, type, name), ...values })(draft);

/** Changes the text of one argument, as JSON. Throws where it does not say what is looked for. */
export const rewrite =
  (type: string, name: string, argument: string, found: string | RegExp, by: string): Change =>
  (draft) => {
    const body = bodyOf(draft, type, name);
    const before = JSON.stringify(body[argument]);
    const after = before.replace(found, by);
    if (after === before) throw new Error(`${type}.${name} does not say ${found}`);
    body[argument] = JSON.parse(after);
  };

/** Of a list, the one member that says all of `part`. */
function memberOf(draft: Draft, type: string, name: string, list: string, part: Body): [Body[], Body] {
  const members = (bodyOf(draft, type, name)[list] ?? []) as Body[];
  const found = members.filter((each) => Object.entries(part).every(([key, value]) => each[key] === value));
  const [member] = found;
  if (member === undefined || found.length > 1) throw new Error(`${found.length} of ${type}.${name} ${list}`);
  return [members, member];
}

/** Changes one member of a list inside a resource, found by a part of what it says. */
export const setIn =
  (type: string, name: string, list: string, part: Body, values: Body): Change =>
  (draft) => {
    Object.assign(memberOf(draft, type, name, list, part)[1], values);
  };

export const removeFrom =
  (type: string, name: string, list: string, part: Body): Change =>
  (draft) => {
    const [members, member] = memberOf(draft, type, name, list, part);
    members.splice(members.indexOf(member), 1);
  };

export const addTo =
  (type: string, name: string, list: string, member: Body): Change =>
  (draft) => {
    const body = bodyOf(draft, type, name);
    body[list] = [...((body[list] ?? []) as Body[]), member];
  };

export const all =
  (...changes: readonly Change[]): Change =>
  (draft) => {
    for (const change of changes) change(draft);
  };

export function changed(document: TerraformDocument, change: Change): TerraformDocument {
  const draft = structuredClone(document) as Draft;
  change(draft);
  return JSON.parse(JSON.stringify(draft)) as TerraformDocument;
}

function broken(cloud: Cloud, rendered: Rendered, change: Change): Violation[] {
  const { document, enclave, addresses } = rendered;
  return brokenPromises(cloud, changed(document, change), enclave, addresses);
}

/** Each is noticed, by that promise and at that resource; nothing is noticed where nothing was changed. */
export function expectNoticed(cloud: Cloud, rendered: Rendered, slips: readonly Slip[]): void {
  test("nothing is broken as it is rendered", () => expect(broken(cloud, rendered, () => {})).toEqual([]));

  test.each(slips)("%s", (_words, change, promise, resource) => {
    const found = broken(cloud, rendered, change);
    expect([...new Set(found.map((each) => `${each.promise} | ${each.resource}`))]).toContain(
      `${promise} | ${resource}`,
    );
  });
}
