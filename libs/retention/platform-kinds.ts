import { removeWithFiles } from './blank.ts';
import { digestOf, FIVE_YEARS, type KeptForEver, type KeptKind, type KeptRows } from './kind.ts';

const SERIES = 'coalesce(r.series, r.id)';
const MADE = `('queued', 'running')`;

// All versions of a report go together: each names the one before.
const reportRows = (signed: boolean): KeptRows => ({
  id: SERIES,
  since: 'max(coalesce(r.signed_at, r.finished_at, r.touched_at))',
  digest: `sha256(string_agg(${digestOf('r')}, ''::bytea order by r.id))`,
  from: `from report r where r.institution_id = $1 group by ${SERIES}
    having not bool_or(r.state in ${MADE}) and bool_or(r.signed_by is not null) = ${signed}`,
});

const DELETE_REPORTS = [
  `delete from report_delivery where report in (select r.id from report r where ${SERIES} = any($1::uuid[]))`,
  `delete from report r where ${SERIES} = any($1::uuid[])`,
];

const reports: Pick<KeptKind, 'lock' | 'rules' | 'isBundle' | 'covers' | 'destroy'> = {
  lock: `select from report r where ${SERIES} = any($1::uuid[]) order by r.id for update`,
  rules: [FIVE_YEARS],
  isBundle: true,
  covers: [],
  destroy: (tx, { ids }) =>
    removeWithFiles(
      tx,
      ids,
      `select f.upload from report_file f join report r on r.id = f.report where ${SERIES} = any($1::uuid[])`,
      DELETE_REPORTS,
    ),
};

const finished = { zh: '作业结束之日', en: 'the day on which the job ended' };

/** What every service has. */
export const platformKinds: readonly KeptKind[] = [
  {
    kind: 'import',
    title: { zh: '导入文件与被拒行', en: 'Import files and rejected rows' },
    since: finished,
    destroying: {
      zh: '删除导入作业、被拒行及文件残留',
      en: 'The job, its rejected rows and what is left of the file are deleted; what was imported stays',
    },
    rules: [FIVE_YEARS],
    isBundle: true,
    rows: {
      id: 'i.id',
      since: 'i.finished_at',
      digest: digestOf('i'),
      from: 'from import i where i.institution_id = $1 and i.finished_at is not null',
    },
    lock: 'select from import where id = any($1::uuid[]) order by id for update',
    covers: ['upload_chunk.bytes_sealed'],
    destroy: (tx, { ids }) =>
      removeWithFiles(tx, ids, 'select upload from import where id = any($1::uuid[])', ['delete from import where id = any($1::uuid[])']),
  },
  {
    kind: 'report',
    title: { zh: '未签发的报告', en: 'Reports that nobody signed' },
    since: { zh: '最后一个版本完成之日', en: 'the day on which the last version was made' },
    destroying: { zh: '删除报告各版本、文件、数字及投递记录', en: 'All versions with their files, figures and deliveries are deleted' },
    rows: reportRows(false),
    ...reports,
  },
  {
    kind: 'report-signed',
    title: { zh: '已签发的报告', en: 'Signed reports' },
    since: { zh: '最后一个版本签发之日', en: 'the day on which the last version was signed' },
    destroying: {
      zh: '删除报告各版本、文件、数字及投递记录；其摘要留在证据日志中',
      en: 'All versions with their files, figures and deliveries are deleted; their SHA-256 stay in the evidence log',
    },
    rows: reportRows(true),
    ...reports,
  },
  {
    kind: 'personal-data-read',
    title: { zh: '查阅个人信息的记录', en: 'Notes of who read personal data' },
    since: { zh: '查阅之日', en: 'the day of the read' },
    destroying: { zh: '删除查阅记录；证据日志中的同一事实保留', en: 'The note is deleted; the same fact stays in the evidence log' },
    rules: [FIVE_YEARS],
    rows: {
      id: 'p.id',
      since: 'p.read_at',
      digest: digestOf('p'),
      subjects: 'p.resource_ids',
      cases: 'p.resource_ids',
      complaints: 'p.resource_ids',
      from: 'from personal_data_read p where p.institution_id = $1',
    },
    lock: 'select from personal_data_read where id = any($1::uuid[]) order by id for update',
    covers: [],
    destroy: async (tx, { ids }) => void (await tx.query('delete from personal_data_read where id = any($1::uuid[])', [ids])),
  },
];

/** What every service keeps for ever. */
export const platformForEver: readonly KeptForEver[] = [
  {
    what: { zh: '证据日志：记录、叶子、节点、树头及公钥', en: 'The evidence log: records, leaves, nodes, heads, public keys' },
    why: {
      zh: '缺一条即无法证明其余；其中的个人内容以主体密钥加密，密钥可以销毁',
      en: 'Without one nothing else could be proved; what is personal in it is under keys of the subject, which are destroyed',
    },
    columns: ['evidence_key.private_sealed', 'evidence_subject_key.key_sealed'],
  },
  {
    what: { zh: '保存规则、法律保全、销毁清单与证明', en: 'Rules of retention, legal holds, lists and proofs of destruction' },
    why: {
      zh: '它们证明何物因何规则被销毁；清单只有编号和摘要',
      en: 'They prove what was destroyed and by which rule; lists have ids and digests alone',
    },
    columns: ['retention_hold.reason_sealed', 'retention_hold.release_reason_sealed'],
  },
  {
    what: { zh: '报告的投递目标', en: 'Where reports are delivered to' },
    why: { zh: '属于机构的设置，移除时地址即被清除', en: 'A setting of the institution: its address is emptied when it is removed' },
    columns: ['report_target.address_sealed'],
  },
];
