/** docs/vendors.md is written from the table of vendors, which has each of them once. */
import { join } from "node:path";
import { CLOUDS } from "../../src/clouds/cloud";
import { VENDORS, vendorOf } from "../../src/clouds/vendors";
import { expectGolden } from "../support/golden";

const KINDS = { models: "models", vectors: "vectors and search", data: "data platform" } as const;

test("the page of vendors is what the table says", () => {
  const rows = VENDORS.map(({ name, kind, hosts, ways, source }) => {
    const on = CLOUDS.map((cloud) => (ways[cloud] === undefined ? "" : `\`${ways[cloud]}\``));
    return `| [${name}](${source}) | ${KINDS[kind]} | ${hosts.map((host) => `\`${host}\``).join(" ")} | ${on.join(" | ")} |`;
  });
  const page = [
    "# Vendors with a private way",
    "",
    "<!-- Written by test/docs/vendors.test.ts; npm run golden writes it anew. -->",
    "",
    "Hosts of model providers, vector databases and data platforms that the rule `private-way` warns of in `egress`, and the service of",
    "`privateEndpoints` that takes their place: `model-api` where the cloud serves the models itself, `custom` where the vendor offers a",
    "private link. Of 2026-11-27: the pages of Hugging Face, Zilliz, Elastic, MongoDB and Astra DB were read, those of Pinecone,",
    "Snowflake, ClickHouse and Confluent in part. The other rows are common knowledge with a link to start from, not read again.",
    "An empty cell says that no way is known here, not that there is none.",
    "",
    `| vendor | for | hosts | ${CLOUDS.join(" | ")} |`,
    `|---|---|---|${"---|".repeat(CLOUDS.length)}`,
    ...rows,
    "",
  ].join("\n");
  expectGolden(join(__dirname, "../../docs/vendors.md"), page);
});

test("every host is of one vendor, and every vendor has a way", () => {
  for (const vendor of VENDORS) {
    expect(Object.keys(vendor.ways).length).toBeGreaterThan(0);
    for (const host of vendor.hosts) {
      expect([host, vendorOf(host)?.name, vendorOf(`a.${host}`)?.name, vendorOf(`*.${host}`)?.name]).toEqual([
        host,
        vendor.name,
        vendor.name,
        vendor.name,
      ]);
      expect([host, vendorOf(`a${host}`)]).toEqual([host, undefined]);
    }
  }
});
