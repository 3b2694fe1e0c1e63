import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { IdempotentRequest } from '#idempotency';
import type { Tx } from '#pg';
import { FORBIDDEN, NOT_FOUND, Refusal } from '#problem';
import { Vault } from '#vault';
import { ActService } from '../act/act.service.ts';
import { RegisterDesk } from '../case/register-desk.ts';
import { TaskService } from '../task/task.service.ts';
import type { PartyChangeView, PartyProposalListView, PartyRequest, PartyRoleRequest } from './party.dto.ts';
import { OWN_PARTY, PARTY_DECIDED, PARTY_KNOWN, PARTY_OVER, PARTY_PENDING, THE_DEBTOR } from './party.refusals.ts';
import { PartyStore, type PartyRecord, type ProposalRecord } from './party.store.ts';

const REASON = 'party_proposal.reason';
const LIABLE = ['co-debtor', 'guarantor'];
const taskOf = (id: string) => ({ kind: 'approve-party', resource: `party-proposal/${id}` }) as const;

/** Persons of a case. Whoever is to become liable is open to collection only when a second person has looked at the document behind it. */
@Injectable()
export class PartyService {
  constructor(
    @Inject(RegisterDesk) private readonly desk: RegisterDesk,
    @Inject(PartyStore) private readonly store: PartyStore,
    @Inject(ActService) private readonly acts: ActService,
    @Inject(TaskService) private readonly tasks: TaskService,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /** Refuses with NOT_FOUND, PARTY_KNOWN, PARTY_PENDING, IDEMPOTENCY_KEY_REUSED. */
  async add(principal: Principal, caseId: string, request: PartyRequest, idempotency: IdempotentRequest | null): Promise<PartyChangeView> {
    const { partyId, role, basis, reason } = request;
    return this.once(principal, idempotency, async (tx) => {
      const { caseUuid } = await this.desk.caseOf(tx, principal, caseId);
      const parties = await this.store.parties(tx, caseUuid);
      if (parties.some((one) => one.partyId === partyId)) throw new Refusal(PARTY_KNOWN, { detail: 'Change its role instead.' });
      const nameSealed = this.vault.seal(request.name, 'party.name');
      if (LIABLE.includes(role)) return this.propose(tx, principal, { caseUuid, party: null, partyId, role, nameSealed, basis }, reason);
      const id = await this.insert(tx, principal.institutionId, { caseUuid, partyId, role, nameSealed });
      const at = await this.desk.now(tx);
      await this.acts.note(tx, principal, { action: 'party-added', resource: id, caseUuid, detail: { partyId, role, basis }, reason }, at);
      return { id, partyId, role, state: 'added', basis, proposedBy: null };
    });
  }

  /** Proposes that somebody who is on the case be liable. Refuses with NOT_FOUND, THE_DEBTOR, PARTY_PENDING, IDEMPOTENCY_KEY_REUSED. */
  async makeLiable(
    principal: Principal,
    { caseId, partyId }: { readonly caseId: string; readonly partyId: string },
    { role, basis, reason }: PartyRoleRequest,
    idempotency: IdempotentRequest | null,
  ): Promise<PartyChangeView> {
    return this.once(principal, idempotency, async (tx) => {
      const { caseUuid } = await this.desk.caseOf(tx, principal, caseId);
      const one = await this.partyOf(tx, caseUuid, partyId);
      const { id: party, nameSealed } = one;
      return this.propose(tx, principal, { caseUuid, party, partyId: one.partyId, role, nameSealed, basis }, reason);
    });
  }

  /** From now on nobody to be collected from, and none of their numbers serves. Refuses with NOT_FOUND, THE_DEBTOR, PARTY_OVER, IDEMPOTENCY_KEY_REUSED. */
  async end(
    principal: Principal,
    { caseId, partyId }: { readonly caseId: string; readonly partyId: string },
    reason: string,
    idempotency: IdempotentRequest | null,
  ): Promise<PartyChangeView> {
    return this.once(principal, idempotency, async (tx) => {
      const { caseUuid } = await this.desk.caseOf(tx, principal, caseId);
      const one = await this.partyOf(tx, caseUuid, partyId);
      if (one.endedAt !== null) throw new Refusal(PARTY_OVER);
      const at = await this.desk.now(tx);
      await this.store.end(tx, one.id, principal.subject, at);
      const detail = { partyId: one.partyId, role: one.role };
      await this.acts.note(tx, principal, { action: 'party-ended', resource: one.id, caseUuid, detail, reason }, at);
      return { id: one.id, partyId: one.partyId, role: 'unrelated', state: 'ended', basis: null, proposedBy: null };
    });
  }

  /** Refuses with NOT_FOUND, FORBIDDEN, PARTY_DECIDED, OWN_PARTY, PARTY_KNOWN, IDEMPOTENCY_KEY_REUSED. */
  async approve(principal: Principal, id: string, idempotency: IdempotentRequest | null): Promise<PartyChangeView> {
    return this.once(principal, idempotency, async (tx) => {
      const proposal = await this.take(tx, principal, id);
      if (proposal.proposedBy === principal.subject) throw new Refusal(OWN_PARTY);
      const { caseUuid, partyId, role, nameSealed, basis } = proposal;
      const party = proposal.party ?? (await this.insert(tx, principal.institutionId, { caseUuid, partyId, role, nameSealed }));
      if (proposal.party !== null) await this.store.setRole(tx, party, role);
      await this.decide(tx, principal, proposal, 'approved', { partyId, role, basis });
      return { id: party, partyId, role, state: 'approved', basis, proposedBy: proposal.proposedBy };
    });
  }

  /** Refuses with NOT_FOUND, FORBIDDEN, PARTY_DECIDED, IDEMPOTENCY_KEY_REUSED. */
  async reject(principal: Principal, id: string, reason: string, idempotency: IdempotentRequest | null): Promise<PartyChangeView> {
    return this.once(principal, idempotency, async (tx) => {
      const proposal = await this.take(tx, principal, id);
      await this.decide(tx, principal, proposal, 'rejected', { partyId: proposal.partyId, role: proposal.role }, reason);
      return { ...toView(proposal), state: 'rejected' };
    });
  }

  /** Those of a case that wait. Refuses with NOT_FOUND. */
  waiting(principal: Principal, caseId: string): Promise<PartyProposalListView> {
    return this.desk.once(principal, null, async (tx) => {
      const { caseUuid } = await this.desk.caseOf(tx, principal, caseId);
      return { items: (await this.store.waiting(tx, caseUuid)).map(toView) };
    });
  }

  private async propose(
    tx: Tx,
    principal: Principal,
    row: {
      readonly caseUuid: string;
      readonly party: string | null;
      readonly partyId: string;
      readonly role: string;
      readonly nameSealed: Buffer;
      readonly basis: string;
    },
    reason: string,
  ): Promise<PartyChangeView> {
    const { institutionId, subject: by } = principal;
    const at = await this.desk.now(tx);
    const id = await this.store.propose(tx, { ...row, institutionId, reasonSealed: this.vault.seal(reason, REASON), by, at });
    if (id === null) throw new Refusal(PARTY_PENDING);
    const { caseUuid, partyId, role, basis } = row;
    await this.tasks.open(tx, institutionId, { ...taskOf(id), caseUuid, detail: { role } }, at);
    await this.acts.note(tx, principal, { action: 'party-proposed', resource: id, caseUuid, detail: { partyId, role, basis }, reason }, at);
    return { id, partyId, role, state: 'proposed', basis, proposedBy: by };
  }

  private async insert(
    tx: Tx,
    institutionId: string,
    row: { readonly caseUuid: string; readonly partyId: string; readonly role: string; readonly nameSealed: Buffer },
  ): Promise<string> {
    const hash = this.vault.index(JSON.stringify([row.partyId, 'by-hand']), 'content');
    const id = await this.store.add(tx, institutionId, { ...row, hash });
    if (id === null) throw new Refusal(PARTY_KNOWN);
    return id;
  }

  private async partyOf(tx: Tx, caseUuid: string, id: string): Promise<PartyRecord> {
    const one = (await this.store.parties(tx, caseUuid)).find((party) => party.id === id || party.partyId === id);
    if (!one) throw new Refusal(NOT_FOUND, { detail: 'The case has no such party.' });
    if (one.role === 'debtor') throw new Refusal(THE_DEBTOR);
    return one;
  }

  private async take(tx: Tx, principal: Principal, id: string): Promise<ProposalRecord> {
    if (principal.agencyId !== null) throw new Refusal(FORBIDDEN, { detail: 'Who is liable is the institution’s to say.' });
    const proposal = await this.store.findProposal(tx, principal.institutionId, id);
    if (proposal === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such proposal here.' });
    if (proposal.state !== 'proposed') throw new Refusal(PARTY_DECIDED);
    return proposal;
  }

  private async decide(
    tx: Tx,
    principal: Principal,
    { id, caseUuid }: ProposalRecord,
    state: 'approved' | 'rejected',
    detail: Readonly<Record<string, unknown>>,
    reason?: string,
  ): Promise<void> {
    const { institutionId, subject: by } = principal;
    const at = await this.desk.now(tx);
    await this.store.decide(tx, id, state, by, at);
    await this.tasks.close(tx, institutionId, taskOf(id), { by, outcome: state, at });
    const action = state === 'approved' ? 'party-approved' : 'party-rejected';
    await this.acts.note(tx, principal, { action, resource: id, caseUuid, detail, ...(reason === undefined ? {} : { reason }) }, at);
  }

  private once(
    principal: Principal,
    idempotency: IdempotentRequest | null,
    work: (tx: Tx) => Promise<PartyChangeView>,
  ): Promise<PartyChangeView> {
    return this.desk.once(principal, idempotency, work);
  }
}

const toView = ({ id, partyId, role, state, basis, proposedBy }: ProposalRecord): PartyChangeView => ({
  id,
  partyId,
  role,
  state,
  basis,
  proposedBy,
});
