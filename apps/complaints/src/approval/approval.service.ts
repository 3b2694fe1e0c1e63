import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal, Role } from '#auth';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import { inTransaction, type Tx } from '#pg';
import { FORBIDDEN, NOT_FOUND, Refusal } from '#problem';
import { Vault } from '#vault';
import { decodeCursor, isUuid, toPage, type Page } from '#wire';
import { ReadingService } from '../complaint/reading.service.ts';
import type { ApprovalItem, ApprovalListRequest, ApprovalOutcome, ApprovalState } from './approval.dto.ts';
import { ALREADY_ASKED, ALREADY_SETTLED, OWN_REQUEST } from './approval.refusals.ts';
import { ApprovalStore, type ApprovalOf, type ApprovalRecord, type ListedApproval } from './approval.store.ts';

export type { ApprovalOf, ApprovalRecord };

/** What somebody asks another to approve. */
export interface Asking extends ApprovalOf {
  /** Null: not of one complaint. */
  readonly complaintId: string | null;
  /** Whoever has it may settle, but never the asker. */
  readonly role: Role;
  readonly askedBy: string;
  readonly note?: string | null;
}

const NOTE = 'approval_request.note';
const DEFAULT_LIMIT = 50;
const MOST_OPEN = 500;

/** Four eyes for every room that needs them: one asks, another settles, once. What follows from it is the room's own. */
@Injectable()
export class ApprovalService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(ApprovalStore) private readonly store: ApprovalStore,
    @Inject(ReadingService) private readonly reading: ReadingService,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /** Returns the id of the request. Refuses with ALREADY_ASKED while the same is open. */
  async ask(tx: Tx, { note, ...asking }: Asking, now: Date): Promise<string> {
    const noteSealed = note ? this.vault.seal(note, NOTE) : null;
    const id = await this.store.insert(tx, { ...asking, noteSealed }, now);
    if (id === null) throw new Refusal(ALREADY_ASKED, { detail: `${asking.kind} ${asking.ref} waits for ${asking.role}.` });
    return id;
  }

  /**
   * Settles the latest request for it: of two who do so at once exactly one does. To approve or refuse takes the role and another person than the asker; the
   * asker may withdraw, and so may the role. Refuses with NOT_FOUND, ALREADY_SETTLED, FORBIDDEN, OWN_REQUEST.
   */
  async settle(tx: Tx, principal: Principal, of: ApprovalOf, outcome: ApprovalOutcome, now: Date): Promise<ApprovalRecord> {
    const request = await this.lock(tx, of);
    if (request.settledAt !== null)
      throw new Refusal(ALREADY_SETTLED, { detail: `${request.settledBy ?? ''} settled it as ${request.outcome ?? ''}.` });
    refuseUnfit(principal, request, outcome);
    await this.store.settle(tx, request, principal.subject, outcome, now);
    return { ...request, settledAt: now, settledBy: principal.subject, outcome };
  }

  /** Ends what nobody needs to settle any more, such as a request about a complaint that is closed; nothing where nothing is open. */
  async moot(tx: Tx, of: ApprovalOf, by: string, now: Date): Promise<void> {
    const request = await this.store.lock(tx, of);
    if (request && request.settledAt === null) await this.store.settle(tx, request, by, 'withdrawn', now);
  }

  /** What waits for the principal, the oldest first; 500 at most. */
  open(tx: Tx, principal: Principal): Promise<ApprovalRecord[]> {
    return principal.agencyId === null
      ? this.store.list(tx, filterOf(principal, 'awaiting-me', null), null, MOST_OPEN)
      : Promise.resolve([]);
  }

  /** Refuses with INVALID for a cursor that is not ours. */
  async list(principal: Principal, request: ApprovalListRequest, requestId: string): Promise<Page<ApprovalItem>> {
    const { limit = DEFAULT_LIMIT, state = 'awaiting-me', kind } = request;
    const after = decodeCursor(request.cursor, isUuid);
    return inTransaction(this.database, principal, async (tx) => {
      const reading = this.reading.readingOf(principal, await this.reading.now(tx));
      const records = principal.agencyId === null ? await this.store.list(tx, filterOf(principal, state, kind || null), after, limit) : [];
      const page = toPage(
        records,
        limit,
        ({ id }) => id,
        (record) => record,
      );
      const written = page.items.filter(({ noteSealed }) => noteSealed !== null).flatMap(({ complaintId }) => complaintId ?? []);
      await this.reading.noteRead(tx, principal, reading, written, ['approval.note'], requestId);
      return { ...page, items: page.items.map((record) => this.toItem(principal, record, reading.masked)) };
    });
  }

  private async lock(tx: Tx, of: ApprovalOf): Promise<ApprovalRecord> {
    const request = await this.store.lock(tx, of);
    if (request === null) throw new Refusal(NOT_FOUND, { detail: 'Nobody asked for this to be approved.' });
    return request;
  }

  private toItem(principal: Principal, record: ListedApproval, masked: boolean): ApprovalItem {
    const zone = Zone.of(record.timeZone ?? DEFAULT_TIME_ZONE);
    const { id, kind, ref, complaintId, complaintNumber, dueOn, role, askedBy, askedAt, noteSealed, settledAt, settledBy, outcome } =
      record;
    return {
      id,
      kind,
      ref,
      complaintId,
      complaintNumber,
      dueOn,
      role,
      askedBy,
      askedAt: zone.format(askedAt.getTime()),
      note: noteSealed === null || masked ? null : this.vault.open(noteSealed, NOTE),
      settledAt: settledAt && zone.format(settledAt.getTime()),
      settledBy,
      outcome,
      awaitsMe: settledAt === null && askedBy !== principal.subject && principal.roles.includes(role),
    };
  }
}

const filterOf = ({ institutionId, subject, roles }: Principal, state: ApprovalState, kind: string | null) => ({
  institutionId,
  state,
  kind,
  subject,
  roles,
});

function refuseUnfit({ subject, roles, agencyId }: Principal, { role, askedBy }: ApprovalRecord, outcome: ApprovalOutcome): void {
  if (outcome === 'withdrawn' && askedBy === subject) return;
  if (agencyId !== null || !roles.includes(role)) throw new Refusal(FORBIDDEN, { detail: `To settle this takes the role ${role}.` });
  if (outcome !== 'withdrawn' && askedBy === subject)
    throw new Refusal(OWN_REQUEST, { detail: `${subject} asked for it; another who is ${role} settles it.` });
}
