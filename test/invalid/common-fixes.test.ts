/** Clouds propose nothing that another cloud refuses, and nothing that is not the user's. */

import { synthesize } from "../../src/app/synthesize";
import { CLOUDS } from "../../src/clouds/cloud";

const spec = (tag: string): string => `name: case
region: { aws: us-east-1, azure: eastus2, google: us-east1 }
cidr: 10.20.0.0/16
tags: { ${tag} }
zones:
  app: { exposure: private, hosts: 50 }
`;

const problemsOf = (tag: string, cloud: (typeof CLOUDS)[number]) =>
  synthesize(
    { file: "x", bytes: new TextEncoder().encode(spec(tag)) },
    { cloud, frozenLock: false, reclaim: false },
  ).diagnostics.filter(({ path }) => path.startsWith("tags"));

test.each(['"aws:Foo": bar', '"cost<centre": x', '"microsoft:x": y'])(
  "a key for %s that one cloud proposes is taken by all",
  (tag) => {
    const fixes = CLOUDS.flatMap((cloud) => problemsOf(tag, cloud).map(({ fix = "" }) => fix));
    expect(fixes.length).toBeGreaterThan(1);
    expect(fixes.flatMap((fix) => CLOUDS.flatMap((cloud) => problemsOf(fix, cloud)))).toEqual([]);
  },
);

const fixesOf = (body: string, cloud: (typeof CLOUDS)[number]) =>
  synthesize(
    { file: "x", bytes: new TextEncoder().encode(`${spec("owner: me")}privateEndpoints:\n  e: ${body}\n`) },
    { cloud, frozenLock: false, reclaim: false },
  )
    .diagnostics.filter(
      ({ severity, code }) =>
        severity === "error" && code.startsWith(`${cloud}-`) && code !== "google-perimeter",
    )
    .map(({ fix }) => fix);

test.each([
  "arn:aws:s3:::*",
  "arn:aws:kms:us-east-1:111122223333:key/x",
  "arn:aws:s3:us-east-1:111122223333:accesspoint/x",
])("in the place of %s no bucket is invented that somebody may have", (arn) => {
  const fixes = fixesOf(`{ service: object-storage, from: app, resources: { aws: ["${arn}"] } }`, "aws");
  expect(fixes).toEqual(["# name a bucket of yours: arn:aws:s3:::…"]);
});

test("of a service attachment elsewhere only the region changes", () => {
  const target =
    "{ google: { serviceAttachment: projects/partner/regions/us-east4/serviceAttachments/index } }";
  const fixes = fixesOf(
    `{ service: custom, from: app, ports: [443/tcp], dnsName: a.example.com, target: ${target} }`,
    "google",
  );
  expect(fixes).toEqual(["serviceAttachment: projects/partner/regions/us-east1/serviceAttachments/index"]);
});
