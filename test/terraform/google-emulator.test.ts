/** The emulator of Google keeps, gives back and forgets, and refuses what Google refuses. The real plugin is not asked here. */
import { emulatorOf } from "./ask-emulator";
import { describeWith, EMULATOR_NEEDS } from "./needs";

describeWith(EMULATOR_NEEDS.google, "the emulator of google", () => {
  const ask = emulatorOf("google", ({ env }) => new URL(env["GOOGLE_COMPUTE_CUSTOM_ENDPOINT"] ?? "").origin);
  const PROJECT = "/compute/v1/projects/my-project";
  const subnetwork = (name: string, ipCidrRange: string) =>
    ask("POST", `${PROJECT}/regions/us-east1/subnetworks`, {
      name,
      ipCidrRange,
      network: "projects/my-project/global/networks/n",
    });

  test("keeps a resource once, gives it back with links, and forgets it", async () => {
    expect(await subnetwork("s", "10.0.0.0/24")).toMatchObject({ status: 200 });
    expect(await subnetwork("s", "10.0.0.0/24")).toMatchObject({ status: 409 });
    const { body } = await ask("GET", `${PROJECT}/regions/us-east1/subnetworks/s`);
    expect(body).toMatchObject({
      gatewayAddress: "10.0.0.1",
      network: expect.stringMatching(/^http:.*\/networks\/n$/),
    });
    expect(await ask("DELETE", `${PROJECT}/regions/us-east1/subnetworks/s`)).toMatchObject({ status: 200 });
    expect(await ask("GET", `${PROJECT}/regions/us-east1/subnetworks/s`)).toMatchObject({ status: 404 });
  });

  test.each(["regionalEndpointId", "regional_endpoint_id"])(
    "takes the name of a resource from %s",
    async (parameter) => {
      const place = "/networkconnectivity/v1/projects/my-project/locations/us-east1/regionalEndpoints";
      expect(await ask("POST", `${place}?${parameter}=${parameter.toLowerCase()}`, {})).toMatchObject({
        status: 200,
        body: { done: true },
      });
      expect(await ask("GET", `${place}/${parameter.toLowerCase()}`)).toMatchObject({ status: 200 });
    },
  );

  test("joins no networks while a route of one of them changes", async () => {
    const network = (name: string) => ask("POST", `${PROJECT}/global/networks`, { name });
    for (const name of ["left", "right"]) await network(name);
    const subnetworkOf = (name: string, range: string) =>
      ask("POST", `${PROJECT}/regions/us-east1/subnetworks`, {
        name,
        ipCidrRange: range,
        network: "projects/my-project/global/networks/left",
      });
    const join = () =>
      ask("POST", `${PROJECT}/global/networks/right/addPeering`, {
        networkPeering: { name: "p", network: "projects/my-project/global/networks/left" },
      });
    expect(await subnetworkOf("l1", "10.9.0.0/24")).toMatchObject({
      status: 200,
      body: { status: "RUNNING" },
    });
    expect(await subnetworkOf("l2", "10.9.1.0/24")).toMatchObject({ status: 200 });
    expect(await join()).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringMatching(/route operation in progress/) } },
    });
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(await join()).toMatchObject({ status: 200 });
    expect(await subnetworkOf("l3", "10.9.2.0/24")).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringMatching(/peering operation in progress/) } },
    });
  });

  test("neither unlocks a bucket of logs, nor changes its retention, nor deletes it", async () => {
    const place = "/logging/v2/projects/my-project/locations/us-east1/buckets";
    const bucket = (body: object) => ask("PATCH", `${place}/b?updateMask=retentionDays,locked`, body);
    await ask("POST", `${place}?bucketId=b`, { retentionDays: 365 });
    expect(await bucket({ retentionDays: 400, locked: true })).toMatchObject({ status: 200 });
    for (const wrong of [{ locked: false }, { retentionDays: 500 }, { retentionDays: 365 }])
      expect(await bucket(wrong)).toMatchObject({ status: 400 });
    expect(await bucket({ retentionDays: 400, locked: true })).toMatchObject({ status: 200 });
    expect(await ask("DELETE", `${place}/b`)).toMatchObject({ status: 400 });
  });

  test("makes no bucket of logs under the name of one that is going, and changes none that is", async () => {
    const place = "/logging/v2/projects/my-project/locations/us-east1/buckets";
    const make = () => ask("POST", `${place}?bucketId=going`, { retentionDays: 30 });
    expect(await make()).toMatchObject({ status: 200 });
    expect(await ask("DELETE", `${place}/going`)).toMatchObject({ status: 200 });
    expect(await ask("GET", `${place}/going`)).toMatchObject({
      body: { lifecycleState: "DELETE_REQUESTED" },
    });
    const change = () => ask("PATCH", `${place}/going?updateMask=retentionDays`, { retentionDays: 31 });
    expect(await change()).toMatchObject({ status: 400 });
    expect(await make()).toMatchObject({ status: 409 });
  });

  test("keeps what another thing names: a network with a policy of DNS, or with the router of a proxy", async () => {
    const at = `${PROJECT}/global/networks/held`;
    const network = "projects/my-project/global/networks/held";
    await ask("POST", `${PROJECT}/global/networks`, { name: "held" });
    const policy = "/dns/v1/projects/my-project/policies";
    await ask("POST", policy, { name: "p", networks: [{ networkUrl: network }] });
    expect(await ask("DELETE", at)).toMatchObject({ status: 400 });
    await ask("DELETE", `${policy}/p`);
    const gateways = "/networkservices/v1/projects/my-project/locations/us-east1/gateways";
    await ask("POST", `${gateways}?gatewayId=g`, { network });
    await ask("DELETE", `${gateways}/g`);
    const { body } = await ask("DELETE", at);
    const { message } = body["error"] as { message: string };
    const [router = ""] = /swg-autogen-router-\d+/.exec(message) ?? [];
    await ask("DELETE", `${PROJECT}/regions/us-east1/routers/${router}`);
    expect(await ask("DELETE", at)).toMatchObject({ status: 200 });
  });

  test("changes no target of an endpoint of Private Service Connect", async () => {
    const rules = `${PROJECT}/regions/us-east1/forwardingRules`;
    const attachment = (name: string) => `projects/partner/regions/us-east1/serviceAttachments/${name}`;
    await ask("POST", rules, { name: "psc", target: attachment("old") });
    const change = (target: string) => ask("POST", `${rules}/psc/setTarget`, { target });
    expect(await change(attachment("new"))).toMatchObject({ status: 400 });
  });

  test("refuses ranges that overlap in a network, and two rules of one priority", async () => {
    await subnetwork("one", "10.0.4.0/24");
    expect(await subnetwork("other", "10.0.4.128/25")).toMatchObject({ status: 400 });
    const rules = [{ priority: 1000 }, { priority: 1000 }];
    expect(await ask("POST", `${PROJECT}/global/firewallPolicies`, { name: "p", rules })).toMatchObject({
      status: 400,
    });
  });
});
