import { Inject, Injectable } from '@nestjs/common';
import { Zone } from '#contact-rules';
import type { Principal } from '#auth';
import { INVALID, Refusal } from '#problem';
import { isUuid } from '#wire';
import { Vault, maskContactPoint, maskIdNumber, maskName } from '#vault';
import { AfterDesk, type At, type Call } from '../aftercare/aftercare.desk.ts';
import { FileService } from '../file/file.service.ts';
import type { Representative } from './complainant-kinds.ts';
import type { IntakeView, ProofRequest } from './intake.dto.ts';
import { NO_PROOF_NEEDED } from './intake.refusals.ts';
import { cannotOf } from './intake-rules.ts';
import { IntakeStore } from './intake.store.ts';
import { representationOf } from './representation.ts';
import { openPeople } from './taking.ts';

const NOTE = 'complaint_proof.note';

/** Who complains, who acts for him and whether he may, and who sent it on. */
@Injectable()
export class IntakeService {
  constructor(
    @Inject(AfterDesk) private readonly desk: AfterDesk,
    @Inject(IntakeStore) private readonly store: IntakeStore,
    @Inject(FileService) private readonly files: FileService,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /** Refuses with NOT_FOUND. */
  find(principal: Principal, complaintId: string, call: Call): Promise<IntakeView> {
    return this.desk.look(
      principal,
      async () => complaintId,
      (at) => this.view(at, call.requestId),
    );
  }

  /** Says whether the paper of who acts for the complainant lets him (CMP20 14). Refuses with NOT_FOUND, RECUSED, INVALID, NO_PROOF_NEEDED, IDEMPOTENCY_KEY_REUSED. */
  examine(principal: Principal, complaintId: string, request: ProofRequest, call: Call): Promise<IntakeView> {
    return this.desk.change(principal, async () => complaintId, call, {
      work: (at) => this.keep(at, request),
      show: (at) => this.view(at, call.requestId),
    });
  }

  private async keep(at: At, { fileId, sufficient, note }: ProofRequest): Promise<string> {
    const { tx, record, principal, now } = at;
    const { needs } = await representationOf(tx, record.id);
    if (needs === null) throw new Refusal(NO_PROOF_NEEDED, { detail: 'A proxy and heirs show a paper; others complain for themselves.' });
    const file = isUuid(fileId) ? await this.files.find(tx, [record.id], fileId) : null;
    if (file === null) throw invalid('is no file of this complaint');
    if (file.upload === null) throw invalid('was removed');
    if (file.scanState === 'infected' || file.scanState === 'waiting') throw invalid('has not passed the virus scanner');
    const id = await this.store.addProof(tx, {
      institutionId: record.institutionId,
      complaintId: record.id,
      fileId: file.id,
      sufficient,
      noteSealed: note ? this.vault.seal(note, NOTE) : null,
      examinedBy: principal.subject,
      examinedAt: now,
    });
    await this.desk.note(at, 'proof-examined', { fileId: file.id, sufficient, proof: needs });
    return id;
  }

  private async view(at: At, requestId: string): Promise<IntakeView> {
    const { tx, record, principal, now } = at;
    const reader = this.desk.readerOf(principal, record, now);
    const kept = await this.store.find(tx, record.id);
    const { kind, needs, isProved } = await representationOf(tx, record.id);
    const proofs = await this.store.proofs(tx, record.id);
    const people = openPeople(this.vault, kept?.peopleSealed ?? null);
    const zone = Zone.of(record.timeZone);
    const { regulator = null, reference = null, forwardedOn = null } = kept ?? {};
    if (people.length > 0 || proofs.some(({ noteSealed }) => noteSealed !== null))
      await this.desk.noteRead(at, [record.id], ['representatives', 'proof.note'], requestId);
    return {
      kind,
      groupSize: record.groupSize,
      representatives: people.map((one) => (reader.masked ? mask(one) : one)),
      forwarded: regulator === null ? null : { regulator, reference: reference ?? '', forwardedOn: forwardedOn ?? '' },
      needsProof: needs,
      isProved,
      examinations: proofs.map(({ id, fileId, sufficient, noteSealed, examinedBy, examinedAt }) => ({
        id,
        fileId,
        sufficient,
        note: reader.open(noteSealed, NOTE),
        examinedBy,
        examinedAt: zone.format(examinedAt.getTime()),
      })),
      cannot: cannotOf(kind, record.contactSealed !== null),
      masked: reader.masked,
    };
  }
}

const invalid = (detail: string): Refusal => new Refusal(INVALID, { errors: [{ pointer: '/fileId', detail }] });

const mask = ({ name, idNumber, contact, relationship }: Representative): Representative => ({
  name: maskName(name),
  idNumber: idNumber && maskIdNumber(idNumber),
  contact: contact && maskContactPoint(contact),
  relationship,
});
