import { Module } from '@nestjs/common';
import { ConfigError } from '#config';
import { CONFIG } from '#service';
import { Clamd } from './clamd.ts';
import type { FileConfig } from './file.settings.ts';
import { noScanner, SCAN_PORT, type ScanPort } from './scan.port.ts';

const DEFAULT_PORT = 3310;

/** What SCAN_URL names. Throws ConfigError. */
export function createScanPort({ scanUrl, scanTimeoutMs }: Pick<FileConfig, 'scanUrl' | 'scanTimeoutMs'>): ScanPort {
  if (scanUrl === '') return noScanner;
  const url = URL.canParse(scanUrl) ? new URL(scanUrl) : null;
  if (url?.protocol !== 'clamd:' || url.hostname === '') throw new ConfigError(['SCAN_URL must be clamd://host:port, or empty']);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return new Clamd({ host, port: Number(url.port || DEFAULT_PORT), timeoutMs: scanTimeoutMs });
}

@Module({
  providers: [{ provide: SCAN_PORT, inject: [CONFIG], useFactory: (config: FileConfig) => createScanPort(config) }],
  exports: [SCAN_PORT],
})
export class ScanModule {}
