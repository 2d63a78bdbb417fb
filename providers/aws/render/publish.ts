/** Publishing an own service privately is refused by the provider's features today, so there is nothing to render. */
export const PUBLISHED_SERVICES: Readonly<Record<string, never>> = {};
