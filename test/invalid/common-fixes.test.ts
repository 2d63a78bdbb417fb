/** One spec, several clouds: what one of them proposes, no other refuses. */
import { CLOUDS } from "../../src/model/cloud";
import { synthesize } from "../../stacks/synthesize";

const spec = (tag: string): string => `name: case
region: { aws: us-east-1, azure: eastus2, google: us-east1 }
cidr: 10.20.0.0/16
tags: { ${tag} }
zones:
  app: { exposure: private, hosts: 50 }
`;

const problemsOf = (tag: string, cloud: (typeof CLOUDS)[number]) =>
  synthesize({ file: "x", bytes: new TextEncoder().encode(spec(tag)) }, { cloud, frozenLock: false, reclaim: false }).diagnostics.filter(
    ({ path }) => path.startsWith("tags"),
  );

test.each(['"aws:Foo": bar', '"cost<centre": x', '"microsoft:x": y'])("a key for %s that one cloud proposes is taken by all", (tag) => {
  const fixes = CLOUDS.flatMap((cloud) => problemsOf(tag, cloud).map(({ fix = "" }) => fix));
  expect(fixes.length).toBeGreaterThan(1);
  expect(fixes.flatMap((fix) => CLOUDS.flatMap((cloud) => problemsOf(fix, cloud)))).toEqual([]);
});
