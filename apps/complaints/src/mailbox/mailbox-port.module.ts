import { Inject, Injectable, Module, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { CONFIG, LOGGER } from '#service';
import type { Logger } from '#telemetry';
import { MailboxModule } from './mailbox.module.ts';
import { MailboxPort } from './mailbox-port.ts';
import type { MailboxConfig } from './mailbox.settings.ts';
import { ReceivingService } from './receiving.service.ts';

/** Listens for mail where a port is set. */
@Injectable()
export class MailboxDoor implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private port: MailboxPort | null = null;

  constructor(
    @Inject(ReceivingService) private readonly receiving: ReceivingService,
    @Inject(CONFIG) private readonly config: MailboxConfig,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.mailboxPort === 0) return;
    this.port = new MailboxPort(this.receiving, this.config, this.logger);
    const port = await this.port.listen();
    this.logger.info({ port, host: this.config.mailboxHost }, 'taking complaints by mail');
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.port?.close();
  }
}

@Module({ imports: [MailboxModule], providers: [MailboxDoor] })
export class MailboxPortModule {}
