/** The shape of assertions, waivers, records and settings around the network. */
import * as z from "zod";
import { field, optional, shaped, text } from "../../clouds/field-facts";
import { BACKEND_WORDS, BACKENDS } from "../../model/backend";
import { keysOf } from "../../model/lookup";
import { ROLE_RULES } from "../../model/roles";
import { FROM, names, PARTIES, TO, ZONES } from "./network";
import { count, why } from "./scalars";

const ends = {
  from: field(text, "A zone, an external network, or `internet`. Endpoints begin no chain.", {
    ...PARTIES,
    ...FROM,
  }),
  to: field(text, "A zone, an endpoint, or an external network. `internet` ends no chain.", {
    ...TO,
    refersTo: [...PARTIES.refersTo, "privateEndpoints"],
  }),
};

export const assertionShape = z
  .strictObject({
    never: optional(
      z.strictObject({
        ...ends,
        to: field(text, "As in the other sentences, or a name that `egress` might open.", {
          ...TO,
          refersTo: [...PARTIES.refersTo, "privateEndpoints"],
        }),
        hops: optional(count, "Chains of at most so many flows.", { absent: "of any length" }),
      }),
      "No chain of flows leads from one to the other.",
    ),
    through: optional(
      z.strictObject({
        ...ends,
        via: field(
          text,
          "The zone that every chain has to pass, between the two. " +
            "Chains that begin or end at it pass it, so that such an assertion cannot fail, and is " +
            "warned of.",
          ZONES,
        ),
      }),
      "Every chain from one to the other passes `via`.",
    ),
    only: optional(
      z.strictObject({
        from: names("Who reaches it, directly or by a chain: zones, external networks, `internet`.", {
          ...PARTIES,
          ...FROM,
        }),
        to: ends.to,
      }),
      "No chain from anybody else leads there.",
    ),
  })
  .meta({ description: "A sentence that has to stay true.", exactlyOne: ["never", "through", "only"] });

export const waiverShape = z
  .strictObject({
    rule: field(z.enum(keysOf(ROLE_RULES)), "The rule to set aside."),
    zone: optional(text, "Only where this zone is concerned.", { ...ZONES, absent: "everywhere" }),
    endpoint: optional(text, "Only where this endpoint is concerned.", {
      refersTo: ["privateEndpoints"],
      absent: "everywhere",
    }),
    why,
  })
  .meta({ description: "A role rule set aside; printed on every run." });

/** Names as Kubernetes takes them. */
const kubernetesName = shaped(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, "a Kubernetes name", "my-app");

const workloadShape = z.strictObject({
  name: kubernetesName,
  namespace: kubernetesName,
  serviceAccount: kubernetesName,
  labels: field(z.record(text, z.string()), "Labels that select its pods."),
});

export const meshShape = z
  .strictObject({
    kind: field(z.enum(["istio", "linkerd"]), "`istio` or `linkerd`."),
    workloads: field(
      z.record(z.string().meta({ refersTo: ["zones"] }), z.array(workloadShape).min(1)),
      "Workloads by zone.",
    ),
  })
  .meta({ description: "The service mesh inside the zones." });

export const backendShape = z
  .strictObject({
    type: field(z.enum(keysOf(BACKENDS)), `\`${keysOf(BACKENDS).join("`, `")}\``, { words: BACKEND_WORDS }),
    config: field(
      z.record(text, z.json()).default({}),
      "The backend's own arguments: no credentials, which come from the environment, and no `${…}`. " +
        "`{cloud}` in a text stands for the name of the cloud, so that each has a state of its own.",
    ),
  })
  .meta({
    description: "Where Terraform keeps its state.",
    absent: "a file beside the configuration",
    mainField: "type",
  });
