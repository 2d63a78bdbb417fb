/** Ways to spoil a rendered document, so that sentences can be seen to fail. */
import type { TerraformDocument } from "../../src/plan/provider";

type Body = Record<string, unknown>;
interface Draft extends Body {
  resource: Record<string, Record<string, Body>>;
}
export type Change = (draft: Draft) => void;

/** A copy with every change made, in order. */
export function spoiled(document: TerraformDocument, changes: readonly Change[]): TerraformDocument {
  const draft = structuredClone(document) as Draft;
  for (const change of changes) change(draft);
  return draft;
}

export const drop =
  (...types: string[]): Change =>
  ({ resource }) => {
    for (const type of types) delete resource[type];
  };

/** Arguments of every resource of the type; undefined takes one away. */
export const set =
  (type: string, values: Body): Change =>
  ({ resource }) => {
    for (const body of Object.values(resource[type] ?? {})) Object.assign(body, values);
  };

export const add =
  (type: string, name: string, body: Body): Change =>
  ({ resource }) => {
    resource[type] = { ...resource[type], [name]: body };
  };

/** One more resource for each of another type. */
export const addForEach =
  (of: string, type: string, body: (name: string) => Body): Change =>
  ({ resource }) => {
    for (const name of Object.keys(resource[of] ?? {}))
      resource[type] = { ...resource[type], [`spoiled_${name}`]: body(name) };
  };

export const put =
  (block: string, value: unknown): Change =>
  (draft) => {
    draft[block] = value;
  };

/** Every text in the document that matches. */
export const replace =
  (found: RegExp, by: string): Change =>
  (draft) => {
    const changed = JSON.parse(JSON.stringify(draft).replace(found, by)) as Draft;
    for (const key of Object.keys(draft)) delete draft[key];
    Object.assign(draft, changed);
  };
