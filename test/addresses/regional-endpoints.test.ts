/** Numbers of regional endpoints: by service, recorded by the lock, and for services from before the record as they always were. */
import { type Lock, printLock } from "../../src/addresses/lock";
import { parseLock } from "../../src/addresses/parse-lock";
import { resolveAddresses } from "../../src/addresses/resolve";
import type { Enclave, Service } from "../../src/model/enclave";
import { enclave, zone } from "./enclaves";
import { good, OPEN, resolve } from "./runs";

/** An enclave that reaches these services by regional endpoints. */
function regional(...services: readonly Service[]): Enclave {
  const plain = enclave({ zones: [zone("app", 50)] });
  return {
    ...plain,
    settings: { ...plain.settings, google: { regionalEndpoints: true } },
    privateEndpoints: services.map((service) => ({
      ...{ name: `my-${service}`, service, from: ["app"], access: "read", traffic: [] },
      ...{
        resources: {},
        actions: {},
        slots: [],
        anonymous: false,
        dnsNames: [],
        target: {},
        path: `privateEndpoints.my-${service}`,
      },
    })),
  };
}

const numbers = (spec: Enclave, lock?: Lock) => resolve(spec, lock).addresses.ordinals.regionalEndpoints;

/** The lock as a version without this class would have written it. */
function withoutClass(lock: Lock): string {
  const document = JSON.parse(printLock(lock)) as { ordinals: Record<string, unknown> };
  delete document.ordinals["regionalEndpoints"];
  return `${JSON.stringify(document, null, 2)}\n`;
}

function parsed(text: string): Lock {
  const read = parseLock(text);
  if ("damage" in read) throw new Error(read.damage.problem);
  return read.lock;
}

/** The lock of `spec` with another record for regional endpoints. */
function recording(spec: Enclave, record: object): string {
  const document = JSON.parse(printLock(resolve(spec).lock)) as { ordinals: Record<string, unknown> };
  document.ordinals["regionalEndpoints"] = record;
  return JSON.stringify(document);
}

test("a service from before the record has the number of its former position, in any order of the spec", () => {
  const former = {
    "object-storage": 1,
    secrets: 2,
    keys: 3,
    logs: 4,
    queue: 5,
    "model-api": 6,
    "ml-platform": 7,
    "container-registry": 8,
    metrics: 9,
  };
  const services = Object.keys(former) as Service[];
  expect({ ...numbers(regional(...services)) }).toEqual(former);
  expect({ ...numbers(regional(...[...services].reverse())) }).toEqual(former);
  for (const service of services)
    expect({ ...numbers(regional(service)) }).toEqual({ [service]: former[service as keyof typeof former] });
});

test("services that several endpoints use have one number, and those without rights have none", () => {
  const spec = regional("queue", "queue");
  const [first, second] = spec.privateEndpoints;
  const custom = { ...first, name: "other", service: "custom", access: undefined };
  const endpoints = [first, { ...second, name: "second" }, custom] as Enclave["privateEndpoints"];
  expect({ ...numbers({ ...spec, privateEndpoints: endpoints }) }).toEqual({ queue: 5 });
});

describe("a lock from before the record", () => {
  const spec = regional("queue", "secrets");
  const old = withoutClass(resolve(spec).lock);

  test("gains the numbers that the addresses have had, and no other change", () => {
    const { lock, addresses } = resolve(spec, parsed(old));
    expect({ ...addresses.ordinals.regionalEndpoints }).toEqual({ queue: 5, secrets: 2 });
    expect(withoutClass(lock)).toBe(old);
    expect(printLock(lock)).toContain(`"regionalEndpoints": {
      "next": 10,
      "numbers": {
        "queue": 5,
        "secrets": 2
      }
    }`);
  });

  test("is refused while it may not change, and accepted once the numbers are recorded", () => {
    const frozen = { ...OPEN, frozen: true };
    const refused = resolveAddresses(spec, parsed(old), frozen);
    expect(refused.diagnostics).toMatchObject([
      {
        code: "lock-frozen",
        facts: {
          list: [
            "+ ordinals.regionalEndpoints.next 10",
            "+ ordinals.regionalEndpoints.numbers.queue 5",
            "+ ordinals.regionalEndpoints.numbers.secrets 2",
          ],
        },
      },
    ]);
    expect(resolveAddresses(spec, resolve(spec, parsed(old)).lock, frozen).changed).toBe(false);
  });

  test.each([OPEN, { ...OPEN, frozen: true }, { ...OPEN, reclaim: true }])(
    "stays as it is while the spec uses no regional endpoints: %j",
    (options) => {
      const plain = enclave({ zones: [zone("app", 50)] });
      const { lock } = resolve(plain);
      const text = printLock(lock);
      expect(text).not.toContain("regionalEndpoints");
      expect(printLock(good(resolveAddresses(plain, parsed(text), options)).lock)).toBe(text);
    },
  );
});

