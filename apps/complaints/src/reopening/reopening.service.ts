import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import { Zone } from '#contact-rules';
import { FORBIDDEN, Refusal } from '#problem';
import { Vault } from '#vault';
import { AfterDesk, happened, sayIn, sayOrNull, type At, type Call } from '../aftercare/aftercare.desk.ts';
import { openData } from '../complaint/sealing.ts';
import { RegistrationService, type Registration } from '../complaint/registration.service.ts';
import { ownFiles } from '../file/own-files.ts';
import type { ChainView, ReopeningAnswer, ReopeningBasis, ReopeningRequest } from './reopening.dto.ts';
import { NOT_CLOSED, REOPENED_ALREADY } from './reopening.refusals.ts';
import { ReopeningStore, type LinkRecord } from './reopening.store.ts';

const REASONS = 'reopening.reasons';

/** Why and with what a closed complaint is opened anew. */
export interface Reopening {
  readonly basis: ReopeningBasis;
  readonly reasons: string;
  readonly receivedAt: Date;
  readonly review: string | null;
  readonly files: readonly string[];
}

/**
 * A closed complaint is never written again: its clock stays met or missed. What comes after the decision is a complaint of its own, linked to it, whose day 0 is
 * the day on which the new facts were received. Before the decision new facts begin the term anew on the same clock (CMP20 18).
 */
@Injectable()
export class ReopeningService {
  constructor(
    @Inject(AfterDesk) private readonly desk: AfterDesk,
    @Inject(ReopeningStore) private readonly store: ReopeningStore,
    @Inject(RegistrationService) private readonly registrations: RegistrationService,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /** Refuses with NOT_FOUND, INVALID, FORBIDDEN, NOT_CLOSED, REOPENED_ALREADY, IDEMPOTENCY_KEY_REUSED. */
  async reopen(principal: Principal, complaintId: string, request: ReopeningRequest, call: Call): Promise<ReopeningAnswer> {
    const { basis, reasons } = request;
    const isSupervisor = principal.roles.some((role) => role === 'complaint-supervisor' || role === 'head-office-approver');
    if (basis === 'supervisor' && !isSupervisor)
      throw new Refusal(FORBIDDEN, { detail: 'A handler reopens on new facts; a supervisor also without.' });
    return this.desk.change(principal, async () => complaintId, call, {
      work: async (at) => {
        const { closedAt, receivedAt: first } = at.record;
        if (closedAt === null) throw notClosed(at);
        const receivedAt = happened('/receivedAt', request.receivedAt, at.now, {
          at: basis === 'new-facts' ? closedAt : first,
          what: basis === 'new-facts' ? 'the complaint was closed' : 'the complaint was received',
        });
        const files = await ownFiles(at.tx, [at.record.id], '/files', request.files);
        return this.reopenIn(at, { basis, reasons, receivedAt, review: null, files });
      },
      show: async (at, successorId) => {
        const chain = await this.view(at);
        return { successorId, successorNumber: chain.items.find(({ id }) => id === successorId)?.number ?? '', chain };
      },
    });
  }

  /** Opens the complaint that follows a closed one, in the transaction of whoever locked that; its id. Refuses with NOT_CLOSED, REOPENED_ALREADY. */
  async reopenIn(at: At, { basis, reasons, receivedAt, review, files }: Reopening): Promise<string> {
    const { tx, principal, record, now } = at;
    const { institutionId, id: complaintId } = record;
    if (record.closedAt === null) throw notClosed(at);
    const known = await this.store.successorOf(tx, complaintId);
    if (known !== null) throw new Refusal(REOPENED_ALREADY, { detail: `${known} follows it: go on there.` });
    const [result] = await this.registrations.register(tx, institutionId, [this.registrationOf(at, reasons, receivedAt)], now);
    if (result?.kind !== 'registered') throw new Error('the complaint that follows was not taken');
    const link = { basis, review, files, receivedAt, openedBy: principal.subject, openedAt: now };
    await this.store.add(tx, {
      institutionId,
      complaintId,
      successorId: result.id,
      reasonsSealed: this.vault.seal(reasons, REASONS),
      ...link,
    });
    await this.desk.note(at, 'reopened', { basis, successorId: result.id });
    await this.desk.note({ ...at, record: { ...record, id: result.id } }, 'reopening-of', { basis, complaintId, number: record.number });
    return result.id;
  }

  /** Refuses with NOT_FOUND. */
  chain(principal: Principal, complaintId: string, requestId: string): Promise<ChainView> {
    return this.desk.look(
      principal,
      async () => complaintId,
      async (at) => {
        await this.desk.noteRead(at, [at.record.id], ['reopening.reasons'], requestId);
        return this.view(at);
      },
    );
  }

  private async view(at: At): Promise<ChainView> {
    const links = await this.store.chain(at.tx, at.record.id);
    const { open } = this.desk.readerOf(at.principal, at.record, at.now);
    const last = links.at(-1);
    return {
      items: links.map((link) => toLink(link, at, open(link.reasonsSealed, REASONS))),
      mayReopen: at.record.closedAt !== null && last?.id === at.record.id,
    };
  }

  /** The same people, the same matter; the new reasons stand before the old narrative. */
  private registrationOf({ principal, record, now }: At, reasons: string, receivedAt: Date): Registration {
    const { channel, category, account, agencyId, collectorId, staffId, groupSize, timeZone, pack, matter, number } = record;
    const personal = openData(this.vault, record);
    return {
      externalRef: null,
      channel,
      category,
      account,
      agencyId,
      collectorId,
      staffId,
      groupSize,
      timeZone,
      continues: { pack, matter },
      personal: { ...personal, narrative: `${reasons}\n\n—— ${number} ——\n${personal.narrative}` },
      contentHash: this.vault.index(JSON.stringify([record.id, reasons, receivedAt.toISOString()]), 'content'),
      receivedAt,
      registeredAt: now,
      source: 'api',
      registeredBy: principal.subject,
      registeredByHandler: principal.roles.includes('complaint-handler'),
      handler: null,
      events: [],
    };
  }
}

const notClosed = ({ record }: At): Refusal =>
  new Refusal(
    NOT_CLOSED,
    record.decidedAt === null
      ? {
          detail: 'It is not decided: new facts begin its term anew, see new-facts.',
          errors: [{ pointer: '', detail: 'record the new facts on its own clock', source: 'CMP20 18' }],
        }
      : {
          detail: 'It is decided and not told: tell the complainant first.',
          errors: [{ pointer: '', detail: 'tell first', source: 'CMP20 18' }],
        },
  );

function toLink(link: LinkRecord, { record, now }: At, reasons: string | null) {
  const zone = Zone.of(link.timeZone);
  const overdue = link.closedAt === null && link.state !== 'paused' && link.dueAt <= now;
  return {
    id: link.id,
    number: link.number,
    receivedAt: sayIn(zone, link.receivedAt),
    state: overdue ? ('missed' as const) : link.state,
    dueOn: link.dueOn,
    closedAt: sayOrNull(zone, link.closedAt),
    basis: link.basis,
    reasons,
    openedBy: link.openedBy,
    openedAt: sayOrNull(zone, link.openedAt),
    isThis: link.id === record.id,
  };
}
