/** Networks outside: private, apart from the enclave and from each other. */

import type { Diagnostic } from "../diagnostics/diagnostic";
import { removing } from "../diagnostics/edit";
import { error } from "../diagnostics/make";
import { joinPath } from "../diagnostics/path";
import { formatCidr, overlaps } from "../net/cidr";
import { isPrivate, PRIVATE } from "../net/ranges";
import { entriesOf, known } from "../spec/unknown";
import { type Context, overlapping } from "./context";

export function checkExternals({ draft, lineOf }: Context): Diagnostic[] {
  const range = known(draft.spec.cidr);
  const blocks = draft.externalNetworks.flatMap(({ name, path, value }) =>
    entriesOf(value.cidrs, joinPath(path, "cidrs")).map((entry) => ({
      name,
      cidr: entry.value,
      path: entry.path,
    })),
  );
  const single = blocks.flatMap(({ name, cidr, path }) => {
    const text = formatCidr(cidr);
    if (!isPrivate(cidr)) {
      const detail = `A network outside the enclave lies inside ${PRIVATE.map(formatCidr).join(", ")}; all else is the internet.`;
      return [
        error("external-not-private", path, `${text} of "${name}" is not private`, detail, {
          facts: { cidr: text },
          fix: removing(path),
        }),
      ];
    }
    if (range === undefined || !overlaps(cidr, range)) return [];
    const detail = `The enclave's own range is ${formatCidr(range)}: an address of both could be either.`;
    return [
      error("external-overlaps-enclave", path, `${text} of "${name}" overlaps the enclave`, detail, {
        facts: { range: formatCidr(range), cidr: text },
        fix: removing(path),
      }),
    ];
  });
  const pairs = overlapping(blocks).map(({ later, earlier }) => {
    const detail = `${formatCidr(earlier.cidr)} of "${earlier.name}" on line ${lineOf(earlier.path)} shares addresses with it.`;
    const facts = { earlier: formatCidr(earlier.cidr), later: formatCidr(later.cidr) };
    return error(
      "externals-overlap",
      later.path,
      `${formatCidr(later.cidr)} of "${later.name}" overlaps another network`,
      detail,
      { facts, fix: removing(later.path) },
    );
  });
  return [...single, ...pairs];
}
