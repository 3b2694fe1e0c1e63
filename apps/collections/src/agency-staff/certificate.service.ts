import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { Tx } from '#pg';
import { INVALID, NOT_FOUND, Refusal } from '#problem';
import { isUuid } from '#wire';
import { bankOnly } from '../agency/agency-desk.ts';
import { TaskService } from '../task/task.service.ts';
import { CertificateStore, type CertificateRecord } from './certificate.store.ts';
import { certificateTask } from './fitness.service.ts';
import type { AgencyStaffView, CertificateRequest, IdentityCheckRequest, StaffReasonRequest } from './staff.dto.ts';
import { CERTIFICATE_KNOWN, CERTIFICATE_SETTLED } from './staff.refusals.ts';
import { StaffService, type StaffCommand } from './staff.service.ts';
import { StaffStore, type StaffKey } from './staff.store.ts';

/** What makes a collector fit: identity and certificates. An agency may bring them; they count when the bank has seen them. */
@Injectable()
export class CertificateService {
  constructor(
    @Inject(StaffService) private readonly staff: StaffService,
    @Inject(StaffStore) private readonly people: StaffStore,
    @Inject(CertificateStore) private readonly store: CertificateStore,
    @Inject(TaskService) private readonly tasks: TaskService,
  ) {}

  /** Who has looked, when and how. Refuses with FORBIDDEN, NOT_FOUND, STAFF_LEFT, IDEMPOTENCY_KEY_REUSED. */
  async checkIdentity(principal: Principal, { how }: IdentityCheckRequest, command: StaffCommand): Promise<AgencyStaffView> {
    bankOnly(principal);
    return this.staff.change(principal, command, async (tx, key, { now }) => {
      await this.staff.working(tx, key);
      await this.people.setIdentity(tx, key, { how, by: principal.subject, at: now });
      return { action: 'agency-identity', detail: { collectorId: key.collectorId, how } };
    });
  }

  /** Refuses with NOT_FOUND, INVALID, STAFF_LEFT, CERTIFICATE_KNOWN, IDEMPOTENCY_KEY_REUSED. */
  async add(principal: Principal, request: CertificateRequest, command: StaffCommand): Promise<AgencyStaffView> {
    const { number, issuer, validFrom, validTo } = request;
    if (validTo < validFrom)
      throw new Refusal(INVALID, { errors: [{ pointer: '/validTo', detail: `is before it begins (${validFrom})` }] });
    const { institutionId, subject: addedBy } = principal;
    return this.staff.change(principal, command, async (tx, key, { now }) => {
      await this.staff.working(tx, key);
      const isConfirmed = principal.agencyId === null;
      const id = await this.store.add(tx, { ...key, number, issuer, validFrom, validTo, addedBy, addedAt: now, isConfirmed });
      if (id === null)
        throw new Refusal(CERTIFICATE_KNOWN, { errors: [{ pointer: '/number', detail: 'is registered for this collector' }] });
      const { agencyId, collectorId } = key;
      if (!isConfirmed)
        await this.tasks.open(tx, institutionId, { ...certificateTask(id), agencyId, detail: { agencyId, collectorId, validTo } }, now);
      return { action: 'agency-certificate', detail: { collectorId, what: 'added', validTo, isConfirmed } };
    });
  }

  /** Lets a certificate count that the agency brought. Refuses with FORBIDDEN, NOT_FOUND, STAFF_LEFT, CERTIFICATE_SETTLED, IDEMPOTENCY_KEY_REUSED. */
  async confirm(principal: Principal, id: string, command: StaffCommand): Promise<AgencyStaffView> {
    bankOnly(principal);
    return this.staff.change(principal, command, async (tx, key, { now }) => {
      await this.staff.working(tx, key);
      const one = await this.certificate(tx, key, id);
      if (one.confirmed || one.revoked) throw new Refusal(CERTIFICATE_SETTLED);
      await this.store.confirm(tx, id, principal.subject, now);
      await this.tasks.close(tx, key.institutionId, certificateTask(id), { by: principal.subject, outcome: 'confirmed', at: now });
      return { action: 'agency-certificate', detail: { collectorId: key.collectorId, what: 'confirmed', validTo: one.validTo } };
    });
  }

  /** Refuses with NOT_FOUND, CERTIFICATE_SETTLED, IDEMPOTENCY_KEY_REUSED. */
  async revoke(principal: Principal, id: string, { reason }: StaffReasonRequest, command: StaffCommand): Promise<AgencyStaffView> {
    return this.staff.change(principal, command, async (tx, key, { now }) => {
      const one = await this.certificate(tx, key, id);
      if (one.revoked) throw new Refusal(CERTIFICATE_SETTLED);
      await this.store.revoke(tx, id, principal.subject, now);
      await this.tasks.close(tx, key.institutionId, certificateTask(id), { by: principal.subject, outcome: 'revoked', at: now });
      return { action: 'agency-certificate', detail: { collectorId: key.collectorId, what: 'revoked', validTo: one.validTo }, reason };
    });
  }

  private async certificate(tx: Tx, key: StaffKey, id: string): Promise<CertificateRecord> {
    const one = isUuid(id) ? await this.store.find(tx, key, id) : null;
    if (one === null) throw new Refusal(NOT_FOUND, { detail: 'The collector has no such certificate.' });
    return one;
  }
}
