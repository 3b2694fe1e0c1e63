import { digestOf, FIVE_YEARS, removeWithFiles, type KeptKind } from '#retention';

const jobOver = { zh: '作业结束之日', en: 'the day on which the job ended' };
const locked = (table: string): string => `select from ${table} where id = any($1::uuid[]) order by id for update`;

const job = (table: string): Pick<KeptKind, 'since' | 'rules' | 'isBundle' | 'rows' | 'lock' | 'covers' | 'destroy'> => ({
  since: jobOver,
  rules: [FIVE_YEARS],
  isBundle: true,
  rows: {
    id: 'x.id',
    since: 'x.finished_at',
    digest: digestOf('x'),
    from: `from ${table} x where x.institution_id = $1 and x.finished_at is not null`,
  },
  lock: locked(table),
  covers: [],
  destroy: (tx, { ids }) =>
    removeWithFiles(tx, ids, `select upload from ${table} where id = any($1::uuid[])`, [`delete from ${table} where id = any($1::uuid[])`]),
});

/** What came in files and jobs of many, and what stands beside cases. */
export const fileKinds: readonly KeptKind[] = [
  {
    kind: 'lookback',
    title: { zh: '历史回溯', en: 'Look-backs' },
    destroying: { zh: '删除回溯作业、发现与文件残留', en: 'The job, its findings and what is left of the file are deleted' },
    ...job('lookback'),
  },
  {
    kind: 'reconciliation',
    title: { zh: '话单核对', en: 'Call records that were reconciled' },
    destroying: { zh: '删除话单记录、发现与文件残留', en: 'Call records, findings and what is left of the file are deleted' },
    ...job('reconciliation'),
  },
  {
    kind: 'debt-query',
    title: { zh: '公众查询欠款归属', en: 'Public questions whose debt it is' },
    since: { zh: '查询之日', en: 'the day of the question' },
    destroying: { zh: '删除查询', en: 'The question is deleted' },
    rules: [FIVE_YEARS],
    rows: {
      id: 'q.id',
      since: 'q.asked_at',
      digest: digestOf('q'),
      cases: 'array_remove(array[q.collection_case::text, c.case_id], null)',
      subjects: 'array_remove(array[d.debtor_id], null)',
      from: 'from debt_query q left join collection_case c on c.id = q.collection_case left join debtor d on d.id = c.debtor where q.institution_id = $1',
    },
    lock: locked('debt_query'),
    covers: [],
    destroy: async (tx, { ids }) => void (await tx.query('delete from debt_query where id = any($1::uuid[])', [ids])),
  },
];
