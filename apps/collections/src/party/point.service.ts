import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { Channel } from '#contact-rules';
import type { IdempotentRequest } from '#idempotency';
import { INVALID, NOT_FOUND, Refusal } from '#problem';
import { Vault } from '#vault';
import { ActService } from '../act/act.service.ts';
import { localInstant } from '../case/case.mapper.ts';
import type { CaseRecord } from '../case/case.service.ts';
import { happened } from '../case/instants.ts';
import { RegisterDesk } from '../case/register-desk.ts';
import { normalizeContactPoint } from '../contact/contact-point.ts';
import { zonesOfNumber } from '../import/number-zones.ts';
import type { AddedPointView, PointCheckRequest, PointRequest } from './party.dto.ts';
import { POINT_KNOWN } from './party.refusals.ts';
import { PartyStore } from './party.store.ts';

const PHONE: readonly Channel[] = ['voice', 'sms', 'im'];
const PHONE_NUMBER = /^\+[1-9]\d{6,14}(;ext=\d+)?$/;

/** Numbers and addresses of parties: where they are known from, who made sure of them, and when. */
@Injectable()
export class PointService {
  constructor(
    @Inject(RegisterDesk) private readonly desk: RegisterDesk,
    @Inject(PartyStore) private readonly store: PartyStore,
    @Inject(ActService) private readonly acts: ActService,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /** Refuses with NOT_FOUND, INVALID, POINT_KNOWN, IDEMPOTENCY_KEY_REUSED. */
  async add(principal: Principal, caseId: string, request: PointRequest, idempotency: IdempotentRequest | null): Promise<AddedPointView> {
    const { channel, source } = request;
    const value = normalizeContactPoint(channel, request.value);
    check(request, value);
    const valueIndex = this.vault.index(value, 'contact.value');
    let warnings: string[] = [];
    return this.desk.change(
      principal,
      idempotency,
      async (tx) => {
        const { institutionId, subject: by } = principal;
        const found = await this.desk.caseOf(tx, principal, caseId);
        const { party, partyId } = await this.desk.partyOf(tx, found, request.partyId);
        const now = await this.desk.now(tx);
        const checkedAt = request.checkedAt ? happened('/checkedAt', request.checkedAt, now) : null;
        const zones = PHONE.includes(channel) ? zonesOfNumber(value) : [];
        const valueSealed = this.vault.seal(value, 'contact.value');
        const point = { party, channel, valueIndex, valueSealed, source, zones, by, at: now, checkedAt, how: request.how ?? null };
        if (await this.store.knownOfAnother(tx, institutionId, party, valueIndex)) warnings = ['known-of-another'];
        const id = await this.store.addPoint(tx, institutionId, point);
        if (id === null) throw new Refusal(POINT_KNOWN);
        const { caseUuid } = found;
        await this.acts.note(
          tx,
          principal,
          { action: 'point-added', resource: id, caseUuid, detail: { partyId, channel, source, warnings } },
          now,
        );
        return { caseUuid, id };
      },
      (record, id) => show(record, id, warnings),
    );
  }

  /** Of the same person in every case of the debtor. Refuses with NOT_FOUND, INVALID, IDEMPOTENCY_KEY_REUSED. */
  async check(
    principal: Principal,
    { caseId, pointId }: { readonly caseId: string; readonly pointId: string },
    { result, how, checkedAt }: PointCheckRequest,
    idempotency: IdempotentRequest | null,
  ): Promise<AddedPointView> {
    return this.desk.change(
      principal,
      idempotency,
      async (tx) => {
        const { caseUuid, debtor } = await this.desk.caseOf(tx, principal, caseId);
        const point = await this.desk.pointOf(tx, caseUuid, pointId);
        if (point === null) throw new Refusal(NOT_FOUND, { detail: 'The case has no such contact point.' });
        const now = await this.desk.now(tx);
        const at = happened('/checkedAt', checkedAt, now);
        await this.store.check(tx, debtor, point, { result, how, by: principal.subject, at });
        const detail = { partyId: point.partyId, result, how, before: point.status };
        await this.acts.note(tx, principal, { action: 'point-checked', resource: point.point, caseUuid, detail }, now);
        return { caseUuid, id: point.point };
      },
      (record, id) => show(record, id, []),
    );
  }
}

function check({ channel, checkedAt, how }: PointRequest, value: string): void {
  const errors: { pointer: string; detail: string; source?: string }[] = [];
  if (PHONE.includes(channel) && channel !== 'im' && !PHONE_NUMBER.test(value))
    errors.push({ pointer: '/value', detail: 'must be a phone number, such as +8613800000001' });
  if (channel === 'email' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value))
    errors.push({ pointer: '/value', detail: 'must be an e-mail address' });
  if (Boolean(checkedAt) !== Boolean(how))
    errors.push({ pointer: checkedAt ? '/how' : '/checkedAt', detail: 'give both `checkedAt` and `how`, or neither', source: 'CBA26' });
  if (errors.length > 0) throw new Refusal(INVALID, { errors });
}

function show({ parties, timeZone }: CaseRecord, id: string, warnings: readonly string[]): AddedPointView | undefined {
  const found = parties.flatMap(({ points }) => points).find((one) => one.id === id);
  return (
    found && {
      contactPointId: found.id,
      status: found.status,
      checkedAt: found.checkedAt === null ? null : localInstant(timeZone, found.checkedAt),
      warnings,
    }
  );
}
