/** Changes of the rules of the firewall policy, which are blocks of one resource. */
import type { Change } from "../../slips";

// biome-ignore lint/suspicious/noExplicitAny: a document is taken apart at any place.
export type Any = any;

export const POLICY = "google_compute_network_firewall_policy_with_rules.enclave";
export const UNREADABLE = "every part of the document can be read";

/** The rules of the policy. */
const rulesIn = (draft: Any): Any[] =>
  draft.resource.google_compute_network_firewall_policy_with_rules.enclave.rule;

/** A rule of the policy by its name. */
function ruleIn(draft: Any, name: string): Any {
  const found = rulesIn(draft).find((rule) => rule.rule_name === name);
  if (found === undefined) throw new Error(`no rule ${name}`);
  return found;
}

export const rule =
  (name: string, change: (rule: Any) => void): Change =>
  (draft) => {
    change(ruleIn(draft, name));
  };

/** What a rule matches, in part. */
export const match =
  (values: object) =>
  (one: Any): void => {
    one.match = { ...one.match, ...values };
  };

export const withoutRule =
  (name: string) =>
  (draft: Any): void => {
    rulesIn(draft).splice(rulesIn(draft).indexOf(ruleIn(draft, name)), 1);
  };

/** Puts one more rule into the policy, in its place. */
export const addRule =
  (of: string, change: (rule: Any) => void) =>
  (draft: Any): void => {
    const added = structuredClone(ruleIn(draft, of));
    change(added);
    rulesIn(draft).push(added);
    rulesIn(draft).sort((a, b) => a.priority - b.priority);
  };

/** Moves a rule to another priority, and to its place there. */
export const moveRule =
  (name: string, priority: number): Change =>
  (draft) => {
    ruleIn(draft, name).priority = priority;
    rulesIn(draft).sort((a, b) => a.priority - b.priority);
  };
