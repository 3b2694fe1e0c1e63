import { Handling, key, refusalOf } from '../../testing/handling.ts';
import { FileRoom, PDF, PNG } from '../../testing/intake.ts';
import { handler, principal, Stage } from '../../testing/stage.ts';
import { WorkFiles, WorkFileService } from './work-file.service.ts';
import { WorkDesk } from './work.service.ts';
import { WorkStore } from './work.store.ts';

let stage: Stage;
let room: Handling;
let kept: FileRoom;
let files: WorkFileService;

const agency = principal('agency-supervisor', { agencyId: 'a1' });
const stranger = principal('agency-supervisor', { agencyId: 'a2' });

beforeAll(async () => {
  stage = await Stage.open();
  room = new Handling(stage);
  kept = new FileRoom(stage);
  files = new WorkFileService(
    new WorkDesk(stage.source, stage.reading, stage.timeline, room.desk, stage.vault),
    new WorkStore(),
    room.work,
    new WorkFiles(kept.files, kept.uploads, { fileLimitBytes: 1024 * 1024 }),
  );
});
afterAll(() => stage.close());
beforeEach(() => (stage.now = '2026-11-23T10:00:00+08:00'));

async function asked(): Promise<{ complaint: string; task: string }> {
  const { id } = await stage.register({ against: { agencyId: 'a1' } });
  const request = { agencyId: 'a1', question: 'x', dueAt: '2026-11-25T10:00:00+08:00' };
  return { complaint: id, task: await room.work.ask(handler, id, request, null) };
}
const add = async (task: string, bytes: Buffer, by = agency, name: string | null = null) => {
  const upload = await kept.uploads.keep(by.institutionId, 'complaint-file', [bytes]);
  return files.take(by, task, { upload, fileName: '录音清单.pdf', isNamed: true }, name, 'r');
};
const code = async (work: Promise<unknown>) => (await refusalOf(work)).kind.code;

describe('files of a task', () => {
  it('are seen by who is asked and by the desk; other files of the complaint are not', async () => {
    const { complaint, task } = await asked();
    const other = await kept.add(complaint);
    const [file] = (await add(task, PDF)).items;
    await add(task, PNG, handler);
    expect((await files.list(agency, task, 'r')).items.map(({ mime }) => mime)).toEqual(['application/pdf', 'image/png']);
    const opened = await files.open(agency, task, file?.id ?? '', 'r');
    expect(opened).toMatchObject({ fileName: '录音清单.pdf', bytes: PDF.length });
    expect(await code(files.open(agency, task, other.id, 'r'))).toBe('not-found');
    expect(await code(files.list(stranger, task, 'r'))).toBe('not-found');
    expect(await code(add(task, PDF, stranger))).toBe('not-found');
    expect((await kept.desk.list(handler, complaint, 'r')).items).toHaveLength(3);
    const rows = await stage.sql('select from personal_data_read where subject = $1 and $2 = any(fields)', [
      agency.subject,
      `file ${file?.id}`,
    ]);
    expect(rows).toHaveLength(1);
  });

  it('once for a key, also at once, and only while the task is open', async () => {
    const { task } = await asked();
    const all = await Promise.all([1, 2, 3].map(() => add(task, PDF, agency, `file-${task}`)));
    expect(new Set(all.map(({ items }) => items.length))).toEqual(new Set([1]));
    expect(await code(add(task, PNG, agency, `file-${task}`))).toBe('idempotency-key-reused');
    await room.work.answer(agency, task, { text: 'x' }, key(`answer-${task}`));
    expect(await code(add(task, PDF))).toBe('forbidden');
  });
});
