/** Slips in what keeps an enclave from being destroyed: it is the same on every cloud. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CLOUDS } from "../../src/clouds/cloud";
import { everyResource } from "../../src/verifier/terraform/document";
import { render } from "../support/rendered";
import { add, type Change, expectNoticed, remove, type Slip, set } from "./slips";

const SPEC = readFileSync(join(__dirname, "rag.enclave.yaml"), "utf8");
const [TYPE, NAME] = ["terraform_data", "enclave_deletion_protection"];
const KEPT = "nothing is destroyed while deletion_protection is on";
const GUARD = `${TYPE}.${NAME}`;
/** What the guard waits for, without one resource. */
const forget =
  (address: string): Change =>
  (draft) => {
    const guard = draft.resource[TYPE]?.[NAME] as { depends_on: string[] };
    guard.depends_on = guard.depends_on.filter((each) => each !== address);
  };
const command = (...end: readonly object[]) => ({ provisioner: end });

const SLIPS: readonly Slip[] = [
  ["lost", remove(TYPE, NAME), KEPT, TYPE],
  ["switched off", set(TYPE, NAME, { input: "${var.deletion_protection ? 0 : 1}" }), KEPT, GUARD],
  ["that is a number for good", set(TYPE, NAME, { input: 1 }), KEPT, GUARD],
  ["that may not be there", set(TYPE, NAME, { count: "${var.deletion_protection ? 1 : 0}" }), KEPT, GUARD],
  ["that is made anew", set(TYPE, NAME, { triggers_replace: "${timestamp()}" }), KEPT, GUARD],
  ["without a command", set(TYPE, NAME, { provisioner: undefined }), KEPT, GUARD],
  [
    "whose command runs when it is made",
    set(TYPE, NAME, command({ "local-exec": { command: "exit ${self.input}" } })),
    KEPT,
    GUARD,
  ],
  [
    "whose failure is no failure",
    set(
      TYPE,
      NAME,
      command({ "local-exec": { command: "exit ${self.input}", when: "destroy", on_failure: "continue" } }),
    ),
    KEPT,
    GUARD,
  ],
  ["beside another command", add(TYPE, "other", { input: 1 }), KEPT, `${TYPE}.other`],
];

describe.each(CLOUDS)("the guard on %s", (cloud) => {
  expectNoticed(cloud, render(cloud, SPEC), SLIPS);

  const rendered = render(cloud, SPEC);
  const [first = ""] = everyResource(rendered.document).map(([address]) => address);
  expectNoticed(cloud, rendered, [["that forgets a resource", forget(first), KEPT, first]]);
});
