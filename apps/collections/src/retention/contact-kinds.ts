import { Blanking, coveredBy, digestOf, FIVE_YEARS, removeWithFiles, type Blank, type KeptKind } from '#retention';
import { SEALED_COLUMNS } from '../sealed-columns.ts';
import { contactRules, recordingRules } from './rules.ts';
import { ofCase, OVER, OVER_SINCE, overSince, WHOSE } from './whose.ts';

const blanking = new Blanking(SEALED_COLUMNS);
const locked = (table: string): string => `select from ${table} where id = any($1::uuid[]) order by id for update`;

const message: readonly Blank[] = [{ table: 'delivery', where: 'id = any($1::uuid[])', sealed: ['request_sealed'] }];

// Something that is not over keeps a recording whatever its term.
const RECORDING_UNTIL = `case when r.held_at is not null or exists (select from recording_bond b where b.recording = r.id and b.released_at is null)
  or exists (select from collection_case u where u.id = r.until_cleared and u.state <> 'paid' and u.balance > 0) then '9999-12-31' else r.keep_until end`;

/** What collectors did and said. */
export const contactKinds: readonly KeptKind[] = [
  {
    kind: 'contact',
    title: { zh: '联络记录', en: 'Contacts' },
    since: overSince,
    destroying: { zh: '删除联络及其登记结果', en: 'The contact and what was reported of it are deleted; its evidence stays' },
    rules: contactRules,
    rows: {
      id: 'x.id',
      since: `greatest(x.at, ${OVER_SINCE})`,
      digest: digestOf('x'),
      ...WHOSE,
      agencies: 'array_remove(array[x.agency_id], null)',
      from: `from contact x join debtor d on d.debtor_id = x.debtor_id and d.institution_id = x.institution_id where x.institution_id = $1 and ${OVER}`,
    },
    lock: locked('contact'),
    covers: ['contact.note_sealed'],
    destroy: async (tx, { ids }) => {
      await tx.query('delete from outcome_report where attempt in (select x.id from contact x where x.id = any($1::uuid[]))', [ids]);
      await tx.query('delete from contact where id = any($1::uuid[])', [ids]);
    },
  },
  {
    kind: 'decision',
    title: { zh: '联络判定', en: 'Decisions on contacts' },
    since: overSince,
    destroying: {
      zh: '删除判定及所依事实；证据日志仍可复算',
      en: 'The decision and the facts that it rests on are deleted; the evidence log still makes it again',
    },
    rules: contactRules,
    rows: {
      id: 'x.id',
      since: `greatest(x.decided_at, ${OVER_SINCE})`,
      digest: digestOf('x'),
      ...WHOSE,
      agencies: 'array_remove(array[x.agency_id], null)',
      from: `from decision x ${ofCase('x.collection_case')} where x.institution_id = $1 and ${OVER}`,
    },
    lock: locked('decision'),
    covers: ['decision.message_sealed'],
    destroy: async (tx, { ids }) => void (await tx.query('delete from decision where id = any($1::uuid[])', [ids])),
  },
  {
    kind: 'message',
    title: { zh: '短信、邮件与信函的内容', en: 'What messages and letters said' },
    since: overSince,
    destroying: {
      zh: '清除内容与收件地址；是否送达、编号与日期保留',
      en: 'Text and address are emptied; that it was sent, its number and days stay',
    },
    rules: contactRules,
    rows: {
      id: 'x.id',
      since: `greatest(x.asked_at, ${OVER_SINCE})`,
      digest: digestOf('x'),
      ...WHOSE,
      agencies: 'array_remove(array[x.agency_id], null)',
      from: `from delivery x ${ofCase('x.collection_case')} where x.institution_id = $1 and x.settled_at is not null and ${OVER}`,
    },
    lock: locked('delivery'),
    covers: coveredBy(message),
    destroy: (tx, destruction) => blanking.empty(tx, destruction, message),
  },
  {
    kind: 'note',
    title: { zh: '案件备注', en: 'Notes on cases' },
    since: overSince,
    destroying: { zh: '删除备注', en: 'The note is deleted' },
    rules: [FIVE_YEARS],
    rows: {
      id: 'x.id',
      since: `greatest(x.at, ${OVER_SINCE})`,
      digest: digestOf('x'),
      ...WHOSE,
      agencies: 'array_remove(array[x.agency_id], null)',
      from: `from case_note x ${ofCase('x.collection_case')} where x.institution_id = $1 and ${OVER}`,
    },
    lock: locked('case_note'),
    covers: ['case_note.text_sealed'],
    destroy: async (tx, { ids }) => void (await tx.query('delete from case_note where id = any($1::uuid[])', [ids])),
  },
  {
    kind: 'recording',
    title: { zh: '录音录像', en: 'Recordings' },
    since: { zh: '录制之日', en: 'the day of the recording' },
    destroying: { zh: '删除文件；摘要与销毁证明保留', en: 'The file is deleted; its SHA-256 and the proof that it was destroyed stay' },
    rules: recordingRules,
    rows: {
      id: 'r.id',
      since: 'r.recorded_at',
      ownUntil: RECORDING_UNTIL,
      digest: digestOf('r'),
      ...WHOSE,
      agencies: 'array_remove(array[r.agency_id], null)',
      from: `from recording r ${ofCase('r.collection_case')} where r.institution_id = $1 and r.destroyed_at is null`,
    },
    lock: locked('recording'),
    covers: ['recording.uri_sealed'],
    destroy: (tx, { ids }) =>
      removeWithFiles(tx, ids, 'select upload from recording where id = any($1::uuid[])', [
        `insert into recording_proof (recording, institution_id, collection_case, sha256, bytes, recorded_at, kept_until, destroyed_at, reason)
         select id, institution_id, collection_case, sha256, bytes, recorded_at, keep_until, clock_timestamp(), 'retention' from recording where id = any($1::uuid[])`,
        'update recording set destroyed_at = clock_timestamp(), upload = null, uri_sealed = null where id = any($1::uuid[])',
      ]),
  },
];
