/** The backend's arguments: they are passed on as they are, so nothing secret and nothing to be computed may stand in them. */

import type { Diagnostic, SpecPath } from "../diagnostics/diagnostic";
import { removing } from "../diagnostics/edit";
import { error } from "../diagnostics/make";
import { joinPath } from "../diagnostics/path";
import { BACKENDS, type BackendType } from "../model/backend";
import { known } from "../spec/unknown";
import type { Context } from "./context";

/** Arguments of the backends whose values are secrets (developer.hashicorp.com/terraform/language/backend). Paths of files are none. */
const SECRET_ARGUMENTS: ReadonlySet<string> = new Set([
  "access_key",
  "access_token",
  "client_certificate",
  "client_certificate_password",
  "client_secret",
  "credentials",
  "encryption_key",
  "oidc_request_token",
  "oidc_token",
  "password",
  "private_key",
  "sas_token",
  "secret",
  "secret_key",
  "session_token",
  "sse_customer_key",
  "token",
  "web_identity_token",
]);

/** Values that are secrets under whatever name: an AWS key id, a private key, a signed Azure URL, a URL with a password. */
const SECRET_VALUES: readonly RegExp[] = [
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /[?&]sig=/,
  /^[a-z][a-z0-9+.-]*:\/\/[^/@\s]*:[^/@\s]+@/i,
];

interface Argument {
  readonly path: SpecPath;
  /** The nearest key: that of the list for an entry of one. */
  readonly key: string;
  readonly value: unknown;
}

export function checkBackend({ draft }: Context): Diagnostic[] {
  const backend = known(draft.spec.backend);
  const config = known(backend?.config) ?? {};
  return Object.entries(config).flatMap(([key, value]) =>
    argumentsIn({ path: joinPath("backend", "config", key), key, value }).flatMap((argument) =>
      checkArgument(argument, known(backend?.type)),
    ),
  );
}

/** An argument with all that lies in it; of one whose name says that it is secret, only itself. */
function argumentsIn({ path, key, value }: Argument): Argument[] {
  if (typeof value !== "object" || value === null || isSecretName(key)) return [{ path, key, value }];
  if (Array.isArray(value))
    return value.flatMap((each: unknown, index) =>
      argumentsIn({ path: joinPath(path, index), key, value: each }),
    );
  return Object.entries(value).flatMap(([inner, each]) =>
    argumentsIn({ path: joinPath(path, inner), key: inner, value: each }),
  );
}

const isSecretName = (key: string): boolean => SECRET_ARGUMENTS.has(key.toLowerCase());

/** The value itself is never shown: it may be the secret. */
function checkArgument({ path, key, value }: Argument, type: BackendType | undefined): Diagnostic[] {
  if (
    isSecretName(key) ||
    (typeof value === "string" && SECRET_VALUES.some((pattern) => pattern.test(value)))
  ) {
    const detail = `A spec is committed and passed on as it is, and Terraform writes the backend's arguments to disk. Leave it out and give it through the environment${type === undefined ? "" : `: ${BACKENDS[type].credentials}`}.`;
    return [
      error("backend-credential", path, `"${key}" of the backend is a credential`, detail, {
        fix: removing(path),
      }),
    ];
  }
  if (typeof value !== "string" || !/[$%]\{/.test(value)) return [];
  const detail =
    "Terraform takes no expressions in a backend. Write the value out, or leave the argument out and give it with `terraform init -backend-config`.";
  return [
    error("backend-expression", path, `"${key}" of the backend is an expression`, detail, {
      fix: removing(path),
    }),
  ];
}
