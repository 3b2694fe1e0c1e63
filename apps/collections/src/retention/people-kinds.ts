import type { Tx } from '#pg';
import { Blanking, coveredBy, digestOf, FIVE_YEARS, GONE, removeWithFiles, type Blank, type KeptKind } from '#retention';
import { SEALED_COLUMNS } from '../sealed-columns.ts';
import { OVER, OVER_SINCE, overSince, WHOSE } from './whose.ts';

const blanking = new Blanking(SEALED_COLUMNS);
// Those who were merged into the debtor go with him.
const PERSONS = '(select id from debtor where id = any($1::uuid[]) or merged_into = any($1::uuid[]))';
const PERSON_IDS = '(select debtor_id from debtor where id = any($1::uuid[]) or merged_into = any($1::uuid[]))';
const CASES = '(select id from collection_case where debtor = any($1::uuid[]))';
const ofCases = (table: string, sealed: readonly string[], more: Partial<Blank> = {}): Blank => ({
  table,
  where: `collection_case in ${CASES}`,
  sealed,
  ...more,
});
// Without it an import would take what comes again for what is there.
const unknown = "content_hash = ''::bytea";

const debtorBlanks: readonly Blank[] = [
  { table: 'debtor', where: `id in ${PERSONS}`, sealed: ['name_sealed', 'id_number_sealed'], also: ['id_number_index = null', unknown] },
  ofCases('party', ['name_sealed'], { also: [unknown] }),
  ofCases('party_proposal', ['name_sealed', 'reason_sealed']),
  {
    table: 'debtor_change',
    where: `from_debtor in ${PERSON_IDS} or to_debtor in ${PERSON_IDS}`,
    sealed: ['name_sealed', 'id_number_sealed', 'reason_sealed'],
  },
  ofCases('care_case', ['words_sealed', 'reason_sealed'], { as: { words_sealed: '[]' } }),
  ofCases('visit', ['shown_to_sealed', 'consent_of_sealed', 'consent_evidence_sealed']),
  ofCases('promise', ['note_sealed']),
  ofCases('plan', ['circumstances_sealed'], { as: { circumstances_sealed: '{"monthlyIncome":"0","monthlyExpense":"0","note":null}' } }),
  ofCases('objection', ['disputed_sealed', 'facts_sealed']),
  ofCases('register_act', ['reason_sealed']),
  ofCases('entrustment', ['reason_sealed', 'end_reason_sealed']),
  ofCases('entrustment_proposal', ['reason_sealed']),
  ofCases('quality_sample', ['dispute_sealed', 'answer_sealed']),
  {
    table: 'quality_review',
    where: `sample in (select id from quality_sample where collection_case in ${CASES})`,
    sealed: ['comment_sealed'],
  },
];

const staffBlanks: readonly Blank[] = [
  {
    table: 'agency_staff',
    where: 'id = any($1::uuid[])',
    sealed: ['name_sealed', 'id_number_sealed'],
    also: ['name_index = null', 'id_number_index = null', unknown],
  },
];

/** Files of the cases: proofs, photographs, and what a repayment plan was agreed with; its row must name one, so that its bytes go alone. */
async function removeFiles(tx: Tx, ids: readonly string[]): Promise<void> {
  await removeWithFiles(tx, ids, `select upload from proof where collection_case in ${CASES}`, [
    `delete from proof where collection_case in ${CASES}`,
  ]);
  const photos = `visit in (select id from visit where collection_case in ${CASES})`;
  await removeWithFiles(tx, ids, `select upload from visit_photo where ${photos}`, [`delete from visit_photo where ${photos}`]);
  const plans = `(select upload from plan where collection_case in ${CASES})`;
  await tx.query(`delete from upload_chunk where upload in ${plans}`, [ids]);
  await tx.query(`update upload set file_name = '${GONE}', bytes = 0 where id in ${plans}`, [ids]);
}

