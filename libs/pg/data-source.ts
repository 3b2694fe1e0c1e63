import pg from 'pg';
import { DataSource, type EntitySchema, type MigrationInterface } from 'typeorm';

type Constructor<T = object> = new (...args: never[]) => T;

export interface DatabaseOptions {
  /** A postgres:// URL of the role the process works as. */
  readonly url: string;
  readonly poolSize: number;
  /** Shows in pg_stat_activity. */
  readonly applicationName: string;
  readonly entities?: readonly (Constructor | EntitySchema)[];
  readonly migrations?: readonly Constructor<MigrationInterface>[];
}

// Dates without time stay text: a JavaScript Date would move them through the machine's zone.
pg.types.setTypeParser(pg.types.builtins.DATE, (value: string) => value);

/** A connected data source. Never synchronizes: the schema comes from migrations alone. */
export async function createDataSource(options: DatabaseOptions): Promise<DataSource> {
  const source = new DataSource({
    type: 'postgres',
    // TypeORM's own lookup uses require(), which ESM test runners do not offer.
    driver: { Pool: pg.Pool, Client: pg.Client, types: pg.types },
    url: options.url,
    poolSize: options.poolSize,
    applicationName: options.applicationName,
    entities: [...(options.entities ?? [])],
    migrations: [...(options.migrations ?? [])],
    migrationsTableName: 'migration',
    synchronize: false,
    logging: false,
    connectTimeoutMS: 5000,
    // Statements go out without waiting for the answers to those before; answers come in order.
    extra: { pipeline: true },
  });
  await source.initialize();
  return source;
}

/** Runs the migrations that are not applied yet, each in its own transaction; returns their names. The role must own the database. */
export async function migrate(source: DataSource): Promise<string[]> {
  const lock = source.createQueryRunner();
  try {
    // Replicas that start together: one migrates, the others find nothing left to do.
    await lock.query(`select pg_advisory_lock(hashtext('forbear migrations'))`);
    const applied = await source.runMigrations({ transaction: 'each' });
    return applied.map((migration) => migration.name);
  } finally {
    await lock.query(`select pg_advisory_unlock(hashtext('forbear migrations'))`);
    await lock.release();
  }
}