test("a service that comes back has its number again, also after a reclaim", () => {
  const first = resolve(regional("secrets", "keys")).lock;
  const without = resolve(regional("keys"), first).lock;
  expect({ ...numbers(regional("secrets", "keys"), without) }).toEqual({ secrets: 2, keys: 3 });
  const reclaimed = good(resolveAddresses(regional("keys"), first, { ...OPEN, reclaim: true })).lock;
  expect({ ...numbers(regional("secrets", "keys"), reclaimed) }).toEqual({ secrets: 2, keys: 3 });
});

/** Services that had no position stand in for services to come. */
describe("a new service", () => {
  test("gets the next number, and moves none", () => {
    const first = resolve(regional("secrets")).lock;
    const second = resolve(regional("vector-search", "metrics", "secrets"), first);
    expect({ ...second.addresses.ordinals.regionalEndpoints }).toEqual({
      "vector-search": 10,
      metrics: 9,
      secrets: 2,
    });
    const fewer = regional("relational-db", "vector-search", "secrets");
    const third = good(resolveAddresses(fewer, second.lock, { ...OPEN, removed: ["my-metrics"] }));
    expect({ ...third.addresses.ordinals.regionalEndpoints }).toEqual({
      "relational-db": 11,
      "vector-search": 10,
      secrets: 2,
    });
  });

  test("gets no number of one that is gone, except after a reclaim", () => {
    const first = resolve(regional("vector-search")).lock;
    const gone = resolve(regional(), first).lock;
    expect({ ...numbers(regional("relational-db"), gone) }).toEqual({ "relational-db": 11 });
    const reclaimed = resolveAddresses(regional("relational-db"), gone, { ...OPEN, reclaim: true });
    expect({ ...good(reclaimed).addresses.ordinals.regionalEndpoints }).toEqual({ "relational-db": 10 });
  });

  test("is refused when the addresses are used up, until a reclaim", () => {
    const spec = regional("vector-search");
    const lock = parsed(recording(spec, { next: 17, numbers: {} }));
    expect(resolveAddresses(spec, lock, OPEN).diagnostics).toMatchObject([
      {
        severity: "error",
        code: "ordinals-exhausted",
        summary: "the numbers 1 to 16 for regional endpoints are used up",
        path: "privateEndpoints.my-vector-search",
        detail: expect.stringMatching(/ only with --reclaim\.$/),
        edits: [],
      },
    ]);
    const reclaimed = resolveAddresses(spec, lock, { ...OPEN, reclaim: true });
    expect({ ...good(reclaimed).addresses.ordinals.regionalEndpoints }).toEqual({ "vector-search": 10 });
  });
});

test.each<[string, object, RegExp]>([
  [
    "a number that belongs to another service",
    { next: 11, numbers: { "vector-search": 2 } },
    /vector-search"?\]? is 2, which is the number of "secrets" too/,
  ],
  [
    "a next number that belongs to a service",
    { next: 3, numbers: {} },
    /next is 3, which is not a whole number from 10 to 17/,
  ],
  [
    "a number without an address",
    { next: 17, numbers: { secrets: 17 } },
    /secrets is 17, which is not a whole number from 1 to 16/,
  ],
  ["an unknown service", { next: 11, numbers: { fax: 10 } }, /fax is not a key of regionalEndpoints/],
])("%s is damage", (_, record, problem) => {
  const read = parseLock(recording(regional("secrets"), record));
  expect("damage" in read && read.damage.problem).toMatch(problem);
});
