import { Inject, Injectable } from '@nestjs/common';
import type { Principal, Role } from '#auth';
import type { IdempotentRequest } from '#idempotency';
import type { Tx } from '#pg';
import { INVALID, Refusal, type FieldError } from '#problem';
import { maskContactPoint, maskName } from '#vault';
import { ActService } from '../act/act.service.ts';
import { ListingService } from '../standing/listing.service.ts';
import { StandingService } from '../standing/standing.service.ts';
import { AgencyDesk, agencyInstant, agencyResource, bankOnly, noAgency } from './agency-desk.ts';
import { AGENCY_KNOWN } from './agency.refusals.ts';
import type { AgencyRequest, ProfileRequest, ProfileView } from './profile.dto.ts';
import { ProfileStore, type NewProfile, type ProfileRecord } from './profile.store.ts';

// Whoever keeps the register, who admits by it, and the agency itself.
const SEES: readonly Role[] = ['collections-manager', 'compliance', 'agency-supervisor', 'integration'];
const GIVEN_ID = /^[^\p{Cc}]{1,200}$/u;

export interface ProfileChange {
  readonly agencyId: string;
  readonly idempotency: IdempotentRequest | null;
  readonly requestId: string;
}

/** Who an agency is: licence, owners, the bank's approvals, contacts, and who at the bank answers for it. */
@Injectable()
export class ProfileService {
  constructor(
    @Inject(AgencyDesk) private readonly desk: AgencyDesk,
    @Inject(ProfileStore) private readonly store: ProfileStore,
    @Inject(ActService) private readonly acts: ActService,
    @Inject(StandingService) private readonly standings: StandingService,
    @Inject(ListingService) private readonly listings: ListingService,
  ) {}

  /** Registers a candidate. Refuses with FORBIDDEN, INVALID, AGENCY_KNOWN, IDEMPOTENCY_KEY_REUSED. */
  async register(
    principal: Principal,
    { agencyId, ...request }: AgencyRequest,
    { idempotency, requestId }: Omit<ProfileChange, 'agencyId'>,
  ): Promise<ProfileView> {
    bankOnly(principal);
    check(request, GIVEN_ID.test(agencyId) ? [] : [{ pointer: '/agencyId', detail: 'must not have control characters' }]);
    const { institutionId } = principal;
    return this.desk.create(
      principal,
      { agencyId, idempotency },
      async (tx, now) => {
        if (!(await this.store.addCandidate(tx, institutionId, agencyId, request.name)))
          throw new Refusal(AGENCY_KNOWN, {
            errors: [{ pointer: '/agencyId', detail: 'is taken; choose another, or write its profile anew' }],
          });
        await this.store.write(tx, institutionId, agencyId, profileOf(request, principal.subject, now));
        const { subject: by, clientId } = principal;
        const entry = { agencyId, changes: {}, isNew: true };
        await this.standings.changeAll(tx, { institutionId, by, clientId }, [entry], { reason: null });
        const resource = agencyResource(agencyId);
        await this.acts.note(tx, principal, { action: 'agency-registered', resource, detail: { status: 'candidate' } }, now);
        return agencyId;
      },
      (tx) => this.show(tx, principal, agencyId, requestId),
    );
  }

  /** Writes all of it anew. Refuses with FORBIDDEN, NOT_FOUND, INVALID, IDEMPOTENCY_KEY_REUSED. */
  async write(principal: Principal, request: ProfileRequest, { requestId, ...change }: ProfileChange): Promise<ProfileView> {
    bankOnly(principal);
    check(request, []);
    const { institutionId, subject } = principal;
    const { agencyId } = change;
    return this.desk.change(
      principal,
      change,
      async (tx, { now }) => {
        await this.store.write(tx, institutionId, agencyId, profileOf(request, subject, now));
        // What the published list says of it is kept for good.
        await this.listings.refresh(tx, institutionId, [agencyId], now);
        const licenceUntil = request.licence?.until ?? null;
        const resource = agencyResource(agencyId);
        await this.acts.note(tx, principal, { action: 'agency-profile', resource, detail: { licenceUntil } }, now);
        return agencyId;
      },
      (tx) => this.show(tx, principal, agencyId, requestId),
    );
  }

