/** Expressions as documents use them, with what Terraform's own documentation says comes out. */
import { evaluate, type Inputs } from "../../../src/verifier/terraform/expressions";

const INPUTS: Inputs = {
  quarantine: ["lab"],
  names: { "var.ids": { a: ["x/One"] }, "local.names": ["b.example", "a.example"], "each.key": "k" },
};

test.each<[string, unknown]>([
  ["plain", "plain"],
  ['${contains(var.quarantine, "lab") ? "Deny" : "Allow"}', "Deny"],
  ['${contains(var.quarantine, "app") || !contains(var.quarantine, "lab")}', false],
  ["${azurerm_subnet.app_1.id}", "azurerm_subnet.app_1.id"],
  ["${azurerm_private_endpoint.app[each.key].id}", "azurerm_private_endpoint.app[k].id"],
  ["${values(azurerm_private_endpoint.app)}", ["azurerm_private_endpoint.app[*]"]],
  ["${[for each in values(azurerm_x.app) : each.part[0].id]}", ["azurerm_x.app[*].part[0].id"]],
  ['${{ for id in lookup(var.ids, "a", []) : lower(id) => id }}', { "x/one": "x/One" }],
  ['${{ for id in lookup(var.ids, "b", []) : lower(id) => id }}', {}],
  [
    '${sort(distinct(concat(local.names, flatten([for id in lookup(var.ids, "a", []) : [for host in ["{n}.c"] : replace(host, "{n}", lower(basename(id)))]]))))}',
    ["a.example", "b.example", "one.c"],
  ],
  ['${[for name in sort(["none"]) : "${name}."]}', ["none."]],
  [
    '${jsonencode({ tags = merge(var.tags, { enclave = "e" }), flag = max(30, 7) >= 30 })}',
    { tags: { enclave: "e" }, flag: true },
  ],
])("%s", (expression, value) => {
  expect(evaluate(expression, INPUTS)).toEqual(value);
});

test.each(["${frobnicate(1)}", '${["a"][1]}', "${[1, 2}", "${1 ? 2 : 3}", "${concat(1)}"])(
  "%s is refused",
  (expression) => {
    expect(() => evaluate(expression, INPUTS)).toThrow();
  },
);
