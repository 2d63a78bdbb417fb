/** Tags that a policy of the organisation adds: by key, on everything that has tags, beside what else is left alone. */
import { everyResource, nested, resourcesOf, texts } from "../../../src/verifier/terraform/document";
import { EVERY_PART } from "./everything";
import { render } from "./rendered";

const keys = ["CreatedOn", "Cost Center"];
const tags = ['tags["CreatedOn"]', 'tags["Cost Center"]'];
const azure = { ...(EVERY_PART["azure"] as object), policyTags: keys };

test("each tagged resource leaves them alone, and nothing else does", () => {
  const all = everyResource(render({ ...EVERY_PART, azure }).document);
  const tagged = all.filter(([, body]) => body["tags"] !== undefined);
  expect(tagged.length).toBeGreaterThan(20);
  for (const [resource, body] of all)
    expect([resource, texts(nested(body, "lifecycle"), "ignore_changes")]).toEqual([
      resource,
      tagged.some(([other]) => other === resource) ? tags : [],
    ]);
});

test("what a resource leaves alone besides stays, and what is demanded of it", () => {
  const { document } = render({ ...EVERY_PART, zoneNames: {}, azure });
  const firewall = resourcesOf(document, "azurerm_firewall").get("enclave");
  expect(texts(nested(firewall, "lifecycle"), "ignore_changes")).toEqual(["zones", ...tags]);
  const named = resourcesOf(render({ ...EVERY_PART, azure }).document, "azurerm_firewall").get("enclave");
  expect(nested(named, "lifecycle")).toMatchObject({ ignore_changes: tags, precondition: [{}] });
});
