import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { IdempotentRequest } from '#idempotency';
import type { Tx } from '#pg';
import { INVALID, NOT_FOUND, Refusal, type FieldError } from '#problem';
import { Vault } from '#vault';
import { decodeCursor, isUuid, toPage, type Page, type PageRequest } from '#wire';
import { ActService } from '../act/act.service.ts';
import { StandingService } from '../standing/standing.service.ts';
import { AgencyDesk, agencyInstant, agencyResource, bankOnly, type AtDesk } from '../agency/agency-desk.ts';
import type { AgencyContractView, ContractRequest, ContractVersionRequest } from './contract.dto.ts';
import { CONTRACT_KNOWN, CONTRACTS_OVERLAP } from './contract.refusals.ts';
import { ContractStore, type ContractRecord, type ContractSpan } from './contract.store.ts';
import { overlaps, periodOn } from './contract-period.ts';
import { feeFaults, type FeeComponent } from './fee-terms.ts';

const DEFAULT_LIMIT = 50;
const NOTE = 'agency_contract.note';

/** The contracts with agencies: versions are never changed, and the gate's dates follow from those in force. */
@Injectable()
export class ContractService {
  constructor(
    @Inject(AgencyDesk) private readonly desk: AgencyDesk,
    @Inject(ContractStore) private readonly store: ContractStore,
    @Inject(ActService) private readonly acts: ActService,
    @Inject(Vault) private readonly vault: Vault,
    @Inject(StandingService) private readonly standings: StandingService,
  ) {}

  /**
   * The first version of a contract. Refuses with FORBIDDEN, NOT_FOUND, INVALID (also fees that are a share of recoveries alone), CONTRACT_KNOWN,
   * CONTRACTS_OVERLAP, IDEMPOTENCY_KEY_REUSED.
   */
  async create(
    principal: Principal,
    agencyId: string,
    { contractNo, ...request }: ContractRequest,
    idempotency: IdempotentRequest | null,
  ): Promise<AgencyContractView> {
    return this.add(principal, { agencyId, contractNo, request, idempotency }, (spans) => {
      if (spans.some((span) => span.contractNo === contractNo))
        throw new Refusal(CONTRACT_KNOWN, { detail: `Make the next version of ${contractNo} instead.` });
      return 1;
    });
  }

  /** The next version of a contract. Refuses with FORBIDDEN, NOT_FOUND, INVALID, CONTRACTS_OVERLAP, IDEMPOTENCY_KEY_REUSED. */
  async amend(
    principal: Principal,
    { agencyId, contractNo }: { readonly agencyId: string; readonly contractNo: string },
    request: ContractVersionRequest,
    idempotency: IdempotentRequest | null,
  ): Promise<AgencyContractView> {
    return this.add(principal, { agencyId, contractNo, request, idempotency }, (spans) => {
      const newest = spans.find((span) => span.contractNo === contractNo);
      if (!newest) throw new Refusal(NOT_FOUND, { detail: 'The agency has no contract of this number.' });
      return newest.version + 1;
    });
  }

  /** All versions, the newest first. Refuses with NOT_FOUND, INVALID for a cursor that is not ours. */
  async list(principal: Principal, agencyId: string, request: PageRequest): Promise<Page<AgencyContractView>> {
    const limit = request.limit ?? DEFAULT_LIMIT;
    const after = decodeCursor(request.cursor, isUuid);
    const { institutionId } = principal;
    return this.desk.read(principal, agencyId, async (tx, { day }) =>
      toPage(
        await this.store.list(tx, { institutionId, agencyId, after, limit }),
        limit,
        ({ id }) => id,
        (record) => this.toView(record, day),
      ),
    );
  }

  /** Whether a contract is in force on a day; for other rooms. */
  async isInForce(tx: Tx, institutionId: string, agencyId: string, day: string): Promise<boolean> {
    const spans = await this.store.spans(tx, institutionId, agencyId);
    return spans.some(({ from, to }) => from <= day && day <= to);
  }

  /** As the days pass: where a contract is over, the gate knows the next. */
  async followAll(tx: Tx, institutionId: string, day: string): Promise<void> {
    const byAgency = new Map<string, Awaited<ReturnType<ContractStore['allSpans']>>>();
    for (const span of await this.store.allSpans(tx, institutionId))
      byAgency.set(span.agencyId, [...(byAgency.get(span.agencyId) ?? []), span]);
    const entries = [...byAgency].flatMap(([agencyId, spans]) => {
      const period = periodOn(day, spans);
      const isKnown = period?.from === spans[0]?.knownFrom && period?.to === spans[0]?.knownTo;
      return period === null || isKnown ? [] : [{ agencyId, changes: { contractFrom: period.from, contractTo: period.to } }];
    });
    await this.standings.changeAll(tx, { institutionId, by: 'system:contracts' }, entries, { reason: null });
  }