  /** Refuses with NOT_FOUND. */
  async find(principal: Principal, agencyId: string, requestId: string): Promise<ProfileView> {
    return this.desk.read(principal, agencyId, (tx) => this.show(tx, principal, agencyId, requestId));
  }

  /** For other rooms: what an admission is judged on. */
  async facts(tx: Tx, institutionId: string, agencyId: string) {
    const record = await this.store.find(tx, institutionId, agencyId);
    if (record === null) throw noAgency();
    const { owners, contacts, approvals } = record.words;
    const { licence, licenceUntil, responsible } = record;
    return { licence, licenceUntil, responsible, owners: owners.length, contacts: contacts.length, approvals: approvals.length };
  }

  private async show(tx: Tx, principal: Principal, agencyId: string, requestId: string): Promise<ProfileView> {
    const record = await this.store.find(tx, principal.institutionId, agencyId);
    if (record === null) throw noAgency();
    const masked = !principal.roles.some((role) => SEES.includes(role));
    if (!masked && record.writtenAt !== null) await this.desk.noteRead(tx, principal, agencyId, requestId, ['owners', 'contacts']);
    return toView(record, masked);
  }
}

function profileOf(request: ProfileRequest, writtenBy: string, writtenAt: Date): NewProfile {
  const { name, phone = null, address = null, licence, owners = [], approvals = [], contacts = [], responsible } = request;
  return {
    name,
    phone,
    address,
    licence: licence?.number ?? null,
    licenceIssuer: licence?.issuer ?? null,
    licenceUntil: licence?.until ?? null,
    responsible: responsible?.subject ?? null,
    words: {
      owners: owners.map((owner) => ({ name: owner.name, sharePercent: owner.sharePercent })),
      beneficialOwner: request.beneficialOwner ?? null,
      contacts: contacts.map((one) => ({ role: one.role, name: one.name, phone: one.phone ?? null, email: one.email ?? null })),
      responsibleName: responsible?.name ?? null,
      approvals: approvals.map(({ reference, on, about }) => ({ reference, on, about })),
    },
    writtenBy,
    writtenAt,
  };
}

function check({ owners = [] }: ProfileRequest, before: readonly FieldError[]): void {
  const shares = owners.reduce((sum, { sharePercent }) => sum + sharePercent, 0);
  const errors = [...before, ...(shares > 100 ? [{ pointer: '/owners', detail: `have ${shares} % together; at most 100` }] : [])];
  if (errors.length > 0) throw new Refusal(INVALID, { errors });
}

function toView(record: ProfileRecord, masked: boolean): ProfileView {
  const { owners, beneficialOwner, contacts, responsibleName, approvals } = record.words;
  const name = (text: string): string => (masked ? maskName(text) : text);
  const point = (text: string | null): string | null => (masked && text !== null ? maskContactPoint(text) : text);
  const { agencyId, phone, address, licence, licenceIssuer, licenceUntil, responsible, writtenAt } = record;
  return {
    agencyId,
    name: record.name,
    phone,
    address,
    licence: { number: licence, issuer: licenceIssuer, until: licenceUntil },
    owners: owners.map((owner) => ({ name: name(owner.name), sharePercent: owner.sharePercent })),
    beneficialOwner: masked && beneficialOwner !== null ? '***' : beneficialOwner,
    approvals,
    contacts: contacts.map((one) => ({ role: one.role, name: name(one.name), phone: point(one.phone), email: point(one.email) })),
    responsible: responsible === null ? null : { subject: responsible, name: responsibleName ?? responsible },
    writtenAt: writtenAt && agencyInstant(writtenAt),
    masked,
  };
}
