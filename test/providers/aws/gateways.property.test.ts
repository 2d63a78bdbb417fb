/** Through S3 a zone has the rights that the spec gives it, whichever endpoints those of its neighbours are. */
import fc from "fast-check";
import { runs } from "../../support/random-specs";
import { bodies, readNetwork } from "./network";
import { render } from "./rendered";

const ZONES = ["app", "jobs", "store"] as const;
const NAMES = ["a", "b", "c", "a-b", "b-c", "a-b-c"] as const;

/** What each zone uses: any of them, or several that joined read like the others. */
const used = fc.oneof(
  fc.subarray<string>([...NAMES]),
  fc.constantFrom<string[]>(["a", "b", "c"], ["a-b", "c"], ["a", "b-c"], ["a-b-c"], ["a", "b"], ["a-b"]),
);

interface Storage {
  readonly name: string;
  readonly from: readonly string[];
  readonly access: "read" | "write";
}

const storages: fc.Arbitrary<Storage[]> = fc
  .record({
    zones: fc.tuple(...ZONES.map((zone) => used.map((names) => ({ zone, names })))),
    access: fc.tuple(...NAMES.map(() => fc.constantFrom("read" as const, "write" as const))),
  })
  .map(({ zones, access }) =>
    NAMES.flatMap((name, index): Storage[] => {
      const from = zones.flatMap(({ zone, names }) => (names.includes(name) ? [zone] : []));
      return from.length === 0 ? [] : [{ name, from, access: access[index] ?? "read" }];
    }),
  );

const specOf = (list: readonly Storage[]) => ({
  name: "case",
  region: "us-east-1",
  cidr: "10.20.0.0/16",
  availabilityZones: 2,
  zones: Object.fromEntries(ZONES.map((name) => [name, { exposure: "isolated", prefix: 28 }])),
  privateEndpoints: Object.fromEntries(
    list.map(({ name, from, access }) => [
      name,
      { service: "object-storage", from, access, resources: { aws: [`arn:aws:s3:::bucket-of-${name}`] } },
    ]),
  ),
});

interface Statement {
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}

/** `read bucket-of-a`: what the policy of an endpoint lets through. */
function rightsIn(policy: unknown): string[] {
  const { Statement: statements } = JSON.parse(String(policy)) as {
    readonly Statement: readonly Statement[];
  };
  return statements.flatMap(({ Action, Resource }) => {
    const rights = [
      Action.includes("s3:GetObject") ? "read" : [],
      Action.includes("s3:PutObject") ? "write" : [],
    ].flat();
    return Resource.filter((arn) => !arn.endsWith("/*")).flatMap((arn) =>
      rights.map((right) => `${right} ${arn.split(":::")[1]}`),
    );
  });
}

test("a zone has its own rights on each bucket, in every subnet, and nobody else's", () => {
  fc.assert(
    fc.property(storages, (list) => {
      const { document } = render(specOf(list));
      const policies = new Map(
        bodies(document, "aws_vpc_endpoint").map(([name, body]) => [name, rightsIn(body["policy"])]),
      );
      const { subnets } = readNetwork(document, []);
      for (const zone of ZONES) {
        const declared = list.flatMap(({ name, from, access }) =>
          from.includes(zone) ? [`${access} bucket-of-${name}`] : [],
        );
        for (const slot of [1, 2]) {
          const gateways = subnets.get(`${zone}_${slot}`)?.gateways ?? [];
          const own = declared.length > 0 ? [`enclave_s3_${zone}`] : [];
          expect({ zone, slot, gateways }).toEqual({ zone, slot, gateways: own });
          const held = gateways.flatMap((name) => policies.get(name) ?? []);
          expect({ zone, slot, rights: held.sort() }).toEqual({ zone, slot, rights: declared.sort() });
        }
      }
    }),
    runs(60),
  );
});
