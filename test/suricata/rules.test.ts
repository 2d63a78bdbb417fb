/** The rules of AWS's firewall in Suricata itself: it loads them, and does to packets what is asked for. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { EVERYTHING } from "../providers/aws/everything";
import type { Spec } from "../support/rendered";
import { type Firewall, firewallOf, SPECS } from "./enclaves";
import { complaints, judge, type Variables } from "./engine";
import { describeWithSuricata } from "./needs";
import { requestShapes } from "./request-shapes";
import type { Shape } from "./shapes";
import { TLS_SHAPES } from "./tls-shapes";

const ROOT = path.join(__dirname, "../..");

const files = ["examples", "test/terraform/specs"].flatMap((folder) =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".enclave.yaml") && !/^(azure|google)-/.test(file))
    .map((file) => [`${folder}/${file}`, readFileSync(path.join(ROOT, folder, file), "utf8")] as const),
);

/** As many hosts as one rule may name. */
const LONG = Array.from({ length: 154 }, (_, at) => `${at}`.padStart(3, "0")).map(
  (at) => `h-${at}.example.com`,
);

const ALL: readonly (readonly [string, Spec])[] = [
  ...files,
  ["everything", EVERYTHING],
  ...Object.entries(SPECS),
  [
    "the longest rule",
    {
      ...(SPECS.tls as Readonly<Record<string, unknown>>),
      egress: [{ from: ["app"], to: LONG, ports: ["80/tcp"], why: "a test" }],
    },
  ],
];

function firewall(of: Spec): Firewall {
  const found = firewallOf(of);
  if (found === undefined) throw new Error("nothing leaves");
  return found;
}

/** Where the client is stopped: the packet, or nowhere. Throws when anything of it goes on from there. */
function stopped({ packets }: Shape, rules: string, variables: Variables): number | "whole" {
  const { dropped } = judge(rules, variables, packets);
  const at = dropped.indexOf(true);
  if (at < 0) return "whole";
  const sender = packets[at]?.from;
  packets.forEach(({ from, body }, later) => {
    if (later > at && from === sender && body.length > 20 && dropped[later] !== true)
      throw new Error(`packet ${at} is dropped, and packet ${later} goes`);
  });
  return at;
}

const without = (rules: string, words: readonly string[]): string =>
  rules
    .split("\n")
    .filter((line) => !words.some((word) => line.includes(`msg:"enclave: ${word}`)))
    .join("\n");

/** What goes, goes no more without its rule, and what is stopped is not. A drop that spares hosts spares none. */
function spoiled({ goes, by }: Shape, rules: string): string {
  const spared = by.filter((word) => goes === "whole" && word.includes("no other host"));
  const lines = without(rules, spared.length > 0 ? [] : by).split("\n");
  return lines
    .map((line) =>
      spared.some((word) => line.includes(word))
        ? line.replace(/content:!.*?; msg/, 'content:!"nobody.invalid"; msg')
        : line,
    )
    .join("\n");
}

function expectShapes(of: Spec, shapes: readonly Shape[]): void {
  test.each(shapes.map((shape) => [shape.words, shape] as const))("%s", (_words, shape) => {
    const { rules, variables } = firewall(of);
    expect(stopped(shape, rules, variables)).toBe(shape.goes);
    const { dropped } = judge(spoiled(shape, rules), variables, shape.packets);
    expect(shape.goes === "whole" ? dropped.includes(true) : dropped[shape.goes]).toBe(
      shape.goes === "whole",
    );
  });
}

describeWithSuricata("rules in Suricata", () => {
  test.each(ALL)("it loads those of %s without a word", (_words, of) => {
    const found = firewallOf(of);
    if (found !== undefined) expect(complaints(found.rules, found.variables)).toBe("");
  });

  test("nothing that leaves makes a line longer than it reads", () => {
    const lines = ALL.flatMap(([, of]) => firewallOf(of)?.rules.split("\n") ?? []);
    const longest = Math.max(...lines.map(({ length }) => length));
    expect(longest).toBeGreaterThan(8000);
    expect(longest).toBeLessThan(8191);
  });

  describe("where TLS alone leaves", () => expectShapes(SPECS.tls, TLS_SHAPES));
  describe("TLS where requests leave, too", () => expectShapes(SPECS.both, TLS_SHAPES));
  describe("requests in the clear", () => expectShapes(SPECS.both, requestShapes(80, "plain.example.com")));
  describe("requests that were decrypted", () =>
    expectShapes(SPECS.request, requestShapes(443, "mirror.example.com")));

  test("each request writes a record", () => {
    const { rules, variables } = firewall(SPECS.both);
    const [shape] = requestShapes(80, "plain.example.com");
    const { alerts } = judge(rules, variables, shape?.packets ?? []);
    expect(alerts.map(({ packet }) => packet)).toEqual([3, 5, 7]);
  });

  test.each(Object.entries(SPECS))("of a zone in quarantine nothing goes (%s)", (_words, of) => {
    const { rules, cut } = firewall(of);
    const shapes = [...TLS_SHAPES, ...requestShapes(80, "plain.example.com")];
    for (const shape of shapes.filter(({ packets }) => packets[0]?.from.startsWith("10.")))
      expect(stopped(shape, rules, cut)).toBe(0);
  });

  test("what passes stands before what drops, so that no order of actions changes the verdict", () => {
    for (const [, of] of ALL) {
      const actions =
        firewallOf(of)
          ?.rules.split("\n")
          .map((line) => line.split(" ")[0]) ?? [];
      expect(actions.slice(actions.indexOf("drop")).filter((action) => action !== "drop")).toEqual([]);
    }
  });
});