  private async add(
    principal: Principal,
    given: {
      readonly agencyId: string;
      readonly contractNo: string;
      readonly request: ContractVersionRequest;
      readonly idempotency: IdempotentRequest | null;
    },
    versionAfter: (spans: readonly ContractSpan[]) => number,
  ): Promise<AgencyContractView> {
    bankOnly(principal);
    const { request, agencyId, contractNo } = given;
    checkContract(request);
    const { institutionId, subject: madeBy } = principal;
    return this.desk.change(
      principal,
      given,
      async (tx, at) => {
        const spans = await this.store.spans(tx, institutionId, agencyId);
        const version = versionAfter(spans);
        const others = spans.filter((span) => span.contractNo !== contractNo);
        const span = { contractNo, version, from: request.validFrom, to: request.validTo };
        const other = others.find((each) => overlaps(each, span));
        if (other)
          throw new Refusal(CONTRACTS_OVERLAP, {
            errors: [
              {
                pointer: '/validFrom',
                detail: `${other.contractNo} runs from ${other.from} to ${other.to}; amend it, or begin the day after`,
              },
            ],
          });
        const documentId = await this.documentOf(tx, principal, agencyId, request.documentId ?? null);
        const note = request.note ? this.vault.seal(request.note, NOTE) : null;
        const content = { ...contentOf(request), documentId, noteSealed: note };
        const id = await this.store.add(tx, { ...content, institutionId, agencyId, contractNo, version, madeBy, madeAt: at.now });
        const detail = { contractNo, version, validFrom: span.from, validTo: span.to };
        await this.acts.note(tx, principal, { action: 'agency-contract', resource: agencyResource(agencyId), detail }, at.now);
        await this.follow(tx, principal, at, [...others, span]);
        return id;
      },
      (tx, id, { day }) => this.show(tx, principal, { agencyId, id, day }),
    );
  }

  private async follow(
    tx: Tx,
    { institutionId, subject: by, clientId }: Principal,
    { agency, day }: AtDesk,
    spans: readonly ContractSpan[],
  ): Promise<void> {
    const period = periodOn(day, spans);
    if (period === null || (period.from === agency.contractFrom && period.to === agency.contractTo)) return;
    const changes = { contractFrom: period.from, contractTo: period.to };
    await this.standings.change(tx, { institutionId, by, clientId }, agency.agencyId, changes, { reason: null });
  }

  private async documentOf(tx: Tx, { institutionId }: Principal, agencyId: string, id: string | null): Promise<string | null> {
    if (id === null || (isUuid(id) && (await this.store.hasDocument(tx, institutionId, agencyId, id)))) return id;
    throw new Refusal(INVALID, { errors: [{ pointer: '/documentId', detail: 'is no document of this agency; upload it first' }] });
  }

  private async show(
    tx: Tx,
    { institutionId }: Principal,
    { agencyId, id, day }: { readonly agencyId: string; readonly id: string; readonly day: string },
  ): Promise<AgencyContractView> {
    const record = await this.store.find(tx, institutionId, agencyId, id);
    if (record === null) throw new Refusal(NOT_FOUND, { detail: 'It is not here any more.' });
    return this.toView(record, day);
  }

  private toView(record: ContractRecord, day: string): AgencyContractView {
    const { id, contractNo, version, isNewest, validFrom, validTo, products, regions, channels, feeTerms, documentId, madeBy } = record;
    return {
      id,
      contractNo,
      version,
      isNewest,
      isInForce: isNewest && validFrom <= day && day <= validTo,
      validFrom,
      validTo,
      scope: { products, regions, channels },
      feeTerms,
      documentId,
      note: record.noteSealed && this.vault.open(record.noteSealed, NOTE),
      madeBy,
      madeAt: agencyInstant(record.madeAt),
    };
  }
}

const componentsOf = ({ feeTerms }: ContractVersionRequest): FeeComponent[] =>
  feeTerms.components.map(({ kind, amount = null, percent = null }) => ({ kind, amount, percent }));

function contentOf(request: ContractVersionRequest) {
  const { validFrom, validTo, scope, feeTerms } = request;
  const { products = [], regions = [], channels = [] } = scope ?? {};
  return { validFrom, validTo, products, regions, channels, feeTerms: { currency: feeTerms.currency, components: componentsOf(request) } };
}

function checkContract(request: ContractVersionRequest): void {
  const { validFrom, validTo, scope } = request;
  const order: FieldError[] = validTo < validFrom ? [{ pointer: '/validTo', detail: `is before the contract begins (${validFrom})` }] : [];
  const regions = (scope?.regions ?? []).flatMap((code, index) =>
    /^(\d{2}){1,3}$/.test(code) ? [] : [{ pointer: `/scope/regions/${index}`, detail: 'must be a GB/T 2260 code of 2, 4 or 6 digits' }],
  );
  const errors = [...order, ...regions, ...feeFaults(componentsOf(request))];
  if (errors.length > 0) throw new Refusal(INVALID, { errors });
}
