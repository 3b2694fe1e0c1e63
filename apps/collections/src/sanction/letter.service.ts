import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import { Refusal } from '#problem';
import { renderNotice } from '#render';
import { OversightDesk } from '../oversight/oversight.desk.ts';
import { letterOf } from './letter.ts';
import { SanctionDesk } from './sanction.desk.ts';
import { NOT_IN_FORCE } from './sanction.refusals.ts';

/** Sanctions on paper. */
@Injectable()
export class LetterService {
  constructor(
    @Inject(OversightDesk) private readonly oversight: OversightDesk,
    @Inject(SanctionDesk) private readonly desk: SanctionDesk,
  ) {}

  /** Refuses with NOT_FOUND, NOT_IN_FORCE for what has never come into force. */
  async letter(principal: Principal, id: string): Promise<Buffer> {
    const view = await this.oversight.read(principal, (tx) => this.desk.view(tx, principal, id));
    if (view.inForceAt === null) throw new Refusal(NOT_IN_FORCE, { detail: `It is ${view.state}: there is no letter.` });
    const pieces: Buffer[] = [];
    for await (const piece of renderNotice(letterOf(view, principal.institutionId, view.inForceAt))) pieces.push(piece);
    return Buffer.concat(pieces);
  }
}
