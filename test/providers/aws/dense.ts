/** Specs with more flows than a network ACL has entries for, one for each step in which it gives up exactness. */
import type { LocatedDiagnostic } from "../../../src/diagnostics/diagnostic";
import type { NetSpec, SpecFlow } from "../../support/random-specs";

/** The words in which synth says how much of its exactness a network ACL gave up, from least to most. */
const WORDS = {
  "nothing but exact entries": /^$/,
  "whole peers": /each peer with all its ports/,
  "enclosing blocks": /enclosing blocks, with all ports/,
  "the internet with all ports": /and the internet, with all ports/,
} as const;
type Step = keyof typeof WORDS;

/** The coarsest step that synth speaks of. */
export function coarsest(diagnostics: readonly LocatedDiagnostic[]): Step {
  const details = diagnostics.filter(({ code }) => code === "aws-acl-coarse").map(({ detail }) => detail);
  const steps = Object.entries(WORDS) as [Step, RegExp][];
  return (
    steps.reverse().find(([, words]) => details.some((detail) => words.test(detail)))?.[0] ??
    "nothing but exact entries"
  );
}

const ports = (count: number, first: number, protocol = "tcp"): string[] =>
  Array.from({ length: count }, (_, index) => `${first + 2 * index}/${protocol}`);
const flow = (from: string | readonly string[], to: string, list: readonly string[]): SpecFlow => ({
  from,
  to: [to],
  ports: list,
  why: "a test",
});

const PEERS = Array.from({ length: 14 }, (_, index) => `peer${index}`);

/** `front` and `app` talk over `direct` ports, `app` with `peers` other zones, and the internet to `front` over `entries`. */
function dense(direct: readonly string[], peers: readonly string[], entries: readonly string[]): NetSpec {
  const zone = (exposure: string) => ({ exposure, prefix: 27 });
  return {
    name: "dense",
    region: "us-east-1",
    cidr: "10.20.0.0/18",
    availabilityZones: 2,
    zones: {
      front: zone("public"),
      app: zone("private"),
      ...Object.fromEntries(peers.map((peer) => [peer, zone("isolated")])),
    },
    flows: [
      flow("internet", "front", entries),
      flow("app", "front", direct),
      flow("front", "app", ["22/tcp"]),
      ...peers.map((peer, index) => flow("app", peer, [`${9001 + (index % 2)}/tcp`])),
    ],
    privateEndpoints: { credentials: { service: "secrets", from: ["app"] } },
    egress: [{ from: ["app"], to: ["mirror.example.com"], ports: ["443/tcp", "8443/tcp"], why: "a test" }],
  };
}

export const denseSpecs: readonly (readonly [Step, NetSpec])[] = [
  ["nothing but exact entries", dense(ports(1, 9001), PEERS.slice(0, 1), ["443/tcp", "8443/tcp"])],
  ["whole peers", dense(ports(20, 9001), PEERS.slice(0, 2), ["443/tcp", "8443/tcp"])],
  ["enclosing blocks", dense(ports(3, 9001), PEERS, ["443/tcp", "8443/tcp"])],
  [
    "the internet with all ports",
    dense(ports(2, 9001), PEERS.slice(0, 2), [
      "443/tcp",
      "8443/tcp",
      ...ports(12, 9003),
      ...ports(6, 9003, "udp"),
    ]),
  ],
];
