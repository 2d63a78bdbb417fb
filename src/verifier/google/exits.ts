/**
 * The proxy's rules: whether a request passes. A rule matches by the client's address, the port and the name
 * together; what no rule matches is denied.
 * https://docs.cloud.google.com/secure-web-proxy/docs/cel-matcher-language-reference
 */
import { type Block, block, holds } from "../replay/blocks";
import { type Fault, reading, unless } from "../replay/fault";
import { matchesName } from "../replay/names";
import type { Host, Verdict } from "../replay/paths";
import { type Dependent, dependent } from "../replay/quarantine";
import type { Exits, Request } from "../replay/reader";
import { type TerraformDocument, text, texts } from "../terraform/document";
import { evaluate } from "../terraform/expressions";
import { proxyFaults } from "./proxy";
import { all, bodyOf, type Resource, referred, TYPE } from "./resources";

/** The parts of a matcher of the session, and the one form of a matcher of requests that are decrypted. */
const SESSION =
  /^inIpRange\(source\.ip, '([^']+)'\) && destination\.port == (\d+) && inUrlList\(host\(\), '([^']+)'\)$/;
const REQUEST = /^inUrlList\(request\.url\(\), '([^']+)'\)$/;

/**
 * `x.com`, `*.x.com` or everything:
 * https://docs.cloud.google.com/secure-web-proxy/docs/url-list-syntax-reference
 */
const HOST = /^(?:\*|(?:\*\.)?[a-z0-9_-]+(?:\.[a-z0-9_-]+)*)$/i;

export interface ExitRule {
  readonly resource: string;
  readonly priority: number;
  readonly allow: boolean;
  readonly source: Dependent<Block>;
  readonly port: number;
  /** Lists that have to hold the name, each by its Terraform address. */
  readonly lists: readonly string[];
  readonly names: readonly (readonly string[])[];
  readonly isDecrypted: boolean;
}

/** Of the policy of the gateway, in order of priority. */
export function exitRulesIn(document: TerraformDocument): ExitRule[] {
  const [gateway] = all(document, TYPE.gateway);
  const policy = referred(gateway?.body["gateway_security_policy"], TYPE.exitPolicy);
  return all(document, TYPE.exitRule)
    .filter(({ body }) => referred(body["gateway_security_policy"], TYPE.exitPolicy) === policy)
    .filter(({ body }) => body["enabled"] === true)
    .map((rule) => reading(rule.address, () => readRule(document, rule)))
    .sort((a, b) => a.priority - b.priority);
}

function readRule(document: TerraformDocument, { address: resource, body }: Resource): ExitRule {
  const [range, port, outer] = partsOf(body["session_matcher"], SESSION);
  const [inner] =
    body["application_matcher"] === undefined ? [] : partsOf(body["application_matcher"], REQUEST);
  const [profile] = partsOf(body["basic_profile"], /^(ALLOW|DENY)$/);
  const lists = [outer, ...(inner === undefined ? [] : [inner])];
  return {
    resource,
    priority: Number(body["priority"]),
    allow: profile === "ALLOW",
    source: dependent({ range }, (inputs) => reading(resource, () => block(String(evaluate(range, inputs))))),
    port: Number(port),
    lists: lists.map((list) => `${TYPE.exitList}.${referred(list, TYPE.exitList)}`),
    names: lists.map((list) => namesIn(document, list)),
    isDecrypted: body["tls_inspection_enabled"] === true,
  };
}

function partsOf(value: unknown, form: RegExp): string[] {
  const found = form.exec(String(value));
  if (found === null) throw new Error(`unread: ${String(value)}`);
  return found.slice(1);
}

function namesIn(document: TerraformDocument, list: unknown): string[] {
  const names = texts(bodyOf(document, list, TYPE.exitList), "values");
  const unread = names.find((name) => !HOST.test(name));
  if (unread === undefined) return names;
  throw new Error(`unread: ${unread}`, { cause: `${TYPE.exitList}.${referred(list, TYPE.exitList)}` });
}

export function exitsIn(document: TerraformDocument, rules: readonly ExitRule[]): Exits {
  const holding = (from: Host, cut: readonly string[]): ExitRule[] =>
    rules.filter(({ source }) => holds(source.at(cut), from.address));
  const permitting = (from: Host, cut: readonly string[]): ExitRule[] =>
    holding(from, cut).filter(({ allow }) => allow);
  return {
    exitsBy: "proxy",
    // A tunnel is asked for by name and port, whatever is spoken inside.
    applications: ["tls"],
    inspector: TYPE.exitPolicy,
    inspectors: () =>
      [TYPE.gateway, TYPE.exitPolicy, TYPE.exitRule, TYPE.exitList, TYPE.route].flatMap((type) =>
        all(document, type).map(({ address }) => address),
      ),
    inspectionFaults: () => [...proxyFaults(document), ...uninspected(document, rules)],
    inspects: (from, request, cut) => judgedBy(holding(from, cut), request),
    letsPass: (from, request, cut) => judgedBy(permitting(from, cut), request),
    begins: (from, { protocol, port }, cut) => {
      const found = permitting(from, cut).find((rule) => rule.port === port);
      return { passes: protocol === "tcp" && found !== undefined, by: found?.resource ?? TYPE.exitRule };
    },
    exitPatterns: (from, cut) => ({
      names: holding(from, cut).flatMap(({ names }) => names.flat()),
      ports: holding(from, cut).map(({ port }) => port),
    }),
    // On port 80 nothing is encrypted.
    decrypts: () =>
      decrypting(document) !== undefined &&
      rules.every(({ port, isDecrypted }) => port === 80 || isDecrypted),
    // A gateway has no zone, only a region.
    exitSpansZones: () =>
      all(document, TYPE.gateway).every(({ body }) => /^[a-z]+-[a-z]+\d+$/.test(text(body, "location"))),
  };
}

function judgedBy(rules: readonly ExitRule[], { name, port }: Request): Verdict {
  const asked = rules.filter((rule) => rule.port === port);
  const decisive = asked.find(({ names }) =>
    names.every((list) => list.some((pattern) => matchesName(pattern, name))),
  );
  return { passes: decisive?.allow === true, by: decisive?.resource ?? asked[0]?.lists[0] ?? TYPE.exitRule };
}

const decrypting = (document: TerraformDocument): Resource | undefined =>
  all(document, TYPE.exitPolicy).find(({ body }) => body["tls_inspection_policy"] !== undefined);

/** A policy that decrypts reads every tunnel, and judges the name inside it a second time. */
function uninspected(document: TerraformDocument, rules: readonly ExitRule[]): Fault[] {
  const policy = decrypting(document);
  const inspection = bodyOf(document, policy?.body["tls_inspection_policy"], TYPE.inspection);
  return [
    ...(policy === undefined
      ? []
      : unless(inspection !== undefined, policy.address, "nothing decrypts for it")),
    ...rules.flatMap(({ resource, priority, port, isDecrypted, lists }, index) => {
      const wanted = policy !== undefined && port !== 80;
      const isSo = isDecrypted === wanted && (lists.length === 2) === wanted && new Set(lists).size === 1;
      return [
        ...unless(isSo, resource, "it does not inspect as its policy says"),
        ...unless(priority !== rules[index - 1]?.priority, resource, "its priority is another's"),
      ];
    }),
  ];
}
