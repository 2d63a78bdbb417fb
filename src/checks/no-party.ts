/** What firewalls take where a flow wants a party: words for the internet and for all, and blocks of addresses. */

import type { Diagnostic, SpecPath } from "../diagnostics/diagnostic";
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

/** Says of an unknown name what it probably is, when it is no name at all. `told` is what is said of it otherwise. */
export function asNoParty(
  told: Diagnostic,
  name: string,
  flow: Item<FlowSpec>,
  { draft }: Context,
): Diagnostic {
  const isSource = told.path.startsWith(`${flow.path}.from`);
  const say = (detail: string, fix: string): Diagnostic => ({ ...told, detail, fix });
  const whole = told.path.replace(/\[\d+\]$/, "");
  const parties = flow.value[isSource ? "from" : "to"];
  const alone = whole === told.path || (Array.isArray(parties) && parties.length === 1);
  if (ALL_WORDS.test(name)) {
    return say(
      'There is no word for all: each party of a flow is named, and "internet" is one.',
      `# name the zones that need it: ${isSource ? "from" : "to"}: [${draft.zones[0]?.name ?? "app"}, …]`,
    );
  }
  const block = blockOf(name);
  if (block === undefined && !INTERNET_WORDS.test(name)) return told;
  if (block === undefined || block.prefix === 0) {
    if (!isSource)
      return say(
        "What leaves the enclave leaves by name, through `egress`, from private zones.",
        removing(told.path),
      );
    return say(
      'All that is not private is called "internet".',
      alone ? "from: internet" : removing(told.path),
    );
  }
  return say(...ofBlock(block, told.path, isSource && alone, known(draft.spec.cidr)));
}

function blockOf(text: string): Cidr | undefined {
  const parsed = parseCidr(parseIp(text) === undefined ? text : `${text}/32`);
  return parsed.ok ? parsed.cidr : parsed.aligned;
}

function ofBlock(block: Cidr, path: SpecPath, isSource: boolean, range: Cidr | undefined): [string, string] {
  const text = formatCidr(block);
  if (range !== undefined && overlaps(block, range))
    return [
      `${text} is a part of the enclave, and flows lead from zone to zone. Name the zone.`,
      removing(path),
    ];
  if (isPrivate(block))
    return [
      `A flow names its parties. Addresses of a private network outside stand under \`externalNetworks\`, with a name that a flow can use.`,
      removing(path),
    ];
  if (!isSource)
    return ["What leaves the enclave leaves by name, through `egress`, from private zones.", removing(path)];
  return ["Addresses of the internet narrow it.", `from: internet\nsources: [${text}]`];
}