/** Numbers and addresses: a contact point that something refers to stays, and leads nowhere. */
async function removeContactPoints(tx: Tx, institutionId: string, ids: readonly string[], nowhere: Buffer): Promise<void> {
  const points = `t.party in (select id from party where collection_case in ${CASES})`;
  const values = await tx.query<{ value: Buffer }>(`select distinct t.value_index as value from contact_point t where ${points}`, [ids]);
  const index = `sha256(convert_to('nowhere ' || t.id, 'UTF8'))`;
  await tx.query(
    `insert into contact_value (value_index, institution_id, value_sealed) select ${index}, $2, $3 from contact_point t where ${points} on conflict do nothing`,
    [ids, institutionId, nowhere],
  );
  await tx.query(`update contact_point t set value_index = ${index}, status = 'invalid' where ${points}`, [ids]);
  await tx.query(
    `delete from contact_value v where v.institution_id = $1 and v.value_index = any($2)
       and not exists (select from contact_point t where t.value_index = v.value_index and t.institution_id = v.institution_id)`,
    [institutionId, values.map(({ value }) => value)],
  );
}

/** Whom cases are about, and who works on them. */
export const peopleKinds: readonly KeptKind[] = [
  {
    kind: 'debtor',
    title: { zh: '债务人及其案件中的个人信息', en: 'Personal data of debtors and in their cases' },
    since: overSince,
    destroying: {
      zh: '清除姓名、证件号、电话与地址、各类原因与文字、证明文件与照片，并销毁其证据密钥；案件、金额与日期保留',
      en: 'Names, id numbers, telephones and addresses, reasons and texts, proofs and photographs go, and the keys of their evidence; cases, amounts and days stay',
    },
    rules: [FIVE_YEARS],
    rows: {
      id: 'd.id',
      since: OVER_SINCE,
      digest: digestOf('d'),
      ...WHOSE,
      agencies:
        'array(select distinct e.agency_id from entrustment e join collection_case o on o.id = e.collection_case where o.debtor = d.id)',
      from: `from debtor d where d.institution_id = $1 and d.merged_into is null and ${OVER}`,
    },
    lock: `select from debtor d join collection_case c on c.debtor = d.id where d.id = any($1::uuid[]) order by d.id, c.id for update`,
    evidenceSubjects: `select 'debtor:' || debtor_id as subject from debtor where institution_id = $1 and (id = any($2::uuid[]) or merged_into = any($2::uuid[]))
      union select 'act:' || a.resource from register_act a join collection_case c on c.id = a.collection_case where a.institution_id = $1 and c.debtor = any($2::uuid[])`,
    covers: [...coveredBy(debtorBlanks), 'proof.file_name_sealed', 'contact_value.value_sealed'],
    destroy: async (tx, destruction) => {
      const { institutionId, ids, vault } = destruction;
      await removeFiles(tx, ids);
      await removeContactPoints(tx, institutionId, ids, vault.seal(GONE, 'contact.value'));
      await blanking.empty(tx, destruction, debtorBlanks);
    },
  },
  {
    kind: 'agency-staff',
    title: { zh: '离岗催收员的个人信息', en: 'Personal data of collectors who left' },
    since: { zh: '离岗之日', en: 'the day on which they left' },
    destroying: {
      zh: '清除姓名与证件号；工号与资质日期保留',
      en: 'Name and id number are emptied; their ids and the days of their certificates stay',
    },
    rules: [FIVE_YEARS],
    rows: {
      id: 's.id',
      // Noon of UTC is that day in nearly every zone.
      since: `(s.left_on + time '12:00') at time zone 'UTC'`,
      digest: digestOf('s'),
      subjects: 'array[s.collector_id]',
      agencies: 'array[s.agency_id]',
      from: 'from agency_staff s where s.institution_id = $1 and s.left_on is not null and not s.active',
    },
    lock: 'select from agency_staff where id = any($1::uuid[]) order by id for update',
    covers: coveredBy(staffBlanks),
    destroy: (tx, destruction) => blanking.empty(tx, destruction, staffBlanks),
  },
];
