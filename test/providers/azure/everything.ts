/** A spec with a part of each kind that invariants are about. */
import type { Spec } from "./rendered";

export const EVERYTHING: Spec = {
  zones: {
    web: { exposure: "public", prefix: 26 },
    app: { exposure: "private", prefix: 26, interfaces: [{ name: "card", host: 10 }] },
    db: { exposure: "isolated", prefix: 26 },
  },
  flows: [
    { from: "internet", to: "web", ports: ["443/tcp"], why: "x" },
    { from: "web", to: "app", ports: ["8080/tcp"], why: "x" },
    { from: "app", to: "db", ports: ["5432/tcp"], why: "x" },
  ],
  privateEndpoints: { secret: { service: "secrets", from: ["app"] }, queue: { service: "queue", from: ["db"] } },
  egress: [{ from: ["app"], to: ["mirror.example.com"], ports: ["443/tcp"], why: "x" }],
};
