/** The state is kept where the spec says, whatever the backend, and anything else is noticed. */
import { brokenPromises } from "../../src/verifier/verify";
import { SPECS } from "../conformance/specs";
import { render } from "../support/rendered";
import { changed } from "./slips";

const BACKENDS = [
  { type: "local", config: { path: "states/conform.tfstate" } },
  { type: "gcs", config: { prefix: "conform/{cloud}", bucket: "states" } },
  {
    type: "s3",
    config: { region: "us-east-1", bucket: "states", key: "{cloud}", assume_role: { role_arn: "arn:x" } },
  },
  { type: "cloud", config: { workspaces: { tags: ["b", "a"] }, organization: "conform" } },
  { type: "remote", config: { workspaces: { name: "conform" }, organization: "conform" } },
];

test.each(BACKENDS)("$type", (backend) => {
  const { document, enclave, addresses } = render("google", { ...SPECS.bare, backend });
  const broken = (found: typeof document) => brokenPromises("google", found, enclave, addresses);
  expect(broken(document)).toEqual([]);
  const elsewhere = changed(document, (draft) => {
    draft["terraform"] = JSON.parse(JSON.stringify(draft["terraform"]).replace(/conform|states/, "other"));
  });
  expect(broken(elsewhere).map(({ promise }) => promise)).toEqual(["the state is kept where the spec says"]);
});
