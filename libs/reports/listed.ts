import type { ListedColumn, Words } from '#render';

type Names = Readonly<Record<string, Words>>;
type Named = { readonly id: string; readonly label: Words };

/** The columns of a file that a PDF prints row by row, each with its part of the width (they add up to 1) and, where it has codes, their names. */
export function listedOf(
  columns: readonly Named[],
  shown: readonly (readonly [id: string, share: number, names?: Names])[],
): ListedColumn[] {
  return shown.map(([id, share, names]) => {
    const column = columns.find((one) => one.id === id);
    if (!column) throw new Error(`the file has no column ${id}`);
    return { head: column.label, from: { zh: id, en: id }, share, ...(names && { names }) };
  });
}

/** The columns of a file, and those of them that stand on paper. */
export const printed = (columns: readonly Named[], shown: Parameters<typeof listedOf>[1]) => ({
  columns,
  listed: listedOf(columns, shown),
});
