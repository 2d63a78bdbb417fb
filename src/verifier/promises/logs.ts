/** Records: of which events, for how long, and under whose key. */
import type { Cloud } from "../../clouds/cloud";
import type { CloudSettings } from "../../model/enclave";
import { type EnclavePromise, promise } from "./promise";

/** The key that the spec gives for a cloud. */
const KEYS: Readonly<Record<Cloud, (settings: CloudSettings) => string | undefined>> = {
  aws: ({ aws }) => aws.kmsKeyArn,
  azure: ({ azure }) => azure.keyVaultKeyId,
  google: ({ google }) => google.kmsKey,
};

/** Where the cloud's own protection is not asked for, the guard stands alone. */
const IS_PROTECTED: Readonly<Record<Cloud, (settings: CloudSettings) => boolean>> = {
  aws: () => true,
  azure: ({ azure }) => azure.locks === true,
  google: () => true,
};

export const LOGS: readonly EnclavePromise[] = [
  promise("every connection in every zone is recorded", ({ read }) => read.unloggedFlows()),
  promise("every query for a name is recorded", ({ read }) => read.unloggedQueries()),
  promise("what is decided on the way out is recorded", ({ read, enclave }) =>
    enclave.egress.length === 0 ? [] : read.unloggedExits(),
  ),
  promise("every denial is recorded", ({ read }) => read.unloggedDenials()),
  promise("logs are kept as long as the variable says", ({ read }) => read.otherRetention()),
  promise("logs are open to nobody outside", ({ read }) => read.openStores()),
  promise("logs lie under a key of the enclave's own", ({ read, cloud, enclave }) =>
    KEYS[cloud](enclave.settings) === undefined ? read.withoutOwnKey() : [],
  ),
  promise("flow logs lie under the key that the spec gives", ({ read, cloud, enclave }) => {
    const key = KEYS[cloud](enclave.settings);
    return key === undefined ? [] : read.flowLogsUnderOther(key);
  }),
  promise("all logs lie under the key that the spec gives", ({ read, cloud, enclave }) =>
    KEYS[cloud](enclave.settings) === undefined ? [] : read.withoutOwnKey(),
  ),
  promise(
    "the cloud's own protection of the way out follows deletion_protection",
    ({ read, cloud, enclave }) => (IS_PROTECTED[cloud](enclave.settings) ? read.unprotected("exits") : []),
  ),
  promise("the cloud's own protection of the logs follows deletion_protection", ({ read, cloud, enclave }) =>
    IS_PROTECTED[cloud](enclave.settings) ? read.unprotected("logs") : [],
  ),
];
