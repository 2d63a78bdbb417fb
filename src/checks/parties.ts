/** Explains parties of firewalls that flows do not take: words for the internet and for all, and blocks. */
import { INTERNET } from "../model/enclave";
import { type Cidr, formatCidr, overlaps, parseCidr, parseIp } from "../net/cidr";
import { isPrivate } from "../net/ranges";
import type { Reference } from "../spec/schema/fields";
import { parseHostName } from "../spec/schema/parse";
import { known } from "../spec/unknown";
import type { Context } from "./context";

const INTERNET_WORDS =
  /^(?:the-)?(?:internet|world|public|wan|everywhere|anywhere|outside|0\.0\.0\.0(?:\/0)?|::\/0)$/i;
const ALL_WORDS = /^(?:any|all|\*|everything|everyone)$/i;

const BY_NAME = "Connections out of the enclave are opened by name, through `egress`, from private zones.";

/** Undefined for every other name, and outside flows. */
export function explainParty({ value: name, path }: Reference, { draft }: Context): string | undefined {
  const [, side] = /^flows\[\d+\]\.(from|to)/.exec(path) ?? [];
  if (side === undefined) return undefined;
  if (ALL_WORDS.test(name)) return `There is no word for all: each party is named, and "${INTERNET}" is one.`;
  const block = blockOf(name);
  if (INTERNET_WORDS.test(name) || block?.prefix === 0)
    return side === "to" ? BY_NAME : `Everything that is not private is called "${INTERNET}".`;
  if (block === undefined) return side === "to" && parseHostName(name, true).ok ? BY_NAME : undefined;
  const text = formatCidr(block);
  const range = known(draft.spec.cidr);
  if (range !== undefined && overlaps(block, range))
    return `${text} is a part of the enclave, and flows lead from zone to zone. Name the zone.`;
  if (isPrivate(block))
    return (
      "A flow names its parties. Private networks outside the enclave (`externalNetworks`) are not in " +
      "this version."
    );
  return side === "to"
    ? BY_NAME
    : 'Addresses of the internet stand as "sources" in a flow from the internet.';
}

function blockOf(text: string): Cidr | undefined {
  const parsed = parseCidr(parseIp(text) === undefined ? text : `${text}/32`);
  return parsed.ok ? parsed.cidr : parsed.aligned;
}
