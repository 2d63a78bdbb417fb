/** What the first apply needs, said of the very document. */
import { reviewPrerequisites } from "../../../providers/azure/review/prerequisites";
import { render, type Spec } from "./rendered";

const rolesOf = (spec: Spec): unknown => [...reviewPrerequisites(render(spec).plan)][0]?.facts["roles"];

test("the whole subscription, where the group is made", () =>
  expect(rolesOf({})).toEqual(["Contributor on the subscription"]));

test("a group of one's own, with what lies beside it", () =>
  expect(
    rolesOf({ azure: { resourceGroup: "rag", networkWatcher: { name: "w", resourceGroup: "watchers" } } }),
  ).toEqual([
    "Contributor on the resource group rag",
    "Network Contributor on the resource group watchers",
    "the right to register resource providers in the subscription",
  ]));

test("locks and endpoints", () =>
  expect(
    rolesOf({ azure: { locks: true }, privateEndpoints: { s: { service: "secrets", from: ["app"] } } }),
  ).toEqual([
    "Contributor on the subscription",
    "User Access Administrator on the subscription",
    "the right to approve private endpoints on each resource that an endpoint leads to",
  ]));
