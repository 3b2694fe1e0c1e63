import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { Tx } from '#pg';
import type { ReportDocument } from '#render';
import {
  countParts,
  documentOf,
  listedOf,
  type AboutOne,
  type DataKind,
  type DataRow,
  type ReportKind,
  type ReportScope,
  type RowsSink,
} from '#reports';
import { maskContactPoint, Vault } from '#vault';
import { DOSSIER_FILES, PARTIES } from './dossier.files.ts';
import { DOSSIER } from './dossier.ts';
import { roles } from './names.ts';
import { DossierStore } from './dossier.store.ts';

const PARTY_COLUMNS = [
  { id: 'caseId', label: { zh: '案件', en: 'Case' } },
  { id: 'debtorId', label: { zh: '债务人编号', en: 'Debtor' } },
  { id: 'partyId', label: { zh: '人员编号', en: 'Party' } },
  { id: 'role', label: { zh: '身份', en: 'Role' } },
  { id: 'name', label: { zh: '姓名', en: 'Name' } },
  { id: 'contactPoints', label: { zh: '联系方式（掩码）', en: 'Contact points (masked)' } },
];

/** All that was done to the debtor of one case, for a court or an examiner. It has names in it, and says who read it. */
@Injectable()
export class DossierReport implements ReportKind {
  readonly title = DOSSIER.title;
  readonly about: AboutOne = {
    roles: ['collections-manager', 'compliance', 'regulator'],
    noteRead: (tx, reader, subject, fields) => this.noteRead(tx, reader, subject, fields),
  };
  private readonly spec: DataKind = {
    ...DOSSIER,
    files: [
      {
        name: PARTIES,
        title: { zh: '债务人与相关人员', en: 'The debtor and the parties' },
        columns: PARTY_COLUMNS,
        listed: listedOf(PARTY_COLUMNS, [
          ['name', 0.2],
          ['role', 0.16, roles],
          ['contactPoints', 0.34],
          ['partyId', 0.3],
        ]),
        rows: (tx, scope) => this.parties(tx, scope),
      },
      ...DOSSIER_FILES,
    ],
  };

  constructor(
    @Inject(DossierStore) private readonly store: DossierStore,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  async build(tx: Tx, scope: ReportScope, sink: RowsSink): Promise<ReportDocument> {
    return documentOf(this.spec, scope, await countParts(tx, scope, sink, this.spec));
  }

  async institutions(): Promise<string[]> {
    return [];
  }

  private async noteRead(
    tx: Tx,
    { institutionId, subject, clientId }: Principal,
    caseId: string,
    fields: readonly string[],
  ): Promise<boolean> {
    if (!(await this.store.exists(tx, institutionId, caseId))) return false;
    await this.store.noteRead(tx, { institutionId, subject, clientId, caseId, fields });
    return true;
  }

  private async *parties(tx: Tx, { institutionId, subject }: ReportScope): AsyncGenerator<DataRow[]> {
    const rows = await this.store.parties(tx, institutionId, subject ?? '');
    yield rows.map(({ nameSealed, pointsSealed, ...row }) => ({
      ...row,
      name: this.vault.open(nameSealed, 'party.name'),
      contactPoints: pointsSealed.map((sealed) => maskContactPoint(this.vault.open(sealed, 'contact.value'))),
    }));
  }
}
