/** Changes from outside that a resource leaves alone: tags of a policy, and what else its type may. */
import type { Rule } from "../terraform/arguments";
import { block, may, only, optional } from "../terraform/arguments";
import { type Attributes, nested, texts } from "../terraform/document";

const TAG = /^tags\["([^"]+)"\]$/;
const isTag = (change: string): boolean => TAG.test(change);
const changesIn = (body: Attributes): string[] => texts(nested(body, "lifecycle"), "ignore_changes");

export const ignoredTags = (body: Attributes): string[] =>
  changesIn(body).flatMap((change) => TAG.exec(change)?.[1] ?? []);
export const ignoredOthers = (body: Attributes): string[] =>
  changesIn(body).filter((change) => !isTag(change));

/** `own`: the one argument besides tags that a resource of the type may leave alone. */
export const lifecycle = (own?: string): { readonly lifecycle: Rule } => ({
  lifecycle: optional(
    block({
      ...may("precondition"),
      ignore_changes: (value, at) => {
        const others = Array.isArray(value) ? value.filter((change) => !isTag(String(change))) : value;
        return own === undefined ? only(undefined)(others, at) : only([own], undefined)(others, at);
      },
    }),
  ),
});
