/** The proxy's rules: whether a request passes. */

import type { Block } from "../replay/blocks";
import { block, holds } from "../replay/blocks";
import { unless } from "../replay/fault";
import { matchesName } from "../replay/names";
import { type Dependent, dependent } from "../replay/quarantine";
import type { Exits, Host, Request, Verdict } from "../replay/reader";
import {
  type Attributes,
  references,
  resourcesOf,
  type TerraformDocument,
  text,
  texts,
} from "../terraform/document";
import { evaluate } from "../terraform/expressions";

const RULE = "google_network_security_gateway_security_policy_rule";
const LISTS = "google_network_security_url_lists";
const POLICY = "google_network_security_gateway_security_policy";

const GATEWAY = "google_network_services_gateway";

const FORM =
  /^inIpRange\(source\.ip, '([^']+)'\) && destination\.port == (\d+) && inUrlList\(host\(\), '([^']+)'\)$/;

interface Rule {
  readonly resource: string;
  readonly allow: boolean;
  readonly source: Dependent<Block>;
  readonly port: number;
  readonly names: readonly string[];
}

/** In order of priority. Throws on a matcher of another form. */
const rulesIn = (document: TerraformDocument): Rule[] =>
  [...resourcesOf(document, RULE)]
    .filter(([, body]) => body["enabled"] !== false)
    .sort(([, a], [, b]) => Number(a["priority"]) - Number(b["priority"]))
    .map(([name, body]) => readRule(document, `${RULE}.${name}`, body));

function readRule(document: TerraformDocument, resource: string, body: Attributes): Rule {
  const [, range = "", port = "", list = ""] = FORM.exec(text(body, "session_matcher")) ?? [];
  if (range === "") throw new Error(`unread: ${text(body, "session_matcher")}`);
  return {
    resource,
    allow: body["basic_profile"] === "ALLOW",
    source: dependent({ range }, (inputs) => block(String(evaluate(range, inputs)))),
    port: Number(port),
    names: references(list, LISTS).flatMap((each) => texts(resourcesOf(document, LISTS).get(each), "values")),
  };
}

/** Every set of blocks that a rule names, beside what the proxy answers. */
type Inspected = Exits & { readonly told: readonly (readonly Block[])[] };

export function exitsIn(document: TerraformDocument): Inspected {
  const rules = rulesIn(document);
  return {
    exitsBy: "proxy",
    // A tunnel is asked for by name and port, whatever is spoken inside.
    applications: ["tls"],
    inspector: POLICY,
    inspects: (from, request, cut) => judgedBy(rules, from, request, cut),
    letsPass: (from, request, cut) =>
      judgedBy(
        rules.filter(({ allow }) => allow),
        from,
        request,
        cut,
      ),
    begins: (from, { protocol, port }, cut) => {
      const found = rules.find(
        (rule) => rule.allow && rule.port === port && holds(rule.source.at(cut), from.address),
      );
      return { passes: protocol === "tcp" && found !== undefined, by: found?.resource ?? RULE };
    },
    inspectors: () =>
      [GATEWAY, POLICY, RULE, LISTS, "google_compute_route"].flatMap((type) =>
        [...resourcesOf(document, type).keys()].map((name) => `${type}.${name}`),
      ),
    inspectionFaults: () =>
      [...resourcesOf(document, GATEWAY)].flatMap(([name, body]) =>
        unless(
          text(body, "gateway_security_policy") === `\${${POLICY}.enclave.id}` &&
            references(body["subnetwork"], "google_compute_subnetwork").join() === "enclave_proxy",
          `${GATEWAY}.${name}`,
          "it has another policy or another subnetwork",
        ),
      ),
    exitPatterns: (from, cut) => {
      const holding = rules.filter(({ source }) => holds(source.at(cut), from.address));
      return { names: holding.flatMap(({ names }) => names), ports: holding.map(({ port }) => port) };
    },
    told: rules.flatMap(({ source }) => source.variants().map((range) => [range])),
    decrypts: () =>
      [...resourcesOf(document, POLICY).values()].some(
        (policy) => policy["tls_inspection_policy"] !== undefined,
      ) && [...resourcesOf(document, RULE).values()].some((rule) => rule["tls_inspection_enabled"] === true),
    // A gateway has no zone, only a region.
    exitSpansZones: () =>
      [...resourcesOf(document, GATEWAY).values()].every((gateway) =>
        /^[a-z]+-[a-z]+\d+$/.test(text(gateway, "location")),
      ),
  };
}

/** What no rule holds is denied. */
function judgedBy(
  rules: readonly Rule[],
  from: Host,
  { name, port }: Request,
  cut: readonly string[],
): Verdict {
  const decisive = rules.find(
    (rule) =>
      rule.port === port &&
      holds(rule.source.at(cut), from.address) &&
      rule.names.some((pattern) => matchesName(pattern, name)),
  );
  return { passes: decisive?.allow === true, by: decisive?.resource ?? RULE };
}
