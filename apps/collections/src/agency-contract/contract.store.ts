import { Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { FeeComponent } from './fee-terms.ts';

export interface ContractContent {
  readonly validFrom: string;
  readonly validTo: string;
  readonly products: readonly string[];
  readonly regions: readonly string[];
  readonly channels: readonly string[];
  readonly feeTerms: { readonly currency: string; readonly components: readonly FeeComponent[] };
  readonly documentId: string | null;
  readonly noteSealed: Buffer | null;
}

export interface NewContract extends ContractContent {
  readonly institutionId: string;
  readonly agencyId: string;
  readonly contractNo: string;
  readonly version: number;
  readonly madeBy: string;
  readonly madeAt: Date;
}

export interface ContractRecord extends ContractContent {
  readonly id: string;
  readonly contractNo: string;
  readonly version: number;
  readonly isNewest: boolean;
  readonly madeBy: string;
  readonly madeAt: Date;
}

/** The newest version of a number. */
export interface ContractSpan {
  readonly contractNo: string;
  readonly version: number;
  readonly from: string;
  readonly to: string;
}

const COLUMNS = `c.id, c.contract_no as "contractNo", c.version, c.valid_from::text as "validFrom", c.valid_to::text as "validTo", c.products, c.regions, c.channels,
  c.fee_terms as "feeTerms", c.document as "documentId", c.note_sealed as "noteSealed", c.made_by as "madeBy", c.made_at as "madeAt",
  not exists (select from agency_contract n where n.agency_id = c.agency_id and n.contract_no = c.contract_no and n.institution_id = c.institution_id and n.version > c.version) as "isNewest"`;

@Injectable()
export class ContractStore {
  async add(tx: Tx, contract: NewContract): Promise<string> {
    const [row] = await tx.query<{ id: string }>(
      `insert into agency_contract (institution_id, agency_id, contract_no, version, valid_from, valid_to, products, regions, channels, fee_terms, document, note_sealed, made_by, made_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) returning id`,
      [
        contract.institutionId,
        contract.agencyId,
        contract.contractNo,
        contract.version,
        contract.validFrom,
        contract.validTo,
        contract.products,
        contract.regions,
        contract.channels,
        JSON.stringify(contract.feeTerms),
        contract.documentId,
        contract.noteSealed,
        contract.madeBy,
        contract.madeAt,
      ],
    );
    if (!row) throw new Error('the contract was not stored');
    return row.id;
  }

  async find(tx: Tx, institutionId: string, agencyId: string, id: string): Promise<ContractRecord | null> {
    const [row] = await tx.query<ContractRecord>(
      `select ${COLUMNS} from agency_contract c where c.id = $1 and c.agency_id = $2 and c.institution_id = $3`,
      [id, agencyId, institutionId],
    );
    return row ?? null;
  }

  /** The newest first; one more than the limit, if there are so many. */
  async list(tx: Tx, filter: { institutionId: string; agencyId: string; after: string | null; limit: number }): Promise<ContractRecord[]> {
    return tx.query<ContractRecord>(
      `select ${COLUMNS} from agency_contract c where c.agency_id = $2 and c.institution_id = $1 and ($3::uuid is null or c.id < $3) order by c.id desc limit $4`,
      [filter.institutionId, filter.agencyId, filter.after, filter.limit + 1],
    );
  }

  async spans(tx: Tx, institutionId: string, agencyId: string): Promise<ContractSpan[]> {
    return tx.query<ContractSpan>(
      `select distinct on (contract_no) contract_no as "contractNo", version, valid_from::text as "from", valid_to::text as "to" from agency_contract
       where agency_id = $1 and institution_id = $2 order by contract_no, version desc`,
      [agencyId, institutionId],
    );
  }

  /** The newest versions of every agency, with the dates that the gate knows. */
  async allSpans(
    tx: Tx,
    institutionId: string,
  ): Promise<(ContractSpan & { agencyId: string; knownFrom: string | null; knownTo: string | null })[]> {
    return tx.query(
      `select distinct on (c.agency_id, c.contract_no) c.agency_id as "agencyId", c.contract_no as "contractNo", c.version, c.valid_from::text as "from", c.valid_to::text as "to",
         a.contract_from::text as "knownFrom", a.contract_to::text as "knownTo"
       from agency_contract c join agency a using (agency_id, institution_id) where c.institution_id = $1 order by c.agency_id, c.contract_no, c.version desc`,
      [institutionId],
    );
  }

  async hasDocument(tx: Tx, institutionId: string, agencyId: string, document: string): Promise<boolean> {
    const found = await tx.query('select from agency_document where id = $1 and agency_id = $2 and institution_id = $3', [
      document,
      agencyId,
      institutionId,
    ]);
    return found.length > 0;
  }
}
