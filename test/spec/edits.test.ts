/** What is offered where a spec is wrong: an edit if it follows from what is written, else a list of what is possible. */
import { body, errorsOf, flow, HEAD, offered, ZONES, zone } from "./offered";

describe("a number that is written otherwise", () => {
  test.each([
    ['hosts: "500"', "exact set zones.app.hosts 500"],
    ["hosts: 90d", "likely set zones.app.hosts 90"],
    ['hosts: "020"', "likely set zones.app.hosts 20"],
    ['hosts: "1,000"', "likely set zones.app.hosts 1000"],
    ["hosts: 1_000", "likely set zones.app.hosts 1000"],
    ["prefix: /25", "likely set zones.app.prefix 25"],
    ["cidr: 10.20.8.7/24", "likely set zones.app.cidr 10.20.8.0/24"],
    ["cidr: 10.020.8.0/24", "likely set zones.app.cidr 10.20.8.0/24"],
    ["cidr: 10.20.8.0/255.255.255.0", "likely set zones.app.cidr 10.20.8.0/24"],
  ])("is read: %s", (size, edit) => expect(offered(zone(`exposure: private, ${size}`))).toEqual([edit]));

  test.each(["many", "50.2", "-5", "~", "[50]", "{ a: 50 }"])("is not made up: hosts: %s", (hosts) =>
    expect(offered(zone(`exposure: private, hosts: ${hosts}`))).toEqual([]),
  );
  test.each(["10.20.8.0", "here", "10.30.0.0/24"])("is no free block: cidr: %s", (cidr) =>
    expect(offered(zone(`exposure: private, cidr: ${cidr}`))).toEqual([]),
  );
});

describe("ports", () => {
  test.each([
    ["443", "likely set flows[0].ports [443/tcp]"],
    ["443/tcp", "exact set flows[0].ports [443/tcp]"],
    ["tcp/443", "likely set flows[0].ports [443/tcp]"],
    ["22:22", "likely set flows[0].ports [22/tcp]"],
    ['"80, 443"', "likely set flows[0].ports [80/tcp, 443/tcp]"],
    ["[443]", "likely set flows[0].ports[0] 443/tcp"],
    ["[tcp/443]", "exact set flows[0].ports[0] 443/tcp"],
    ["[443/TCP]", "exact set flows[0].ports[0] 443/tcp"],
    ["[443-442/tcp]", "likely set flows[0].ports[0] 442-443/tcp"],
  ])("%s: %s", (ports, edit) =>
    expect(offered(flow(`from: app, to: vector-db, ports: ${ports}, why: x`))).toEqual([edit]),
  );

  test.each(["nonsense", "[https]", "[TCP]", "[70000]", "[]", "{ tcp: 443 }"])("%s names none", (ports) =>
    expect(offered(flow(`from: app, to: vector-db, ports: ${ports}, why: x`))).toEqual([]),
  );
});

describe("a word", () => {
  test.each([
    ["in capitals", zone("exposure: Private, hosts: 5"), "exact set zones.app.exposure private"],
    ["cut short", zone("exposure: privat, hosts: 5"), "likely set zones.app.exposure private"],
    ["alone in a list", zone("exposure: [private], hosts: 5"), "exact set zones.app.exposure private"],
    [
      "that people use for it",
      zone("exposure: private, hosts: 5, role: database"),
      "likely set zones.app.role data",
    ],
    [
      "of a product",
      body("privateEndpoints: { m: { service: vault, from: app } }"),
      "likely set privateEndpoints.m.service secrets",
    ],
    [
      "of a cloud",
      body("privateEndpoints: { m: { service: kms, from: app } }"),
      "likely set privateEndpoints.m.service keys",
    ],
    [
      "in pieces",
      body("privateEndpoints: { m: { service: secrets, from: app, access: [read, write] } }"),
      "exact set privateEndpoints.m.access read-write",
    ],
    ["that is a cloud in capitals", body("cloud: AWS"), "exact set cloud aws"],
    ["that others call a cloud", body("cloud: gcp"), "likely set cloud google"],
    [
      "that is a region in capitals",
      HEAD.replace("us-east-1", "US-East-1") + ZONES,
      "exact set region us-east-1",
    ],
    [
      "that is mistyped",
      body("waive: [{ rule: store-no-egress, why: x }]"),
      "likely set waive[0].rule stores-no-egress",
    ],
  ])("%s is mended", (_what, text, edit) => expect(offered(text)).toEqual([edit]));

  test.each([
    ["between two of them", zone("exposure: internal, hosts: 5"), /public, private, isolated\.$/],
    ["that would open a zone", zone("exposure: external, hosts: 5"), /public, private, isolated\.$/],
    ["that is nothing", zone("exposure: , hosts: 5"), /public, private, isolated\.$/],
    [
      "that is not there",
      zone("hosts: 5"),
      /"zones\.app\.exposure" has to be given\. It is one of public, private, isolated\.$/,
    ],
    [
      "for a service that is not there",
      body("privateEndpoints: { m: { service: sts, from: app } }"),
      /object-storage, .*, custom\.$/,
    ],
    ["beside another in a list", body("cloud: [azure, aws]"), /aws, azure, google\.$/],
    ["beside another", body("cloud: aws, azure"), /aws, azure, google\.$/],
  ])("%s is not guessed, and all are listed", (_what, text, listed) => {
    expect(offered(text)).toEqual([]);
    expect(errorsOf(text)[0]?.detail).toMatch(listed);
  });
});

