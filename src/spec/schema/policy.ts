/** The shape of what is asserted, waived, recorded and configured around the network. */
import * as z from "zod";
import { shaped, text } from "../../clouds/field-facts";
import { BACKENDS } from "../../model/backend";
import { keysOf } from "../../model/lookup";
import { ROLE_RULES } from "../../model/roles";
import { FROM, reference, TO } from "./network";
import { why } from "./scalars";

const from = reference(
  "A zone, an external network, or `internet`. Endpoints begin no chain.",
  "zones",
  "externalNetworks",
).meta(FROM);
const to = reference(
  "A zone, an endpoint, or an external network. `internet` ends no chain, and names of `egress` cannot stand here: who reaches them stands in `egress` itself.",
  "zones",
  "externalNetworks",
  "privateEndpoints",
).meta(TO);

export const assertionShape = z
  .strictObject({
    never: z
      .strictObject({
        from,
        to,
        hops: z
          .int()
          .min(1)
          .optional()
          .meta({ description: "Chains of at most so many flows.", absent: "of any length", sample: "1" }),
      })
      .optional()
      .meta({ description: "No chain of flows leads from one to the other." }),
    through: z
      .strictObject({
        from,
        to,
        via: reference(
          "The zone that every chain has to pass, between the two. Chains that begin or end at it pass it, so that such an assertion cannot fail, and is warned of.",
          "zones",
        ),
      })
      .optional()
      .meta({ description: "Every chain from one to the other passes `via`." }),
  })
  .meta({
    description: "What has to stay true: exactly one of never and through.",
    exactlyOne: ["never", "through"],
  });

export const waiverShape = z
  .strictObject({
    rule: z
      .enum(keysOf(ROLE_RULES))
      .meta({ description: "The rule to set aside.", sample: keysOf(ROLE_RULES)[0] ?? "" }),
    zone: reference("Only where this zone is concerned.", "zones").optional().meta({ absent: "everywhere" }),
    endpoint: reference("Only where this endpoint is concerned.", "privateEndpoints")
      .optional()
      .meta({ absent: "everywhere" }),
    why,
  })
  .meta({ description: "A role rule set aside; printed on every run.", indivisible: true });

/** Names as Kubernetes takes them. */
const kubernetesName = shaped(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, "a Kubernetes name", "my-app");

const workloadShape = z.strictObject({
  name: kubernetesName,
  namespace: kubernetesName.meta({ sample: "default" }),
  serviceAccount: kubernetesName.meta({ sample: "default" }),
  labels: z
    .record(z.string().min(1), z.string())
    .meta({ description: "Labels that select its pods.", sample: "{ app: my-app }" }),
});

export const meshShape = z
  .strictObject({
    kind: z.enum(["istio", "linkerd"]).meta({ description: "`istio` or `linkerd`.", sample: "istio" }),
    workloads: z
      .record(z.string().meta({ refersTo: ["zones"] }), z.array(workloadShape).min(1))
      .meta({
        description: "Workloads by zone.",
        sample:
          "{ <zone>: [{ name: my-app, namespace: default, serviceAccount: default, labels: { app: my-app } }] }",
      }),
  })
  .meta({ description: "The service mesh inside the zones." });

export const backendShape = z
  .strictObject({
    type: z.enum(keysOf(BACKENDS)).meta({
      description: keysOf(BACKENDS)
        .map((type) => `\`${type}\``)
        .join(", "),
      sample: "s3",
      words: BACKENDS,
    }),
    config: z
      .record(text, z.json())
      .default({})
      .meta({
        description:
          "The backend's own arguments: no credentials, which come from the environment, and no `${…}`. `{cloud}` in a text stands for the name of the cloud, so that each has a state of its own.",
      }),
  })
  .meta({
    description: "Where Terraform keeps its state.",
    absent: "a file beside the configuration",
    mainField: "type",
  });
