/** Explains parties of firewalls that flows do not take: words for the internet and for all, and blocks. */

import type { Diagnostic } from "../diagnostics/diagnostic";
import { removing } from "../diagnostics/edit";
import { type Cidr, formatCidr, overlaps, parseCidr, parseIp } from "../net/cidr";
import { isPrivate } from "../net/ranges";
import type { Item } from "../spec/read/draft";
import type { FlowSpec } from "../spec/schema/schema";
import { known } from "../spec/unknown";
import type { Context } from "./context";

const INTERNET_WORDS =
  /^(?:the-)?(?:internet|world|public|wan|everywhere|anywhere|outside|0\.0\.0\.0(?:\/0)?|::\/0)$/i;
const ALL_WORDS = /^(?:any|all|\*|everything|everyone)$/i;

const BY_NAME = "Connections out of the enclave are opened by name, through `egress`, from private zones.";

/** The diagnostic of an unknown name, with an explanation where it is a word of this kind. */
export function explainParty(
  unknown: Diagnostic,
  name: string,
  { path, value }: Item<FlowSpec>,
  { draft }: Context,
): Diagnostic {
  const explain = (detail: string, fix = removing(unknown.path)): Diagnostic => ({ ...unknown, detail, fix });
  const side = unknown.path.startsWith(`${path}.from`) ? "from" : "to";
  if (ALL_WORDS.test(name)) {
    const fix = `# name the zones that need it: ${side}: [${draft.zones[0]?.name ?? "app"}, …]`;
    return explain('There is no word for all: each party of a flow is named, and "internet" is one.', fix);
  }
  const parties = value[side];
  const isAlone = !Array.isArray(parties) || parties.length === 1;
  const block = blockOf(name);
  if (INTERNET_WORDS.test(name) || block?.prefix === 0) {
    if (side === "to") return explain(BY_NAME);
    return explain(
      'Everything that is not private is called "internet".',
      isAlone ? "from: internet" : undefined,
    );
  }
  if (block === undefined) return unknown;
  const text = formatCidr(block);
  const range = known(draft.spec.cidr);
  if (range !== undefined && overlaps(block, range))
    return explain(`${text} is a part of the enclave, and flows lead from zone to zone. Name the zone.`);
  if (isPrivate(block))
    return explain(
      "A flow names its parties. Addresses of a private network outside stand under `externalNetworks`, with a name that a flow can use.",
    );
  if (side === "to") return explain(BY_NAME);
  const fix = isAlone ? `from: internet\nsources: [${text}]` : undefined;
  return explain('Addresses of the internet stand as "sources" in a flow from the internet.', fix);
}

function blockOf(text: string): Cidr | undefined {
  const parsed = parseCidr(parseIp(text) === undefined ? text : `${text}/32`);
  return parsed.ok ? parsed.cidr : parsed.aligned;
}
