/** A small table: columns as wide as their widest cell, numbers to the right, two spaces between. */
export function table(rows: readonly (readonly (string | number)[])[]): string {
  const columns =
    rows[0]?.map((_, column) => Math.max(...rows.map((row) => String(row[column] ?? "").length))) ?? [];
  const numeric = columns.map((_, column) => rows.some((row) => typeof row[column] === "number"));
  const cell = (value: string | number, column: number): string => {
    const width = columns[column] ?? 0;
    return numeric[column] ? String(value).padStart(width) : String(value).padEnd(width);
  };
  return rows.map((row) => `${row.map(cell).join("  ").trimEnd()}\n`).join("");
}
