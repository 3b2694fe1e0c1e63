import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal, Role } from '#auth';
import { Clock } from '#clock';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import { inTransaction, type Tx } from '#pg';
import { NOT_FOUND, Refusal } from '#problem';
import { maskName, Vault } from '#vault';
import { decodeCursor, toPage, type Page } from '#wire';
import { toActView } from '../act/act.dto.ts';
import { ActService } from '../act/act.service.ts';
import type { AgencyItem, AgencyListRequest, AgencyView, StaffView } from './agency.dto.ts';
import { AgencyStore, type AgencyRecord, type StaffRecord } from './agency.store.ts';
import { standingOn } from './standing.ts';

const DEFAULT_LIMIT = 50;
const HISTORY = 200;

// Whoever keeps the register, and the agency itself.
const SEES_NAMES: readonly Role[] = ['collections-manager', 'agency-supervisor', 'integration'];

const zone = Zone.of(DEFAULT_TIME_ZONE);

/** The register of agencies: how they stand, who collects for them, with which tools. */
@Injectable()
export class AgencyService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(AgencyStore) private readonly store: AgencyStore,
    @Inject(ActService) private readonly acts: ActService,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /** An agency finds itself alone. Refuses with INVALID for a cursor that is not ours. */
  async list(principal: Principal, request: AgencyListRequest): Promise<Page<AgencyItem>> {
    const limit = request.limit ?? DEFAULT_LIMIT;
    const after = decodeCursor(request.cursor, isGivenId);
    const { institutionId, agencyId: own } = principal;
    const { status = null, published = null } = request;
    return inTransaction(this.database, principal, async (tx) => {
      const day = await this.today(tx);
      const records = await this.store.list(tx, { institutionId, own, status, published, after, limit });
      return toPage(
        records,
        limit,
        ({ agencyId }) => agencyId,
        (record) => toItem(record, day),
      );
    });
  }

  /** Refuses with NOT_FOUND, also for another agency's. */
  async find(principal: Principal, agencyId: string, requestId: string): Promise<AgencyView> {
    return inTransaction(this.database, principal, (tx) => this.view(tx, principal, agencyId, requestId));
  }

  /** As `find`, in the transaction of whoever has changed it. */
  async view(tx: Tx, principal: Principal, agencyId: string, requestId: string): Promise<AgencyView> {
    const { institutionId, subject, clientId } = principal;
    const record = reachable(principal, agencyId) ? await this.store.find(tx, institutionId, agencyId) : null;
    if (record === null) throw notFound();
    const day = await this.today(tx);
    const masked = !principal.roles.some((role) => SEES_NAMES.includes(role));
    const staff = (await this.store.staff(tx, institutionId, agencyId)).map((one) => this.toStaff(one, { day, masked }));
    const history = await this.acts.list(tx, { institutionId, of: { resource: actResource(agencyId) }, after: null, limit: HISTORY });
    if (!masked && staff.length > 0) await this.store.noteRead(tx, { institutionId, subject, clientId, agencyId, requestId });
    return {
      ...toItem(record, day),
      staff,
      deviceIds: [...new Set(staff.flatMap(({ deviceIds }) => deviceIds))].toSorted(),
      history: history.slice(0, HISTORY).map((entry) => toActView(entry, (at) => zone.format(at.getTime()))),
      masked,
    };
  }

  /** What hangs on the agency; null: there is none. */
  async stake(tx: Tx, institutionId: string, agencyId: string): Promise<{ openCases: number; responsible: string | null } | null> {
    return this.store.stake(tx, institutionId, agencyId);
  }

  private toStaff(record: StaffRecord, { day, masked }: { readonly day: string; readonly masked: boolean }): StaffView {
    const name = this.vault.open(record.nameSealed, 'agency_staff.name');
    const { collectorId, certificateUntil, active, deviceIds } = record;
    const fit = active && certificateUntil !== null && day <= certificateUntil;
    return { collectorId, name: masked ? maskName(name) : name, certificateUntil, active, fit, deviceIds };
  }

  private async now(tx: Tx): Promise<Date> {
    return this.clock.override ?? this.store.now(tx);
  }

  private async today(tx: Tx): Promise<string> {
    return zone.format((await this.now(tx)).getTime()).slice(0, 10);
  }
}

// eslint-disable-next-line no-control-regex -- no id has them, and PostgreSQL takes no NUL
const isGivenId = (key: string): boolean => /^[^\u0000-\u001F\u007F]{1,200}$/.test(key);
const actResource = (agencyId: string): string => `agency/${agencyId}`;
const notFound = (): Refusal => new Refusal(NOT_FOUND, { detail: 'There is no such agency here.' });
const reachable = (principal: Principal, agencyId: string): boolean => principal.agencyId === null || principal.agencyId === agencyId;

function toItem(record: AgencyRecord, day: string): AgencyItem {
  const standing = standingOn(day, record);
  return {
    agencyId: record.agencyId,
    name: record.name,
    licence: record.licence,
    status: record.status,
    published: record.published,
    contract: record.contractFrom === null && record.contractTo === null ? null : { from: record.contractFrom, to: record.contractTo },
    lastEvaluatedOn: record.lastEvaluatedOn,
    phone: record.phone,
    address: record.address,
    standing,
    staffCount: record.staffCount,
    openCases: record.openCases,
    casesToTakeBack: standing.good ? 0 : record.openCases,
  };
}
