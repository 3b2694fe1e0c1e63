import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal, Role } from '#auth';
import { Clock } from '#clock';
import { DEFAULT_TIME_ZONE } from '#contact-rules';
import { inTransaction, type Tx } from '#pg';
import { NOT_FOUND, Refusal } from '#problem';
import { maskContactPoint, maskIdNumber, maskName, Vault } from '#vault';
import { decodeCursor, isUuid, toPage, type Page } from '#wire';
import type { CaseListRequest, CaseView } from './case.dto.ts';
import { localInstant, toAgencyView, toConsentView, toTakeBackView, toHoldView, toOptOutView } from './case.mapper.ts';
import { CaseStore, type CasePlace, type CaseRecord } from './case.store.ts';

// Whoever makes contacts, and the systems that hold the data anyway. Everyone else works with masked data.
const SEES_PERSONAL_DATA: readonly Role[] = ['agent', 'agency-supervisor', 'collections-manager', 'integration'];

const DEFAULT_LIMIT = 50;

export type { CasePlace, CaseRecord };

/** Personal data of a room's own that stand in the view of a case. */
export interface Shown {
  readonly resource: string;
  readonly ids: readonly string[];
  readonly fields: readonly string[];
}

@Injectable()
export class CaseService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(CaseStore) private readonly store: CaseStore,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Refuses with INVALID for a cursor that is not ours. */
  async list(principal: Principal, request: CaseListRequest, requestId: string): Promise<Page<CaseView>> {
    const limit = request.limit ?? DEFAULT_LIMIT;
    const after = decodeCursor(request.cursor, isUuid);
    const { institutionId, agencyId } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const { caseId, debtorId, state, takeBack = null } = request;
      const now = await this.now(tx);
      const rows = await this.store.list(tx, {
        institutionId,
        caseId,
        debtorId,
        agencyId: request.agencyId,
        state,
        takeBack: takeBack === null ? null : { wanted: takeBack, day: localInstant(DEFAULT_TIME_ZONE, now.toISOString()).slice(0, 10) },
        entrustedTo: agencyId,
        after,
        limit,
      });
      const page = toPage(
        rows,
        limit,
        ({ id }) => id,
        (row) => this.toView(row, principal, now),
      );
      await this.noteRead(tx, principal, page.items, requestId);
      return page;
    });
  }

  /** Refuses with NOT_FOUND, also for a case of another institution or agency. */
  async find(principal: Principal, id: string, requestId: string): Promise<CaseView> {
    return inTransaction(this.database, principal, async (tx) => {
      const row = await this.store.find(tx, principal.institutionId, id, principal.agencyId);
      if (row === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such case here.' });
      const view = this.toView(row, principal, await this.now(tx));
      await this.noteRead(tx, principal, [view], requestId);
      return view;
    });
  }

  /** For other rooms: where a case stands. Refuses with NOT_FOUND, also for a case of another institution or agency. */
  async place(tx: Tx, { institutionId, agencyId }: Principal, id: string): Promise<CasePlace> {
    const found = await this.store.place(tx, institutionId, id, agencyId);
    if (found === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such case here.' });
    return found;
  }

  /** Whether somebody sees personal data; others see masks. */
  seesPersonalData(principal: Principal): boolean {
    return principal.roles.some((role) => SEES_PERSONAL_DATA.includes(role));
  }

  /** For other rooms: notes that personal data of theirs were shown. */
  async noteShown(tx: Tx, { institutionId, subject, clientId }: Principal, shown: Shown, requestId: string): Promise<void> {
    if (shown.ids.length === 0) return;
    const { resource, ids, fields } = shown;
    await this.store.noteRead(tx, { institutionId, subject, clientId, resource, resourceIds: ids, fields, requestId });
  }

  async now(tx: Tx): Promise<Date> {
    return this.clock.override ?? this.store.now(tx);
  }

  private async noteRead(tx: Tx, principal: Principal, views: readonly CaseView[], requestId: string): Promise<void> {
    const shown = views.filter(({ masked }) => !masked);
    if (shown.length === 0) return;
    const { institutionId, subject, clientId } = principal;
    await this.store.noteRead(tx, { institutionId, subject, clientId, resourceIds: shown.map(({ caseId }) => caseId), requestId });
  }

  private toView(row: CaseRecord, principal: Principal, now: Date): CaseView {
    const masked = !this.seesPersonalData(principal);
    const open = (sealed: string, context: string, mask: (value: string) => string): string => {
      const value = this.vault.open(Buffer.from(sealed, 'base64'), context);
      return masked ? mask(value) : value;
    };
    const { timeZone } = row;
    return {
      id: row.id,
      caseId: row.caseId,
      debtorId: row.debtorId,
      debtId: row.debtId,
      idNumber: row.idNumberSealed === null ? null : open(row.idNumberSealed, 'debtor.idNumber', maskIdNumber),
      product: row.product,
      state: row.state,
      balance: { amount: row.balance, currency: row.currency },
      overdueSince: row.overdueSince,
      timeZone,
      agencyId: row.agencyId,
      agency: toAgencyView(row, now),
      takeBack: toTakeBackView(row, now),
      referralNoticeAt: row.referralNoticeAt === null ? null : localInstant(timeZone, row.referralNoticeAt),
      region: row.region,
      parties: row.parties.map((party) => ({
        id: party.id,
        partyId: party.partyId,
        role: party.role,
        name: open(party.nameSealed, 'party.name', maskName),
        endedAt: party.endedAt === null ? null : localInstant(timeZone, party.endedAt),
        contactPoints: party.points.map((point) => ({
          id: point.id,
          channel: point.channel,
          value: open(point.valueSealed, 'contact.value', maskContactPoint),
          status: point.status,
          source: point.source,
          checkedAt: point.checkedAt === null ? null : localInstant(timeZone, point.checkedAt),
          checkedBy: point.checkedBy,
          checkHow: point.checkHow,
          addedBy: point.addedBy,
          stale: isStale(point.checkedAt, row.staleDays, now),
        })),
      })),
      holds: row.holds.map((hold) => toHoldView(hold, timeZone)),
      consents: row.consents.map((consent) => toConsentView(consent, timeZone)),
      optOuts: row.optOuts.map((optOut) => toOptOutView(optOut, timeZone)),
      masked,
    };
  }
}

const isStale = (checkedAt: string | null, days: number, now: Date): boolean =>
  checkedAt === null || now.getTime() - Date.parse(checkedAt) > days * 86_400_000;
