import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DataSource } from 'typeorm';
import { createDataSource } from '#pg';
import type { Logger } from '#telemetry';
import { openVault, type Config } from './config.ts';
import { Directory } from './directory.ts';
import { loadKeys } from './keys.ts';
import { removeExpired } from './model-store.ts';
import { createProvider } from './provider.ts';
import { createIdentityServer } from './server.ts';
import { LoginThrottle } from './throttle.ts';

const RELOAD_KEYS_MS = 60_000;
const CLEAN_MS = 600_000;
// Under the five seconds that whoever started us waits.
const DRAIN_MS = 3000;

export interface RunningService {
  readonly port: number;
  /** Looks for changed keys now; also happens every minute. */
  readonly reloadKeys: () => Promise<void>;
  /** Answers what is under way, then lets go of everything. */
  readonly stop: () => Promise<void>;
}

async function refuseDemoLogins(directory: Directory, demo: boolean): Promise<void> {
  if (demo) return;
  const found = await directory.findDemoLogins();
  if (found.length === 0) return;
  const names = found.slice(0, 3).join(', ') + (found.length > 3 ? ', ...' : '');
  throw new Error(
    `${found.length} demo logins with published passwords exist here (${names}): remove them, or set DEMO=true on a demo machine`,
  );
}

function repeat(everyMs: number, logger: Logger, work: () => Promise<void>): NodeJS.Timeout {
  const timer = setInterval(() => {
    work().catch((error: unknown) =>
      logger.warn({ reason: error instanceof Error ? error.message : '' }, 'periodic work failed; it will run again'),
    );
  }, everyMs);
  return timer.unref();
}

async function listen(server: Server, config: Config): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new Error(`port ${config.port} is in use; set PORT to another`) : error);
    });
    server.listen(config.port, config.host, resolve);
  });
  return (server.address() as AddressInfo).port;
}

async function drain(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  const deadline = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  await closed;
  clearTimeout(deadline);
}

async function assemble(config: Config, logger: Logger, source: DataSource): Promise<RunningService> {
  const vault = openVault(config);
  const directory = new Directory(source, vault);
  await refuseDemoLogins(directory, config.demo);
  const parts = { config, logger, source, vault, directory };
  let keys = await loadKeys(source, vault);
  let provider = createProvider(parts, keys);
  const reloadKeys = async (): Promise<void> => {
    const found = await loadKeys(source, vault);
    if (found.version === keys.version) return;
    keys = found;
    provider = createProvider(parts, keys);
    logger.info({ keys: keys.jwks.keys.length }, 'the signing keys changed');
  };
  const server = createIdentityServer({
    config,
    logger,
    directory,
    throttle: new LoginThrottle(source, vault),
    provider: () => provider,
    checkReady: () => source.query('select 1'),
  });
  const port = await listen(server, config);
  const timers = [repeat(RELOAD_KEYS_MS, logger, reloadKeys), repeat(CLEAN_MS, logger, () => removeExpired(source))];
  const stop = async (): Promise<void> => {
    for (const timer of timers) clearInterval(timer);
    await drain(server);
    await source.destroy();
  };
  return { port, reloadKeys, stop };
}

/** Starts the issuer. Throws an Error with one plain line when it cannot work as configured. */
export async function startService(config: Config, logger: Logger): Promise<RunningService> {
  const source = await createDataSource({ url: config.databaseUrl, poolSize: config.databasePool, applicationName: 'forbear identity' });
  try {
    return await assemble(config, logger, source);
  } catch (error) {
    await source.destroy();
    throw error;
  }
}
