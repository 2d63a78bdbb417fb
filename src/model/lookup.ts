/** A table for words of users, without a prototype, because one of them may be "constructor". */
export const lookup = <T>(table: Readonly<Record<string, T>>): Readonly<Record<string, T>> =>
  Object.freeze(Object.assign(Object.create(null) as Record<string, T>, table));

/** The words of a table, in its order. */
export const keysOf = <K extends string>(table: Readonly<Record<K, unknown>>): readonly K[] =>
  Object.keys(table) as K[];
