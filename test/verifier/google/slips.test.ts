/** Deliberate slips: the check names the promise that each breaks, and the resource at fault. */
import { PROMISES } from "../../../src/verifier/promises/all";
import { EXCEPTIONS } from "../../../src/verifier/promises/exceptions";
import type { TerraformDocument } from "../../../src/verifier/terraform/document";
import { askedOf, brokenPromises } from "../../../src/verifier/verify";
import { SPECS, type SpecName } from "../../conformance/specs";
import { render } from "../../support/rendered";
import { changed, type Slip } from "../slips";
import { ADDRESSES } from "./slips/addresses";
import { DENIED } from "./slips/denials";
import { KINDS, PEERINGS, ROUTES } from "./slips/edges";
import { BUNDLED, OUTPUTS } from "./slips/endpoints";
import { RULES } from "./slips/exits";
import { BESIDE, KEEPING, STORED, UNDER_A_KEY } from "./slips/logs";
import { NAMES } from "./slips/names";
import { NETWORKS, SUBNETS } from "./slips/network";
import { DRY, LET_IN, PERIMETERS } from "./slips/perimeter";
import { PERMITS } from "./slips/permits";
import { DECRYPTED, NOT_DECRYPTED, PROXY } from "./slips/proxy";
import { QUARANTINED } from "./slips/quarantine";
import { ATTACHED, INSIDE_THE_REGION, PREFERRED } from "./slips/regional";
import { UNREADABLE } from "./slips/slip";

const SLIPS: readonly (readonly [of: string, spec: SpecName, slips: readonly Slip[]])[] = [
  ["networks", "whole", NETWORKS],
  ["subnetworks", "whole", SUBNETS],
  ["routes", "whole", ROUTES],
  ["peerings", "whole", PEERINGS],
  ["addresses", "whole", ADDRESSES],
  ["kinds of resources", "whole", KINDS],
  ["permits", "whole", PERMITS],
  ["denials", "whole", DENIED],
  ["quarantine", "whole", QUARANTINED],
  ["the bundle of Google APIs", "whole", BUNDLED],
  ["the perimeter", "whole", PERIMETERS],
  ["a perimeter that lets some in", "letIn", LET_IN],
  ["a perimeter that only records", "dryRun", DRY],
  ["endpoints of somebody else's service", "given", ATTACHED],
  ["endpoints of the region", "apart", INSIDE_THE_REGION],
  ["endpoints of the region where they are preferred", "preferred", PREFERRED],
  ["the output of endpoints", "whole", OUTPUTS],
  ["names", "whole", NAMES],
  ["rules of the proxy", "whole", RULES],
  ["the proxy", "whole", PROXY],
  ["inspection of requests", "given", DECRYPTED],
  ["inspection of connections", "whole", NOT_DECRYPTED],
  ["sinks", "whole", KEEPING],
  ["buckets", "whole", STORED],
  ["buckets with a key", "given", UNDER_A_KEY],
  ["parts beside resources", "whole", BESIDE],
];

describe.each(SLIPS)("in %s", (_of, spec, slips) => {
  test.each(slips)("%s", (_title, change, promise, resource) => {
    const { document } = render("google", SPECS[spec]);
    const slipped = changed(document, change);
    expect(slipped).not.toEqual(document);
    expect(faultsOf(spec, slipped, promise)).toContain(resource);
  });
});

/** Resources at which the document breaks the promise, which is made of every enclave on Google. */
function faultsOf(spec: SpecName, document: TerraformDocument, title: string): string[] {
  const { enclave, addresses } = render("google", SPECS[spec]);
  if (title === UNREADABLE)
    return brokenPromises("google", document, enclave, addresses).flatMap(({ promise, resource }) =>
      promise === title ? [resource] : [],
    );
  const promise = PROMISES.find((each) => each.title === title);
  expect(EXCEPTIONS.google.map((exception) => exception.promise)).not.toContain(title);
  if (promise === undefined) throw new Error(`nobody promises that ${title}`);
  return promise.faults(askedOf("google", document, enclave, addresses)).map(({ resource }) => resource);
}
