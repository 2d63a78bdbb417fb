/** Ways out, names, endpoints. */

import type { Reader } from "../../src/verifier/replay/reader";
import {
  at,
  closed,
  endpoint,
  every,
  INTERNET,
  leave,
  open,
  type Sentence,
  sentence,
  stay,
  TRAFFIC,
  unless,
  ZONES,
  zone,
} from "./asking";

const route = (read: Reader, names: readonly string[], wanted: string): string[] =>
  names.flatMap((name) => unless(read.routeOut(name) === wanted, `${name} is led ${read.routeOut(name)}`));
const resolving = (read: Reader, names: readonly string[]): string[] =>
  names.filter((name) => read.resolves(name)).map((name) => `${name} resolves`);
const unresolved = (read: Reader, names: readonly string[]): string[] =>
  names.filter((name) => !read.resolves(name)).map((name) => `${name} does not resolve`);

const waysOut: readonly Sentence[] = [
  sentence("whole", "an isolated zone has no route to the internet", (read) =>
    route(read, ["db", "vault", "lab"], "nowhere"),
  ),
  sentence("whole", "a private zone without a way out has no route to the internet", (read) =>
    route(read, ["idle"], "nowhere"),
  ),
  sentence("bare", "a public zone that the internet may not enter has no route to it", (read) =>
    route(read, ["web"], "nowhere"),
  ),
  sentence("whole", "a private zone leaves by the inspected path and no other", (read) =>
    route(read, ["app", "batch"], "inspected"),
  ),
  sentence("whole", "an isolated zone gets to no name", (read) =>
    ["db", "vault", "idle"].flatMap((from) =>
      stay(read, [
        [from, "mirror.example.com", 443],
        [from, "mirror.example.com", 80],
      ]),
    ),
  ),
  sentence("whole", "a zone gets to the names and ports that it declares", (read) =>
    leave(read, [
      ["app", "mirror.example.com", 443],
      ["app", "cdn.huggingface.co", 443],
      ["batch", "mirror.example.com", 80],
    ]),
  ),
  sentence("whole", "a name that a zone does not declare is refused", (read) =>
    stay(read, [
      ["app", "attacker.example.net", 443],
      ["app", "mirror.example.com.attacker.net", 443],
      ["app", "amirror.example.com", 443],
    ]),
  ),
  sentence("whole", "a name is open on its declared port alone", (read) =>
    stay(read, [
      ["app", "mirror.example.com", 80],
      ["app", "mirror.example.com", 8443],
      ["batch", "mirror.example.com", 443],
    ]),
  ),
  sentence("whole", "a way out on a port of its own is held to its name too", (read) => [
    ...leave(read, [["batch", "registry.example.com", 8443]]),
    ...stay(read, [
      ["batch", "attacker.example.net", 8443],
      ["batch", "registry.example.com", 443],
      ["batch", "registry.example.com", 80],
      ["app", "registry.example.com", 8443],
    ]),
  ]),
  sentence("whole", "what gives no name, or an address in its place, does not leave", (read) =>
    stay(read, [
      ["app", "", 443],
      ["app", "198.51.100.7", 443],
      ["batch", "", 80],
      ["batch", "198.51.100.7", 8443],
    ]),
  ),
  sentence("whole", "a name that resolves is not thereby a way out", (read) => [
    ...stay(read, [
      ["app", "time.example.org", 443],
      ["batch", "time.example.org", 80],
    ]),
    ...stay(
      read,
      [...read.namesOf("files"), ...read.namesOf("metrics")].map((name) => ["app", name, 443]),
    ),
  ]),
  sentence("whole", "a name of one zone is not another's", (read) =>
    stay(read, [
      ["batch", "cdn.huggingface.co", 443],
      ["batch", "cdn.huggingface.co", 80],
      ["app", "mirror.example.com", 80],
    ]),
  ),
  sentence("whole", "a wildcard holds every name below its domain", (read) =>
    leave(read, [
      ["app", "a.huggingface.co", 443],
      ["app", "b.a.huggingface.co", 443],
    ]),
  ),
  sentence("whole", "a wildcard holds neither its domain nor a name that only ends like it", (read) =>
    stay(read, [
      ["app", "huggingface.co", 443],
      ["app", "evilhuggingface.co", 443],
    ]),
  ),
  sentence("whole", "a way out to an exact name opens nothing below it", (read) =>
    stay(read, [["app", "sub.mirror.example.com", 443]]),
  ),
  sentence("whole", "nothing but TCP leaves", (read) =>
    closed(read, every([zone("app"), zone("batch")], [INTERNET], ["443/udp", "53/udp", "icmp", "gre"])),
  ),
  sentence("given", "inspection of requests decrypts what leaves", (read) =>
    unless(read.decrypts(), "nothing is decrypted"),
  ),
  sentence("whole", "inspection of connections decrypts nothing", (read) =>
    unless(!read.decrypts(), "TLS is decrypted"),
  ),
  sentence("whole", "the way out stands in more than one availability zone", (read) =>
    unless(read.wayOutSpansZones(), "it stands in one"),
  ),
];

