import type { SealedColumn } from '#reseal';
import type { Tx } from '#pg';
import type { Destruction } from './kind.ts';

/** Rows of a table whose columns are emptied. */
export interface Blank {
  readonly table: string;
  /** Which rows, by the ids `$1` (uuid[]). */
  readonly where: string;
  /** Sealed columns: a word that opens and says nothing stands in them, where anything stood. */
  readonly sealed?: readonly string[];
  /** What stands in a sealed column whose reader expects something that it can parse. */
  readonly as?: Readonly<Record<string, string>>;
  /** Further assignments, in SQL. */
  readonly also?: readonly string[];
}

/** What stands where something personal stood. */
export const GONE = '已销毁 destroyed';

export const coveredBy = (blanks: readonly Blank[]): string[] =>
  blanks.flatMap(({ table, sealed = [] }) => sealed.map((column) => `${table}.${column}`));

/** Empties columns; `columns` are those of the service, with the context in which each is sealed. */
export class Blanking {
  constructor(private readonly columns: readonly SealedColumn[]) {}

  /** Throws Error for a column that the service does not know as sealed. */
  async empty(tx: Tx, { ids, vault }: Destruction, blanks: readonly Blank[]): Promise<void> {
    for (const { table, where, sealed = [], as = {}, also = [] } of blanks) {
      const sets = [
        ...sealed.map((column, index) => `${column} = case when ${column} is null then null else $${index + 2}::bytea end`),
        ...also,
      ];
      const words = sealed.map((column) => vault.seal(as[column] ?? GONE, this.contextOf(table, column)));
      await tx.query(`update ${table} set ${sets.join(', ')} where ${where}`, [ids, ...words]);
    }
  }

  private contextOf(table: string, column: string): string {
    const known = this.columns.find((one) => one.table === table && one.column === column);
    if (!known) throw new Error(`${table}.${column} is no sealed column`);
    return known.context;
  }
}

/** Removes rows, and whatever files they had: `select` gives `upload`, read before. */
export async function removeWithFiles(tx: Tx, ids: readonly string[], select: string, changes: readonly string[]): Promise<void> {
  const files = await tx.query<{ upload: string | null }>(select, [ids]);
  for (const change of changes) await tx.query(change, [ids]);
  await tx.query('delete from upload where id = any($1)', [files.flatMap(({ upload }) => upload ?? [])]);
}
