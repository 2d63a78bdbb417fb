/** `terraform destroy` ends before anything is gone, until an apply has switched that off in place. */
import { type Fault, faults, unless } from "../replay/fault";
import { everyResource, resourcesOf, texts } from "../terraform/document";
import { same } from "./places";
import { type Asked, type EnclavePromise, promise } from "./promise";

/** Terraform's own: no plugin and no cloud knows it. */
export const GUARD = "terraform_data";

/**
 * Destroyed before everything that it depends on, so its failing command stops the rest:
 * https://developer.hashicorp.com/terraform/language/resources/provisioners/syntax#destroy-time-provisioners
 */
function unguarded({ document }: Asked): Fault[] {
  const [guard, ...more] = [...resourcesOf(document, GUARD)];
  if (guard === undefined) return faults([GUARD], "there is none");
  const [name, { depends_on, ...body }] = guard;
  const address = `${GUARD}.${name}`;
  const guarded = new Set(texts({ depends_on }, "depends_on"));
  const others = everyResource(document).map(([each]) => each);
  return [
    ...faults(
      more.map(([each]) => `${GUARD}.${each}`),
      "it is a second guard",
    ),
    ...others.flatMap((each) =>
      unless(each === address || guarded.has(each), each, "it may go before the guard"),
    ),
    ...same(
      body,
      {
        input: "${var.deletion_protection ? 1 : 0}",
        provisioner: [{ "local-exec": { command: "exit ${self.input}", when: "destroy" } }],
      },
      address,
    ),
  ];
}

export const GUARDS: readonly EnclavePromise[] = [
  promise("nothing is destroyed while deletion_protection is on", unguarded),
];
