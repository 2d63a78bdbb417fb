/** Blocks and addresses as they stand in a rendered document, which has to be readable. */
import { type Cidr, lastOf, parseCidr, parseIp } from "../../net/cidr";

export function block(text: string): Cidr {
  const parsed = parseCidr(text);
  if (!parsed.ok) throw new Error(`no block: ${text}`);
  return parsed.cidr;
}

export function address(text: string): number {
  const parsed = parseIp(text);
  if (parsed === undefined) throw new Error(`no address: ${text}`);
  return parsed;
}

export const holds = (range: Cidr, at: number): boolean => range.base <= at && at <= lastOf(range);
