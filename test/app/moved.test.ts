import { firstMoved } from "../../src/app/moved";

const document = (type: string, name: string, resource: object): object => ({
  resource: { [type]: { [name]: resource } },
});
const subnet = (cidr: string) => document("aws_subnet", "app_1", { cidr_block: cidr }) as never;
const group = (...rules: object[]) =>
  document("azurerm_network_security_group", "app", { security_rule: rules }) as never;
const rule = (name: string, priority: number, source = "*") => ({ name, priority, source });

const range = (...ranges: string[]) =>
  document("google_compute_thing", "app", { match: { src_ip_ranges: ranges } }) as never;
const rules = (...lines: string[]) =>
  document("aws_networkfirewall_rule_group", "enclave", { rules_string: lines.join("\n") }) as never;

describe("of two renderings", () => {
  test.each([
    ["the same block is where it was", subnet("10.0.0.0/28"), subnet("10.0.0.0/28"), undefined],
    [
      "another block is a move",
      subnet("10.0.0.0/28"),
      subnet("10.0.1.0/28"),
      "aws_subnet.app_1 has 10.0.0.0/28 and would get 10.0.1.0/28",
    ],
    ["a resource that is gone is no move", subnet("10.0.0.0/28"), {}, undefined],
    ["a resource that is new is no move", {}, subnet("10.0.0.0/28"), undefined],
    [
      "an address inside of an expression counts",
      subnet('${contains(var.quarantine, "app") ? "127.0.0.1/32" : "10.0.0.0/28"}'),
      subnet('${contains(var.quarantine, "app") ? "127.0.0.1/32" : "10.0.1.0/28"}'),
      "aws_subnet.app_1 has 10.0.0.0/28 and would get 10.0.1.0/28",
    ],
    [
      "a number by which rules are ordered counts",
      group(rule("a", 100)),
      group(rule("a", 101)),
      "azurerm_network_security_group.app has priority 100 and would get 101",
    ],
    [
      "a rule that comes between moves no other",
      group(rule("a", 100), rule("c", 102)),
      group(rule("a", 100), rule("b", 101), rule("c", 102)),
      undefined,
    ],
    [
      "a range that comes into a list moves none that is there",
      range("10.0.0.0/24", "10.0.2.0/24"),
      range("10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24"),
      undefined,
    ],
    [
      "the order of a list means nothing",
      range("10.0.0.0/24", "10.0.2.0/24"),
      range("10.0.2.0/24", "10.0.0.0/24"),
      undefined,
    ],
    [
      "another range in a list is a move",
      range("10.0.0.0/24", "10.0.2.0/24"),
      range("10.0.2.0/24", "10.0.1.0/24"),
      "google_compute_thing.app has 10.0.0.0/24 and would get 10.0.1.0/24",
    ],
    ["a public address is the user's own", range("198.51.100.0/24"), range("203.0.113.0/24"), undefined],
    [
      "a number inside of a text with rules counts",
      rules("pass tls (msg:one; sid:101;)", "pass tls (msg:two; sid:102;)"),
      rules("pass tls (msg:two; sid:103;)", "pass tls (msg:three; sid:104;)"),
      "aws_networkfirewall_rule_group.enclave has sid 102 and would get 103",
    ],
    [
      "another name in the cloud is a replacement",
      document("azurerm_subnet", "archive", { name: "rag-store" }),
      document("azurerm_subnet", "archive", { name: "rag-archive" }),
      'azurerm_subnet.archive has the name "rag-store" and would get "rag-archive"',
    ],
    [
      "moves of an earlier rename are missing",
      { moved: [{ from: "a.b", to: "a.c" }] } as never,
      subnet("10.0.0.0/28"),
      "the present file remembers names from before a rename, which would be lost",
    ],
    ["other text may change", group(rule("a", 100, "x")), group(rule("a", 100, "y")), undefined],
  ])("%s", (_, before, after, moved) => expect(firstMoved(before as never, after as never)).toBe(moved));
});
