import { Inject, Injectable } from '@nestjs/common';
import { PeerCaller, ringOf } from '#peers';
import { CONFIG } from '#service';
import type { ComplaintsConfig } from '../config.ts';

/** The collections service, asked over a signed request. */
@Injectable()
export class CollectionsPeer {
  private readonly caller: PeerCaller;

  constructor(@Inject(CONFIG) config: Pick<ComplaintsConfig, 'collectionsUrl' | 'peerKeys' | 'demo'>) {
    this.caller = new PeerCaller(config.collectionsUrl, ringOf(config));
  }

  /** Throws PeerFailure. */
  ask(path: string, institutionId: string, question: object, signal?: AbortSignal): Promise<unknown> {
    return this.caller.ask(path, institutionId, question, signal);
  }
}
