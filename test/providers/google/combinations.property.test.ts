/** Whatever parts a spec combines, what is rendered is what was planned: else the rendering is refused as a bug. */
import fc from "fast-check";
import { type Result, synth } from "../../support/rendered";

const ZONES = ["web", "app", "batch", "db"] as const;
const SERVICES = [
  ...["object-storage", "model-api", "ml-platform", "container-registry", "secrets", "keys"],
  ...["logs", "metrics", "queue", "relational-db", "vector-search", "custom"],
];
const ATTACHMENT = "projects/p/regions/us-east1/serviceAttachments/s";

const zones = (names: readonly string[]) => fc.subarray([...names], { minLength: 1 });

const endpoint = fc
  .record({ service: fc.constantFrom(...SERVICES), from: zones(["app", "batch", "db"]), given: fc.boolean() })
  .map(({ service, from, given }) => ({
    service,
    from,
    ...(service === "custom"
      ? { ports: ["443/tcp", "5000-5002/tcp"], target: { google: { serviceAttachment: ATTACHMENT } } }
      : {}),
    ...(given && ["relational-db", "vector-search"].includes(service)
      ? { resources: { google: [ATTACHMENT] } }
      : {}),
  }));

const settings = fc.record(
  {
    project: fc.constant("my-project"),
    regionalEndpoints: fc.constantFrom(true, false, "prefer"),
    kmsKey: fc.constant("projects/p/locations/us-east1/keyRings/r/cryptoKeys/k"),
  },
  { requiredKeys: [] },
);

const spec = fc
  .record({
    slots: fc.integer({ min: 1, max: 3 }),
    endpoints: fc.array(endpoint, { maxLength: 6 }),
    flows: fc.array(
      fc.record({
        from: zones(ZONES),
        to: zones(["app", "batch", "db"]),
        ports: fc.subarray(["443/tcp", "100-200/udp", "icmp"], { minLength: 1 }),
      }),
      { maxLength: 3 },
    ),
    egress: fc.array(
      fc.record({
        from: zones(["app", "batch"]),
        to: fc.subarray(["*.example.com", "mirror.example.org"], { minLength: 1 }),
        ports: fc.subarray(["80/tcp", "443/tcp", "8443/tcp"], { minLength: 1 }),
      }),
      { maxLength: 3 },
    ),
    allow: fc.subarray(["time.example.net", "*.a-b.example.net", "oauth2.googleapis.com"]),
    quarantine: fc.subarray([...ZONES]),
    request: fc.boolean(),
    perimeter: fc.boolean(),
    settings,
  })
  .map(({ slots, endpoints, flows, egress, allow, quarantine, request, perimeter, settings: own }) => ({
    name: "small",
    region: "us-east1",
    cidr: "10.20.0.0/16",
    availabilityZones: slots,
    zones: {
      web: { exposure: "public", prefix: 26 },
      app: { exposure: "private", prefix: 26 },
      batch: { exposure: "private", prefix: 27, interfaces: [{ name: "one", host: 10 }] },
      db: { exposure: "isolated", prefix: 26 },
    },
    flows: [
      { from: "internet", to: "web", ports: ["443/tcp"], why: "x" },
      ...flows.map((flow) => ({ ...flow, why: "x" })),
    ],
    privateEndpoints: Object.fromEntries(
      endpoints.map((one, index) => [
        `e-${index}`,
        one.service === "custom" ? { ...one, dnsNames: [`e${index}.partner.example`] } : one,
      ]),
    ),
    egress: egress.map((exit) => ({ ...exit, why: "x" })),
    dns: { allow },
    quarantine,
    inspection: request ? "request" : "connection",
    google: {
      ...own,
      ...(request ? { inspectionCaPool: "projects/p/locations/us-east1/caPools/p" } : {}),
      ...(perimeter ? { accessPolicy: "accessPolicies/1", projectNumber: "123456789012" } : {}),
    },
    waive: perimeter ? [] : [{ rule: "google-perimeter", why: "there is no organisation" }],
  }));

const errorsOf = ({ diagnostics }: Result): string[] =>
  diagnostics.flatMap(({ severity, code }) => (severity === "error" ? [code] : []));

/** Not every service has an endpoint of the region; a rendering that is not as planned would be an error of its own. */
test("a spec is rendered as planned, or refused for what Google has not", () => {
  fc.assert(
    fc.property(spec, (value) => {
      const result = synth("google", value);
      const refusals = result.rendered === undefined ? ["google-regional-endpoint"] : [];
      expect([...new Set(errorsOf(result))]).toEqual(refusals);
    }),
    { numRuns: 100 },
  );
});
