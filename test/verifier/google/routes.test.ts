/** How routes of Google's documents are read: the proxy's network has one, the enclave's none of its own and none of a peer. */
import { readGoogle } from "../../../src/verifier/google/reader";
import { block } from "../../../src/verifier/replay/blocks";
import { COLUMNS } from "../../conformance/columns";
import { documentOf } from "../../conformance/render";
import { add, type Change, drop, set, spoiled } from "../../conformance/sabotage";

const ROUTE = "google_compute_route";
const [column] = COLUMNS.filter(({ cloud }) => cloud === "google");
if (column === undefined) throw new Error("Google is in no column");
const document = documentOf(column, "whole");

test.each<[string, readonly Change[], string]>([
  ["nothing is changed", [], "inspected"],
  ["the proxy has no route", [drop(ROUTE)], "nowhere"],
  ["the proxy's route leads elsewhere", [set(ROUTE, { dest_range: "10.0.0.0/8" })], "nowhere"],
  [
    "the enclave has a route",
    [add(ROUTE, "spoiled", { network: "${google_compute_network.enclave.id}", dest_range: "0.0.0.0/1" })],
    "direct",
  ],
  [
    "the enclave imports routes",
    [set("google_compute_network_peering", { import_custom_routes: true })],
    "direct",
  ],
  [
    "Google's own routes stay",
    [set("google_compute_network", { delete_default_routes_on_create: false })],
    "direct",
  ],
])("%s", (_name, changes, way) => {
  const read = readGoogle(spoiled(document, changes));
  const app = read.hosts().find(({ name }) => name === "app");
  const target = read
    .outside(block("10.20.0.0/16"), [[block("8.8.8.0/24")]])
    .find(({ name }) => name.startsWith("8.8."));
  if (app === undefined || target === undefined) throw new Error("nobody to ask about");
  expect(read.path(app, target).under([]).led).toBe(way);
});
