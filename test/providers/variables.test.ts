/** Variables as they are rendered on every cloud. */
import { CLOUDS } from "../../src/clouds/cloud";
import { render } from "../support/rendered";

const SPEC = {
  name: "small",
  region: { aws: "us-east-1", azure: "eastus2", google: "us-east1" },
  cidr: "10.20.0.0/16",
  tags: { "cost-center": "one", cost_center: "two", x1y: "three" },
  zones: { app: { exposure: "private", prefix: 26 } },
};

test.each(CLOUDS)("tags keep their keys as the spec writes them on %s", (cloud) => {
  expect(render(cloud, SPEC).document).toHaveProperty("variable.tags.default", SPEC.tags);
});
