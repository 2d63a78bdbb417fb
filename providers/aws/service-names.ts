/** Names of endpoint services: those that anybody shares, and those of AWS itself. */

/**
 * A service that somebody shares through PrivateLink, by its region. Nobody but its owner stands behind it, so its endpoint takes no
 * policy; everything else of this form leads to a service of AWS, where a missing policy admits every account.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/create-endpoint-service.html
 */
const SHARED = /^com\.amazonaws\.vpce\.([a-z0-9-]+)\.vpce-svc-[0-9a-f]+$/;

/** The region of a shared service; undefined for every other name. */
export const sharedServiceRegion = (serviceName: string): string | undefined => SHARED.exec(serviceName)?.[1];