const names: readonly Sentence[] = [
  sentence("whole", "nothing resolves but the needed names", (read) =>
    resolving(read, [
      "attacker.example.net",
      "example.org",
      "com",
      "data.tunnel.attacker.net",
      "mirror.example.com.attacker.net",
    ]),
  ),
  sentence("bare", "where no name is needed none resolves", (read) =>
    resolving(read, ["mirror.example.com", "example.org", "huggingface.co"]),
  ),
  sentence("whole", "names of declared ways out resolve", (read) =>
    unresolved(read, ["mirror.example.com", "cdn.huggingface.co"]),
  ),
  sentence("whole", "names that dns.allow lists resolve", (read) => unresolved(read, ["time.example.org"])),
  sentence("whole", "names of private endpoints resolve", (read) =>
    ["files", "secrets", "metrics"].flatMap((each) => [
      ...unless(read.namesOf(each).length > 0, `${each} has no names`),
      ...unresolved(read, read.namesOf(each)),
    ]),
  ),
  sentence("whole", "names of private endpoints lead to them, and to nothing public", (read) =>
    ["files", "secrets", "metrics"].flatMap((each) =>
      unless(read.leadsInside(each), `${each} is looked for in public`),
    ),
  ),
  sentence("given", "the name of a third party leads to its endpoint", (read) =>
    unless(read.leadsInside("partner"), "it is looked for in public"),
  ),
  sentence("whole", "a name that is needed exactly lets no name below it resolve", (read) =>
    resolving(read, ["sub.time.example.org"]),
  ),
  sentence("whole", "a wildcard does not let its domain resolve", (read) =>
    resolving(read, ["huggingface.co"]),
  ),
  sentence("whole", "no resolver is asked but the one that is filtered", (read) => read.otherResolvers()),
];

const endpoints: readonly Sentence[] = [
  sentence("whole", "an endpoint is open to each of its consumers", (read) => [
    ...open(read, every([zone("app"), zone("app", 2)], [endpoint("files")], ["443/tcp"])),
    ...open(read, every([zone("batch")], [endpoint("secrets"), endpoint("metrics")], ["443/tcp"])),
    ...open(read, every([zone("db")], [endpoint("metrics")], ["443/tcp"])),
  ]),
  sentence("whole", "an endpoint is open to its consumers only", (read) => [
    ...closed(
      read,
      every(
        ZONES.filter((name) => name !== "app").map((name) => zone(name)),
        [endpoint("files")],
      ),
    ),
    ...closed(
      read,
      every(
        ZONES.filter((name) => name !== "batch").map((name) => zone(name)),
        [endpoint("secrets")],
      ),
    ),
  ]),
  sentence("whole", "a zone that consumes no endpoint reaches none", (read) =>
    closed(
      read,
      every(
        ["web", "idle", "vault"].map((name) => zone(name)),
        ["files", "secrets", "metrics"].map(endpoint),
      ),
    ),
  ),
  sentence("whole", "an endpoint is open on the ports of its service alone", (read) =>
    closed(
      read,
      every([zone("app")], [endpoint("files")], ["22/tcp", "80/tcp", "443/udp", "8080/tcp", "icmp", "gre"]),
    ),
  ),
  sentence("whole", "no endpoint is reached from the internet or from a network outside", (read) =>
    closed(read, every([INTERNET, at("172.31.255.9")], ["files", "secrets", "metrics"].map(endpoint))),
  ),
  sentence("whole", "an endpoint opens nothing itself", (read) =>
    closed(read, every(["files", "secrets"].map(endpoint), [zone("app"), zone("batch"), zone("db")])),
  ),
  sentence("given", "an endpoint of a third party is open to its consumers on its ports", (read) =>
    open(
      read,
      every([zone("app"), zone("app", 2)], [endpoint("partner")], ["443/tcp", "5000/tcp", "5002/tcp"]),
    ),
  ),
  sentence("given", "an endpoint of a third party is open to nobody else and on no other port", (read) => [
    ...closed(
      read,
      every(
        [zone("web"), zone("db"), INTERNET, at("172.31.255.9")],
        [endpoint("partner")],
        [...TRAFFIC, "5000/tcp"],
      ),
    ),
    ...closed(
      read,
      every(
        [zone("app")],
        [endpoint("partner")],
        ["80/tcp", "4999/tcp", "5003/tcp", "5000/udp", "icmp", "gre"],
      ),
    ),
  ]),
  sentence(
    "apart",
    "services with an address each are open to their own consumers, and to no consumer of another",
    (read) => [
      ...open(read, [
        ...every([zone("app")], [endpoint("secrets")], ["443/tcp"]),
        ...every([zone("db")], [endpoint("tasks")], ["443/tcp"]),
      ]),
      ...closed(read, [
        ...every([zone("db"), zone("web")], [endpoint("secrets")]),
        ...every([zone("app"), zone("web")], [endpoint("tasks")]),
      ]),
    ],
  ),
  sentence("given", "an endpoint of a third party opens nothing itself", (read) =>
    closed(read, every([endpoint("partner")], [zone("app"), zone("web"), zone("db")])),
  ),
  sentence("given", "the name of a third party resolves, and none beside it", (read) => [
    ...unresolved(read, ["x.partner.example.org"]),
    ...resolving(read, ["y.partner.example.org", "partner.example.org"]),
  ]),
  sentence("whole", "access read does not write, as far as the network decides", (read) => {
    const right = read.rightOf("files");
    return [
      ...unless(right?.reads === true, "it does not read, or nobody decides"),
      ...unless(right?.writes === false, "it writes, or nobody decides"),
    ];
  }),
  sentence("whole", "access write does not read, as far as the network decides", (read) => {
    const right = read.rightOf("metrics");
    return [
      ...unless(right?.writes === true, "it does not write, or nobody decides"),
      ...unless(right?.reads === false, "it reads, or nobody decides"),
    ];
  }),
  sentence("whole", "an endpoint with named resources leads to these", (read) =>
    unless(read.resourcesOf("files").includes("corpusfiles"), "nothing names the resource"),
  ),
  sentence("whole", "no endpoint leads to resources of strangers", (read) => read.endpointsOpenToStrangers()),
];

export const WAYS: readonly Sentence[] = [...waysOut, ...names, ...endpoints];
