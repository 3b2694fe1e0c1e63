import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { IdempotentRequest } from '#idempotency';
import { INVALID, NOT_FOUND, Refusal } from '#problem';
import { decodeCursor, toPage, type Page } from '#wire';
import { ActService } from '../act/act.service.ts';
import { AgencyDesk, agencyInstant, agencyResource } from '../agency/agency-desk.ts';
import { FindingService } from '../agency-finding/finding.service.ts';
import { StaffService } from '../agency-staff/staff.service.ts';
import type { AgencyDeviceView, DeviceListRequest, DeviceRequest, DeviceRetirementRequest } from './device.dto.ts';
import { DEVICE_KNOWN } from './device.refusals.ts';
import { DeviceStore, type DeviceRecord } from './device.store.ts';

const DEFAULT_LIMIT = 50;
const GIVEN_ID = /^[^\p{Cc}]{1,200}$/u;

export interface DeviceCommand {
  readonly agencyId: string;
  readonly idempotency: IdempotentRequest | null;
}

/** The work tools of agencies: telephones, lines, accounts. The gate knows them by their id. */
@Injectable()
export class DeviceService {
  constructor(
    @Inject(AgencyDesk) private readonly desk: AgencyDesk,
    @Inject(DeviceStore) private readonly store: DeviceStore,
    @Inject(StaffService) private readonly staff: StaffService,
    @Inject(FindingService) private readonly findings: FindingService,
    @Inject(ActService) private readonly acts: ActService,
  ) {}

  /** In order of their ids. Refuses with NOT_FOUND, INVALID for a cursor that is not ours. */
  async list(principal: Principal, agencyId: string, request: DeviceListRequest): Promise<Page<AgencyDeviceView>> {
    const limit = request.limit ?? DEFAULT_LIMIT;
    const after = decodeCursor(request.cursor, (key) => GIVEN_ID.test(key));
    const filter = { institutionId: principal.institutionId, agencyId, active: request.active ?? null, after, limit };
    return this.desk.read(principal, agencyId, async (tx) =>
      toPage(
        await this.store.list(tx, filter),
        limit,
        ({ deviceId }) => deviceId,
        (record) => toView(record, principal),
      ),
    );
  }

  /** Registers a tool of a collector. Refuses with NOT_FOUND, INVALID, STAFF_LEFT, DEVICE_KNOWN, IDEMPOTENCY_KEY_REUSED. */
  async register(principal: Principal, { deviceId, kind, collectorId }: DeviceRequest, command: DeviceCommand): Promise<AgencyDeviceView> {
    if (!GIVEN_ID.test(deviceId))
      throw new Refusal(INVALID, { errors: [{ pointer: '/deviceId', detail: 'must not have control characters' }] });
    const { institutionId, subject: by } = principal;
    const { agencyId } = command;
    const key = { institutionId, agencyId, deviceId };
    return this.desk.change(
      principal,
      command,
      async (tx, { now }) => {
        await this.staff.working(tx, { institutionId, agencyId, collectorId });
        const known = await this.store.find(tx, key);
        if (known?.active && known.kind !== kind)
          throw new Refusal(INVALID, { errors: [{ pointer: '/kind', detail: `is ${known.kind} as it is registered; retire it first` }] });
        if (!(await this.store.register(tx, key, { collectorId, kind, by, at: now }))) throw new Refusal(DEVICE_KNOWN);
        await this.findings.lookAtDevice(tx, institutionId, deviceId, now);
        const detail = { deviceId, kind, collectorId, what: 'registered' };
        await this.acts.note(tx, principal, { action: 'agency-device', resource: agencyResource(agencyId), detail }, now);
        return deviceId;
      },
      async (tx) => toView(shown(await this.store.find(tx, key)), principal),
    );
  }

  /** Takes a tool out of use, of one collector or of all, with the permits that were given for it. Refuses with NOT_FOUND, IDEMPOTENCY_KEY_REUSED. */
  async retire(
    principal: Principal,
    deviceId: string,
    { collectorId = null, reason }: DeviceRetirementRequest,
    command: DeviceCommand,
  ): Promise<AgencyDeviceView> {
    const { institutionId, subject: by } = principal;
    const { agencyId } = command;
    const key = { institutionId, agencyId, deviceId };
    return this.desk.change(
      principal,
      command,
      async (tx) => {
        const now = await this.staff.revoking(tx, { institutionId, agencyId }, async (at) => {
          if ((await this.store.retire(tx, key, { collectorId, by, at })) === 0) throw noDevice();
        });
        const detail = { deviceId, collectorId, what: 'retired' };
        await this.acts.note(tx, principal, { action: 'agency-device', resource: agencyResource(agencyId), detail, reason }, now);
        return deviceId;
      },
      async (tx) => toView(shown(await this.store.find(tx, key)), principal),
    );
  }
}

const noDevice = (): Refusal => new Refusal(NOT_FOUND, { detail: 'The agency has no such work tool in use.' });

function shown(record: DeviceRecord | null): DeviceRecord {
  if (record === null) throw noDevice();
  return record;
}

const toView = ({ elsewhere, registeredAt, retiredAt, ...record }: DeviceRecord, { agencyId }: Principal): AgencyDeviceView => ({
  deviceId: record.deviceId,
  kind: record.kind,
  collectorIds: record.collectorIds,
  active: record.active,
  registeredAt: agencyInstant(registeredAt),
  registeredBy: record.registeredBy,
  retiredAt: retiredAt && agencyInstant(retiredAt),
  elsewhere: agencyId === null && elsewhere,
});
