import { ConfigError } from '#config';
import type { ServiceConfig } from '#service';

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || host.startsWith('127.');

/** The demo's secrets are printed in the README: it may not be reached from outside. Throws ConfigError. */
export function refuseUnsafe(config: Pick<ServiceConfig, 'demo' | 'host'>): void {
  if (config.demo && !isLoopback(config.host))
    throw new ConfigError(['HOST must be a loopback address while DEMO is true: the demo passwords are public']);
}
