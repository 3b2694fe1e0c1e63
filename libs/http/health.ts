import { Controller, Get, Header, Inject, Module, type DynamicModule, type Provider } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '#auth';
import { Refusal, UNAVAILABLE } from '#problem';
import { metrics } from '#telemetry';

/** Checks by name; each throws when its part does not answer. */
export type Readiness = Readonly<Record<string, () => Promise<unknown>>>;
export const READINESS = Symbol('readiness');

const PATIENCE_MS = 2000;

/** The check, or a failure when it takes too long: a store that is away may make its client wait for ever. */
async function inTime(check: () => Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer')), PATIENCE_MS);
  });
  try {
    await Promise.race([check(), late]);
  } finally {
    clearTimeout(timer);
  }
}

@ApiExcludeController()
@Controller()
export class HealthController {
  constructor(@Inject(READINESS) private readonly checks: Readiness) {}

  @Public()
  @Get('health/live')
  live(): { status: string } {
    return { status: 'live' };
  }

  /** Refuses with UNAVAILABLE, naming the parts that do not answer. */
  @Public()
  @Get('health/ready')
  async ready(): Promise<{ status: string }> {
    const results = await Promise.all(
      Object.entries(this.checks).map(([name, check]) =>
        inTime(check).then(
          () => null,
          () => name,
        ),
      ),
    );
    const away = results.filter((name) => name !== null);
    if (away.length > 0) throw new Refusal(UNAVAILABLE, { detail: `Not answering: ${away.join(', ')}.`, retryAfterSeconds: 2 });
    return { status: 'ready' };
  }

  @Public()
  @Get('metrics')
  @Header('content-type', metrics.contentType)
  async scrape(): Promise<string> {
    return metrics.metrics();
  }
}

@Module({})
export class HealthModule {
  static with(readiness: Provider): DynamicModule {
    return { module: HealthModule, controllers: [HealthController], providers: [readiness] };
  }
}
