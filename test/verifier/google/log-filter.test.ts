/** Filters of logs: which entries they keep, and what is not read. */
import { keeps } from "../../../src/verifier/google/log-filter";

const ENTRY = { log_id: "compute.googleapis.com/firewall", "resource.type": "gce", "jsonPayload.vpc": "own" };

test.each([
  ['resource.type="gce"', true],
  ['resource.type="other"', false],
  ['severity="ERROR"', false],
  ['log_id("compute.googleapis.com/firewall")', true],
  ['log_id("dns.googleapis.com/dns_queries")', false],
  ['resource.type="gce" AND jsonPayload.vpc="other"', false],
  ['resource.type="other" OR jsonPayload.vpc="own"', true],
  // OR binds more strongly: no entry is kept that lacks the first of them.
  ['resource.type="other" AND jsonPayload.vpc="own" OR resource.type="gce"', false],
  ['(resource.type="other" AND jsonPayload.vpc="own") OR resource.type="gce"', true],
  ['((resource.type="gce"))', true],
])("%s", (filter, kept) => expect(keeps(filter, ENTRY)).toBe(kept));

test.each([
  "",
  'resource.type="gce',
  'severity>="ERROR"',
  'NOT resource.type="gce"',
  'resource.type="gce" resource.type="gce"',
  '(resource.type="gce"',
  'resource.type="gce")',
  'resource.type:"gce"',
  'resource.type="gce" OR',
])("it is not read: %s", (filter) => expect(() => keeps(filter, ENTRY)).toThrow());
