/** The clouds that a spec can name, in the order in which results are printed. */
export const CLOUDS = ["aws", "azure", "google"] as const;

export type Cloud = (typeof CLOUDS)[number];

/** A value that a spec gives for some clouds. The provider alone knows its meaning. */
export type ByCloud<T> = Readonly<Partial<Record<Cloud, T>>>;
