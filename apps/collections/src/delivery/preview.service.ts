import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal, Role } from '#auth';
import type { Channel } from '#contact-rules';
import { inTransaction, type Tx } from '#pg';
import { NOT_FOUND, Refusal } from '#problem';
import { maskName } from '#vault';
import { isUuid } from '#wire';
import { fillMessage, type LedgerWords } from '../contact/message.ts';
import { MessageService } from '../message/message.service.ts';
import type { PreviewRequest, PreviewView } from './delivery.dto.ts';
import { DeliveryStore } from './delivery.store.ts';
import { DeliveryWords } from './delivery.words.ts';

const READS_NAMES: readonly Role[] = ['agent', 'agency-supervisor', 'collections-manager', 'integration'];

/** A template as it would be read for a case. */
@Injectable()
export class PreviewService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(MessageService) private readonly messages: MessageService,
    @Inject(DeliveryWords) private readonly words: DeliveryWords,
    @Inject(DeliveryStore) private readonly store: DeliveryStore,
  ) {}

  /** Refuses with NOT_FOUND. */
  async preview(principal: Principal, request: PreviewRequest, requestId: string): Promise<PreviewView> {
    const { institutionId, agencyId } = principal;
    const { templateId, version = null, variables } = request;
    return inTransaction(this.database, principal, async (tx) => {
      const template = await this.messages.versionOf(tx, institutionId, templateId, version);
      if (template === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such version of a template here.' });
      const ledger = await this.ledger(tx, principal, request.caseId);
      const occasion = { institutionId, caseUuid: ledger.id, agencyId, templateId, version, given: variables ?? {}, filled: [] };
      const filled = (await this.words.of(tx, occasion)).variables;
      const reads = principal.roles.some((role) => READS_NAMES.includes(role));
      const { debtorName } = filled;
      if (typeof debtorName === 'string') {
        if (reads) await this.store.noteRead(tx, principal, ledger.caseId, requestId);
        else filled['debtorName'] = maskName(debtorName);
      }
      const row = { version: template.version, channel: template.channel, text: template.text, approved: true } as const;
      const { message, errors } = fillMessage(
        { templateId, variables: filled },
        { ...row, channel: template.channel as Channel },
        template.channel as Channel,
        ledger,
      );
      const missing = errors.map(({ pointer }) => pointer.slice(pointer.lastIndexOf('/') + 1));
      return { title: template.title, text: message.text ?? '', missing };
    });
  }

  private async ledger(tx: Tx, { institutionId, agencyId }: Principal, caseId: string): Promise<LedgerWords & { readonly id: string }> {
    const [row] = await tx.query<LedgerWords & { readonly id: string }>(
      `select id, balance::text as balance, currency, overdue_since::text as "overdueSince", product, case_id as "caseId", debt_id as "debtId" from collection_case
       where institution_id = $1 and ($2::text is null or agency_id = $2) and (case_id = $3 or id = $4) limit 1`,
      [institutionId, agencyId, caseId, isUuid(caseId) ? caseId : null],
    );
    if (!row) throw new Refusal(NOT_FOUND, { detail: 'There is no such case here.' });
    return row;
  }
}
