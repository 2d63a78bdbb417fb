/**
 * Everything that is ever rendered: a type beside these (a router, an address translation, a VPN) is a way
 * nobody planned.
 */
import { KINDS } from "./arguments";

export const RENDERED_TYPES: ReadonlySet<string> = new Set(
  Object.keys(KINDS).filter((kind) => !kind.includes(" ")),
);
