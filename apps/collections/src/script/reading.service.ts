import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { Zone } from '#contact-rules';
import { inTransaction } from '#pg';
import { CONFIG } from '#service';
import { Vault } from '#vault';
import { isUuid } from '#wire';
import { CaseService } from '../case/case.service.ts';
import type { CollectionsConfig } from '../config.ts';
import { stageOf } from '../worklist/strategy.ts';
import { fillScript } from './check-script.ts';
import type { CaseScriptRequest, FilledScripts } from './script.dto.ts';
import { ScriptStore } from './script.store.ts';

/** Scripts as a collector reads them out: chosen for the case, and filled from the register. */
@Injectable()
export class ReadingService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(CONFIG) private readonly config: Pick<CollectionsConfig, 'bankName'>,
    @Inject(CaseService) private readonly cases: CaseService,
    @Inject(ScriptStore) private readonly store: ScriptStore,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /** Refuses with NOT_FOUND. */
  async forCase(principal: Principal, caseId: string, request: CaseScriptRequest, requestId: string): Promise<FilledScripts> {
    const { channel = 'voice', language = 'zh', audience = 'debtor' } = request;
    const { institutionId } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const { caseUuid, timeZone, caseId: known } = await this.cases.place(tx, principal, caseId);
      const now = await this.cases.now(tx);
      const today = Zone.of(timeZone).format(now.getTime()).slice(0, 10);
      const facts = await this.store.facts(tx, caseUuid, request.collectorId ?? principal.subject, today);
      if (facts === null) return { items: [] };
      const fit = { institutionId, channel, language, audience, product: facts.product, stage: stageOf(facts.days) };
      const scripts = await this.store.fitting(tx, fit);
      const bankName = facts.bankName ?? this.config.bankName;
      const callerName = this.open(facts.collectorNameSealed, 'agency_staff.name');
      const words = {
        callerName,
        // A subject that is a UUID is no number that one says; a number is no name.
        collectorNumber: request.collectorId ?? (isUuid(principal.subject) ? null : principal.subject),
        organisation: facts.agencyName ?? bankName,
        bankName,
        debtorName: this.open(facts.debtorNameSealed, 'party.name'),
        balance: facts.balance,
        currency: facts.currency,
        overdueSince: facts.overdueSince,
        product: facts.product,
      };
      if (scripts.some(({ variables }) => variables.includes('debtorName')))
        await this.cases.noteShown(tx, principal, { resource: 'case', ids: [known], fields: ['parties.name'] }, requestId);
      const items = scripts.map(({ scriptId, version, title, identity, text }) => {
        const [first, rest] = [fillScript(identity, words), fillScript(text, words)];
        return {
          scriptId,
          version,
          title,
          identity: first.text,
          text: rest.text,
          missing: [...new Set([...first.missing, ...rest.missing])],
        };
      });
      return { items };
    });
  }

  private open(sealed: string | null, context: string): string | null {
    return sealed === null ? null : this.vault.open(Buffer.from(sealed, 'base64'), context);
  }
}
