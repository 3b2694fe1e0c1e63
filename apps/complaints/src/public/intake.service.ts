import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import { claimKey, hashOf, rememberResource, type IdempotentRequest } from '#idempotency';
import { inTransaction, type Tx } from '#pg';
import { INVALID, Refusal } from '#problem';
import { CONFIG } from '#service';
import type { ReceivedFile } from '#uploads';
import { Vault } from '#vault';
import { AdditionService, COMPLAINANT, type BroughtFile } from '../addition/addition.service.ts';
import { ChannelService } from '../channels/channel.service.ts';
import { ReadingService } from '../complaint/reading.service.ts';
import { RegistrationService, type Registration } from '../complaint/registration.service.ts';
import type { ComplaintsConfig } from '../config.ts';
import { hashOfCode, newAccessCode } from './access-code.ts';
import { complainantOf, GateService, tooOften, type Visitor } from './gate.service.ts';
import { COMPLAINTS_OF_ADDRESS, perHour, waitMs } from './limits.ts';
import type { PublicComplaintRequest, ReceiptView } from './public.dto.ts';
import { TAKES_NO_COMPLAINTS } from './public.refusals.ts';
import { PublicStore } from './public.store.ts';

/** A form that was read whole; its files are kept, but nobody refers to them yet. */
export interface Submitted {
  readonly request: PublicComplaintRequest;
  readonly files: readonly BroughtFile[];
  readonly key: string | null;
}

/** The keys of strangers are none of the institution's own systems. */
export const strangerKey = (key: string | null, hash: Buffer): IdempotentRequest | null =>
  key === null ? null : { key: `public:${key}`.slice(0, 255), hash };

export const namesOf = (files: readonly (ReceivedFile | BroughtFile)[]) =>
  files.map(({ fileName, upload }) => ({ fileName, sha256: upload.sha256.toString('hex') }));

/** Where a complaint goes. */
@Injectable()
export class IntakeRooms {
  constructor(
    @Inject(RegistrationService) readonly registrations: RegistrationService,
    @Inject(ReadingService) readonly reading: ReadingService,
    @Inject(AdditionService) readonly additions: AdditionService,
    @Inject(ChannelService) readonly channels: ChannelService,
    @Inject(CONFIG) readonly config: Pick<ComplaintsConfig, 'publicComplaintsPerHour'>,
  ) {}
}

/** A complaint that anybody files on the public page, without a login. What is answered is the same whether the bank knows the person or not: nobody looks. */
@Injectable()
export class IntakeService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(PublicStore) private readonly store: PublicStore,
    @Inject(GateService) private readonly gate: GateService,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(IntakeRooms) private readonly rooms: IntakeRooms,
  ) {}

  /** Before anything of a form is read. Refuses with TAKES_NO_COMPLAINTS, TOO_MANY. */
  async admit(visitor: Visitor): Promise<void> {
    const { institutionId } = visitor;
    const isTaken = await inTransaction(this.database, { institutionId }, (tx) => this.rooms.channels.takesComplaints(tx, institutionId));
    if (!isTaken) throw new Refusal(TAKES_NO_COMPLAINTS);
    await this.gate.form(visitor);
  }

  /**
   * Registers it as received now. `taken` is false for a form that is sent again: it is answered with the receipt of the first. Refuses with INVALID,
   * TOO_MANY, IDEMPOTENCY_KEY_REUSED.
   */
  async submit(
    { institutionId, ip }: Visitor,
    { request, files, key }: Submitted,
  ): Promise<{ readonly view: ReceiptView; readonly taken: boolean }> {
    if (request.website)
      throw new Refusal(INVALID, { errors: [{ pointer: '/website', detail: 'must be empty: this field is for programs alone' }] });
    const claim = strangerKey(key, hashOf('POST /v1/complaint-form', { request: { ...request }, files: namesOf(files) }));
    const address = this.gate.addressOf(ip);
    return inTransaction(this.database, { institutionId }, async (tx) => {
      await this.store.lock(tx, [`complaint ${institutionId} ${address.toString('hex')}`, `complaint ${institutionId}`]);
      const seen = await claimKey(tx, institutionId, claim);
      if (seen)
        return { view: await this.receipt(tx, institutionId, seen.resource, newAccessCode(this.vault, seen.resource, key)), taken: false };
      const now = await this.rooms.reading.now(tx);
      const before = await this.store.complaints(tx, institutionId, address, now);
      tooOften([
        ...COMPLAINTS_OF_ADDRESS.map((limit) => waitMs(before.ofAddress, limit, now)),
        waitMs(before.ofAll, perHour(this.rooms.config.publicComplaintsPerHour), now),
      ]);
      const [result] = await this.rooms.registrations.register(tx, institutionId, [this.registrationOf(request, now)], now);
      if (result?.kind !== 'registered') throw new Error('a complaint of the public page was not registered');
      const code = newAccessCode(this.vault, result.id, key);
      const codeHash = hashOfCode(this.vault, result.id, code);
      await this.store.addReceipt(tx, { complaintId: result.id, institutionId, codeHash, addressIndex: address, receivedAt: now });
      await this.rooms.additions.keep(tx, { id: result.id, institutionId }, files, true, now);
      await rememberResource(tx, institutionId, claim, result.id);
      return { view: await this.receipt(tx, institutionId, result.id, code), taken: true };
    });
  }

  private async receipt(tx: Tx, institutionId: string, id: string, accessCode: string): Promise<ReceiptView> {
    const record = await this.rooms.reading.find(tx, complainantOf(institutionId), id);
    const receivedAt = Zone.of(record.timeZone).format(record.receivedAt.getTime());
    return { receiptNumber: record.number, accessCode, receivedAt, dueOn: record.dueOn };
  }

  private registrationOf(request: PublicComplaintRequest, now: Date): Registration {
    const { name, contact, subject, category, requests } = request;
    const other = request.onBehalfOf?.trim() || null;
    const reference = request.caseReference?.trim() || null;
    const personal = {
      name: other ?? name,
      idNumber: null,
      contact,
      proxy: other === null ? null : { name, idNumber: null, contact },
      subject,
      // Not the account: whoever knows a reference would stop the collection of a stranger's debt. The desk looks whose it is.
      narrative: reference === null ? request.narrative : `${request.narrative}\n\n案件编号：${reference}`,
      requests: linesOf(requests),
    };
    return {
      externalRef: null,
      channel: 'web',
      category: category ?? null,
      account: null,
      agencyId: null,
      collectorId: null,
      staffId: null,
      groupSize: 1,
      personal,
      contentHash: this.vault.index(JSON.stringify(personal), 'content'),
      receivedAt: now,
      registeredAt: now,
      timeZone: DEFAULT_TIME_ZONE,
      source: 'api',
      registeredBy: COMPLAINANT,
      registeredByHandler: false,
      handler: null,
      events: [],
    };
  }
}

function linesOf(text: string): string[] {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  // What was written in paragraphs stays together.
  return lines.length > 20 ? [text.trim()] : lines;
}
