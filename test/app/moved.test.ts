import { firstMoved } from "../../src/app/moved";

const document = (type: string, name: string, resource: object): object => ({
  resource: { [type]: { [name]: resource } },
});
const subnet = (cidr: string) => document("aws_subnet", "app_1", { cidr_block: cidr }) as never;
const group = (...rules: object[]) =>
  document("azurerm_network_security_group", "app", { security_rule: rules }) as never;
const rule = (name: string, priority: number, source = "*") => ({ name, priority, source });

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
    ["other text may change", group(rule("a", 100, "x")), group(rule("a", 100, "y")), undefined],
  ])("%s", (_, before, after, moved) => expect(firstMoved(before, after)).toBe(moved));
});
