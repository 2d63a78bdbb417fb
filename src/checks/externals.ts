/** External networks: private, apart from the enclave and from each other. */

import type { Diagnostic } from "../diagnostics/diagnostic";
import { error } from "../diagnostics/make";
import { joinPath } from "../diagnostics/path";
import { formatCidr, overlaps } from "../net/cidr";
import { isPrivate, PRIVATE } from "../net/ranges";
import { entriesOf, known } from "../spec/unknown";
import { type Context, overlapping } from "./context";

export function* checkExternals({ draft, lineOf }: Context): Iterable<Diagnostic> {
  const range = known(draft.spec.cidr);
  const blocks = draft.externalNetworks.flatMap(({ name, path: network, value }) =>
    entriesOf(value.cidrs, joinPath(network, "cidrs")).map(({ value: cidr, path }) => ({ name, cidr, path })),
  );
  for (const { name, cidr, path } of blocks) {
    const text = formatCidr(cidr);
    if (!isPrivate(cidr)) {
      const detail =
        `An external network lies inside ${PRIVATE.map(formatCidr).join(", ")}; ` +
        "all else is the internet.";
      const summary = `${text} of "${name}" is not private`;
      yield error("external-not-private", path, summary, detail, { facts: { cidr: text } });
    } else if (range !== undefined && overlaps(cidr, range)) {
      const detail = `The enclave's own range is ${formatCidr(range)}: an address of both could be either.`;
      const facts = { range: formatCidr(range), cidr: text };
      const summary = `${text} of "${name}" overlaps the enclave`;
      yield error("external-overlaps-enclave", path, summary, detail, { facts });
    }
  }
  for (const { later, earlier } of overlapping(blocks)) {
    const [text, other] = [formatCidr(later.cidr), formatCidr(earlier.cidr)];
    const detail = `${other} of "${earlier.name}" on line ${lineOf(earlier.path)} shares addresses with it.`;
    const summary = `${text} of "${later.name}" overlaps another network`;
    yield error("externals-overlap", later.path, summary, detail, { facts: { earlier: other, later: text } });
  }
}