describe("a value of another kind", () => {
  test.each([
    ["quarantine: app, web", "exact set quarantine [app, web]"],
    ["tags: { a: 5 }", 'exact set tags.a "5"'],
    [
      "flows: { from: web, to: app, ports: [443/tcp], why: x }",
      "exact set flows [{ from: web, to: app, ports: [443/tcp], why: x }]",
    ],
    [
      "flows: { one: { from: web, to: app, ports: [443/tcp], why: x } }",
      "likely set flows [{ from: web, to: app, ports: [443/tcp], why: x }]",
    ],
    [
      "privateEndpoints: [{ name: m, service: model-api, from: app }]",
      "likely set privateEndpoints { m: { service: model-api, from: app } }",
    ],
    [
      "privateEndpoints: { m: { service: object-storage, from: app, resources: [a] } }",
      "likely set privateEndpoints.m.resources { google: [a] }",
    ],
    ["dns: a.example.com", "likely set dns { allow: [a.example.com] }"],
    ["backend: gs", "likely set backend { type: gcs }"],
    ["terraform: 5", "likely set terraform { azurerm: 5 }"],
    ['logging: "90"', "likely set logging { retentionDays: 90 }"],
    ["google: { accessPolicy: 4321 }", "likely set google.accessPolicy accessPolicies/4321"],
    ["dns: { allow: [Mirror.Example.com] }", "exact set dns.allow[0] mirror.example.com"],
    ["dns: { allow: [https://a.example.com/x] }", "likely set dns.allow[0] a.example.com"],
  ])("is put where it belongs: %s", (text, edit) => expect(offered(body(text))).toEqual([edit]));

  test.each([
    "zoneNames: [us-east-1a, us-east-1b]",
    "waive: stores-no-egress",
    "tags: { a: true }",
    "flows:",
    "privateEndpoints: { m: secrets }",
    "egress: { app: a.example.com }",
  ])("is left where more is missing: %s", (text) => expect(offered(body(text))).toEqual([]));
});

describe("an unknown key", () => {
  test.each([
    ["that is mistyped", zone("exposre: public, hosts: 5"), ["exact rename zones.app.exposre exposure"]],
    [
      "that others use",
      zone("visibility: public, hosts: 5"),
      ["likely rename zones.app.visibility exposure"],
    ],
    [
      "with a value of the wrong kind",
      zone('exposure: private, host: "50"'),
      ["exact rename zones.app.host hosts", "exact set zones.app.hosts 50"],
    ],
    [
      "beside another size, of which one can be",
      zone("exposure: private, prefx: 25, hosts: 40"),
      ["likely rename zones.app.prefx prefix"],
    ],
    [
      "beside its alternative",
      body("assertions: [{ never: { from: app, to: web }, throgh: { from: app, to: web, via: app } }]"),
      ["likely rename assertions[0].throgh through"],
    ],
    [
      "with a value that is a guess, which makes it one",
      flow("from: app, to: vector-db, port: 443, why: x"),
      ["likely rename flows[0].port ports", "likely set flows[0].ports [443/tcp]"],
    ],
    [
      "of a part, which opens what stands in it",
      body("flow: [{ from: web, to: app, ports: [443/tcp], why: x }]"),
      ["likely rename flow flows"],
    ],
    [
      "glued to a word",
      zone("exposure:public, hosts: 5"),
      ['exact remove zones.app["exposure:public"]', "exact insert zones.app.exposure public"],
    ],
    [
      "glued to a word by a space that YAML does not know",
      zone("exposure:\u00a0public, hosts: 5"),
      ['exact remove zones.app["exposure:\u00a0public"]', "exact insert zones.app.exposure public"],
    ],
    [
      "glued to a number",
      zone("exposure: private, hosts:50"),
      ['exact remove zones.app["hosts:50"]', "exact insert zones.app.hosts 50"],
    ],
  ])("%s is renamed", (_what, text, edits) => expect(offered(text)).toEqual(edits));

  test.each([
    ["hosts: 5, size: 40", 'Did you mean "hosts"? It is given already.'],
    ["hosts: 5, exposure:public", 'Did you mean "exposure"? It is given already.'],
    [
      "hosts: 5, internet: true",
      "Known here: cidr, exposure, healthChecks, hosts, interfaces, platform, prefix, role, was.",
    ],
  ])("is left where none is meant, or it is there already: %s", (fields, said) => {
    expect(offered(zone(`exposure: private, ${fields}`))).toEqual([]);
    expect(errorsOf(zone(`exposure: private, ${fields}`))[0]?.detail).toContain(said);
  });
});
