/** The spec's own words, for the explanations of broken YAML. */
import { ITEM_FIELDS, isFreeText } from "../schema/fields";
import type { Grammar } from "../yaml/nodes";

export const GRAMMAR: Grammar = { fields: ITEM_FIELDS, isFreeText };
