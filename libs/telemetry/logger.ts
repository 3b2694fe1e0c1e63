import type { LoggerService } from '@nestjs/common';
import { pino, type Logger } from 'pino';

export type { Logger } from 'pino';

// Fields that must never reach a log, wherever a careless caller puts them.
const redacted = [
  'authorization',
  'cookie',
  'password',
  'secret',
  'token',
  'access_token',
  'client_secret',
  'idNumber',
  'name',
  'contactPoint',
  'value',
].flatMap((field) => [field, `*.${field}`, `*.*.${field}`]);

/** JSON lines on stdout: `level`, `time` (ms), `service`, `msg`, and what the caller adds. */
export function createLogger(service: string, level: string): Logger {
  return pino({ level, base: { service }, redact: { paths: redacted, censor: '[redacted]' } });
}

/** Nest's own messages through pino. Nest passes the context name last. */
export class NestPinoLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }
  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }
  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }
  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  private write(level: 'debug' | 'warn' | 'error' | 'fatal', message: unknown, rest: readonly unknown[]): void {
    const context = rest.at(-1);
    const text = rest.length > 1 && typeof rest[0] === 'string' ? rest[0] : undefined;
    if (typeof message === 'object' && message !== null) this.logger[level]({ context, ...message }, text);
    else this.logger[level]({ context }, String(message));
  }
}
