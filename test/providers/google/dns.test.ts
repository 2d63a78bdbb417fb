/** Only needed names resolve, and every query is logged. */
import { besidesNotes } from "../../support/rendered";
import { attempt, render, resource, resourcesOf, spec } from "./rendered";

const document = render(spec());

describe("names", () => {
  test("that nothing else holds do not resolve, and queries are logged", () => {
    expect(resource(document, "dns_managed_zone", "enclave_root")).toMatchObject({
      dns_name: ".",
      visibility: "private",
    });
    expect(resource(document, "dns_policy", "enclave")).toMatchObject({
      enable_logging: true,
      enable_inbound_forwarding: false,
    });
    expect(resource(document, "dns_policy", "enclave")["alternative_name_server_config"]).toBeUndefined();
  });

  test("of the way out do not resolve in the enclave: the proxy resolves them", () => {
    const leaving = render(
      spec('egress:\n  - { from: app, to: [mirror.example.com], ports: [443/tcp], why: "x" }\n'),
    );
    expect([...resourcesOf(leaving, "dns_managed_zone").keys()]).toEqual(["enclave_root"]);
  });

  test("of repositories resolve below both of their domains", () => {
    const images = render(
      spec("privateEndpoints: { images: { service: container-registry, from: [app] } }\n"),
    );
    const names = [...resourcesOf(images, "dns_record_set").values()].map(({ name }) => name);
    expect(names.sort()).toEqual(["*.gcr.io.", "*.pkg.dev.", "artifactregistry.googleapis.com.", "gcr.io."]);
  });

  test("of an API in use lead to its endpoint in every region that the spec allows", () => {
    const yaml = spec(
      "privateEndpoints: { model: { service: model-api, from: [app] } }\n" +
        "dns: { allow: [us-east5-aiplatform.googleapis.com, us-east5-run.googleapis.com] }\n",
    );
    const allowed = render(yaml);
    const records = [...resourcesOf(allowed, "dns_record_set").values()];
    const answerOf = (host: string) => records.find(({ name }) => name === `${host}.`)?.["rrdatas"];
    expect(answerOf("us-east5-aiplatform.googleapis.com")).toEqual(answerOf("aiplatform.googleapis.com"));
    const zones = [...resourcesOf(allowed, "dns_managed_zone").keys()];
    expect(zones.filter((name) => name.startsWith("enclave_allow_"))).toEqual([
      "enclave_allow_us_east5_run_googleapis_com",
    ]);
  });

  test("that the spec allows are answered as in a network of their own, which has no way out either", () => {
    const yaml = spec('dns: { allow: ["*.example.com", example.com, time.example.org] }\n');
    const allowed = render(yaml);
    const zones = [...resourcesOf(allowed, "dns_managed_zone")].filter(([name]) =>
      name.startsWith("enclave_allow_"),
    );
    expect(zones.map(([, zone]) => [zone["dns_name"], zone["peering_config"]])).toEqual(
      ["example.com.", "time.example.org."].map((name) => [
        name,
        { target_network: { network_url: "${google_compute_network.enclave_egress.id}" } },
      ]),
    );
    expect(resource(allowed, "compute_network", "enclave_egress")["delete_default_routes_on_create"]).toBe(
      true,
    );
    expect(resourcesOf(allowed, "compute_network_peering").size).toBe(0);
    expect(besidesNotes(attempt(yaml).diagnostics).map(({ code, severity }) => [severity, code])).toEqual([
      ["warning", "google-dns-wider"],
      ["warning", "google-dns-wider"],
    ]);
  });
});
