/** What a project needs before the first apply, said of the very document. */
import { attempt, spec } from "./rendered";

const apisOf = (yaml: string): unknown =>
  attempt(yaml).diagnostics.find(({ code }) => code === "google-apis")?.facts["apis"];
const ALWAYS = ["compute", "dns", "logging"];
const EGRESS = "egress:\n  - { from: app, to: [a.example.com], ports: [443/tcp], why: x }\n";
const ENDPOINT = "privateEndpoints:\n  logs: { service: logs, from: [app] }\n";

test.each([
  ["nothing beside the network", "", []],
  ["a way out", EGRESS, ["networksecurity", "networkservices"]],
  ["Google APIs, in a perimeter", ENDPOINT, ["servicedirectory", "accesscontextmanager"]],
])("%s", (_words, more, apis) => {
  expect(apisOf(spec(more))).toEqual([...ALWAYS, ...apis].map((name) => `${name}.googleapis.com`));
});
