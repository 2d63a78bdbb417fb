/** A service attachment behind an internal load balancer is not rendered yet: the provider refuses a spec that publishes. */

/** The output `published_services`. */
export const PUBLISHED_SERVICES: Readonly<Record<string, never>> = {};
