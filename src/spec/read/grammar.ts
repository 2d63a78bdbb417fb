/** The spec's own words, for the explanations of broken YAML. */
import { ITEM_FIELDS, isFreeText, isNamedPart } from "../schema/fields";
import { labelOf } from "../schema/parse";
import type { Grammar } from "../yaml/nodes";

export const GRAMMAR: Grammar = {
  fields: ITEM_FIELDS,
  start: "# npx enclave init writes a spec to start from",
  isFreeText,
  keyMeant: (parent, text) => (isNamedPart(parent) ? labelOf(text) : text),
};
