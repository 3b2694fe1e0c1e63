import { codeOf, formOf, PublicRoom, publicRequest } from '../../testing/public.ts';
import { PDF, PNG } from '../../testing/intake.ts';
import { BANK, handler, Stage } from '../../testing/stage.ts';

let stage: Stage;
let room: PublicRoom;

beforeAll(async () => {
  stage = await Stage.open();
  room = new PublicRoom(stage);
});
afterAll(() => stage.close());
beforeEach(() => {
  stage.now = '2026-11-21T15:00:00+08:00';
});

const count = async (table: string): Promise<number> => {
  const [row] = await stage.sql<{ count: number }>(`select count(*)::int as count from ${table}`);
  return row?.count ?? 0;
};

describe('a complaint on the public page', () => {
  it('is registered as received now, with a number and a code of which no copy is kept', async () => {
    const receipt = await room.file();
    expect(receipt).toEqual({
      receiptNumber: expect.stringMatching(/^TS20261121-\d{6}$/) as string,
      accessCode: expect.stringMatching(/^[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}$/) as string,
      receivedAt: '2026-11-21T15:00:00+08:00',
      dueOn: '2026-12-06',
    });
    const view = await stage.complaints.find(handler, await room.idOf(receipt), 'r');
    expect(view).toMatchObject({
      channel: 'web',
      receivedAt: '2026-11-21T15:00:00+08:00',
      account: null,
      registeredBy: 'complainant',
      complainant: { name: '王小云', contact: '13800005678', proxy: null },
      requests: ['停止夜间来电', '书面道歉'],
    });
    const rows = await stage.sql<{ whole: string }>('select row_to_json(r)::text as whole from public_receipt r');
    for (const { whole } of rows) expect(whole).not.toContain(receipt.accessCode.replaceAll('-', ''));
  });

  it('for somebody else names both; a reference stops nothing by itself', async () => {
    const receipt = await room.file({ onBehalfOf: '王大山', category: 'collection', caseReference: 'CASE-77' });
    const view = await stage.complaints.find(handler, await room.idOf(receipt), 'r');
    expect(view.complainant).toMatchObject({ name: '王大山', proxy: { name: '王小云', contact: '13800005678' } });
    expect([view.account, view.hold.state]).toEqual([null, 'none']);
    expect(view.narrative).toContain('案件编号：CASE-77');
  });

  it('keeps its files, shown to the complainant', async () => {
    const receipt = await room.file({}, { files: [await room.brought('录音说明.pdf'), await room.brought('b.pdf')] });
    const files = await room.files.desk.list(handler, await room.idOf(receipt), 'r');
    expect(
      files.items.map(({ fileName, kind, visibleToComplainant, uploadedBy }) => [fileName, kind, visibleToComplainant, uploadedBy]),
    ).toEqual([
      ['录音说明.pdf', 'evidence', true, 'complainant'],
      ['b.pdf', 'evidence', true, 'complainant'],
    ]);
  });

  it('is answered the same whether the person is known or not', async () => {
    await stage.register({ complainant: { name: '赵已知', contact: '13900001111' } });
    const known = await room.file({ name: '赵已知', contact: '13900001111' });
    const strange = await room.file({ name: '钱生人', contact: '13900002222' });
    expect(Object.keys(known)).toEqual(Object.keys(strange));
    expect([known.receivedAt, known.dueOn]).toEqual([strange.receivedAt, strange.dueOn]);
  });

  it('that fills in the field for programs is refused, and nothing is kept', async () => {
    const before = await count('complaint');
    await expect(room.file({ website: 'https://spam.test' })).rejects.toMatchObject({ extras: { errors: [{ pointer: '/website' }] } });
    expect(await count('complaint')).toBe(before);
  });
});

describe('a form that is sent again', () => {
  it('with its key is one complaint with one code, also at once', async () => {
    const before = await count('complaint');
    const visitor = room.visitor();
    const all = await Promise.all([1, 2, 3, 4, 5, 6].map(() => room.file({}, { key: 'f-1', visitor })));
    expect(new Set(all.map(({ receiptNumber, accessCode }) => `${receiptNumber} ${accessCode}`)).size).toBe(1);
    expect(await count('complaint')).toBe(before + 1);
    expect((await room.status(all[0] ?? { receiptNumber: '', accessCode: '' })).state).toBe('received');
  });

  it('with its key and other content is refused', async () => {
    await room.file({}, { key: 'f-2' });
    expect(await codeOf(room.file({ subject: '别的' }, { key: 'f-2' }))).toBe('idempotency-key-reused');
    expect(await codeOf(room.file({}, { key: 'f-2', files: [await room.brought()] }))).toBe('idempotency-key-reused');
  });
});

describe('whoever complains too often', () => {
  it('from one network waits, however many come at once, and is told how long', async () => {
    const visitor = room.visitor({ ip: '192.0.2.7' });
    const all = await Promise.all(Array.from({ length: 9 }, () => codeOf(room.file({}, { visitor }))));
    expect(all.filter((one) => one === 'done')).toHaveLength(5);
    expect(all.filter((one) => one === 'too-many-requests')).toHaveLength(4);
    await expect(room.file({}, { visitor: room.visitor({ ip: '::ffff:192.0.2.7' }) })).rejects.toMatchObject({
      extras: { retryAfterSeconds: 3600 },
    });
    stage.now = '2026-11-21T16:00:00+08:00';
    expect(await codeOf(room.file({}, { visitor }))).toBe('done');
  });

  it('to one institution, from wherever, waits as well', async () => {
    const few = new PublicRoom(stage, undefined, {
      publicInstitutionId: 'bank-few',
      publicUrl: 'https://x.example',
      publicComplaintsPerHour: 3,
      publicFileLimitBytes: 1024,
    });
    const all = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        codeOf(few.file({}, { visitor: few.visitor({ institutionId: 'bank-few', ip: `203.0.113.${n}` }) })),
      ),
    );
    expect(all.filter((one) => one === 'done')).toHaveLength(3);
  });

  it('sends no more forms after forty in ten minutes, whatever is in them', async () => {
    const visitor = room.visitor({ ip: '192.0.2.8' });
    const all = await Promise.all(Array.from({ length: 44 }, () => codeOf(room.intake.admit(visitor))));
    expect(all.filter((one) => one === 'done')).toHaveLength(40);
    stage.now = '2026-11-21T15:10:00+08:00';
    expect(await codeOf(room.intake.admit(visitor))).toBe('done');
  });
});

it('an institution that takes no complaints here has none', async () => {
  expect(await codeOf(room.intake.admit(room.visitor({ institutionId: 'bank-9' })))).toBe('takes-no-complaints');
});

describe('the page', () => {
  const { onBehalfOf: _, ...fields } = {
    ...publicRequest(),
    onBehalfOf: '',
    category: '',
    caseReference: '',
    website: '',
    formKey: 'page-1',
  };
  const post = async (
    url: string,
    given: Readonly<Record<string, string | null>>,
    files: readonly { name: string; bytes: Buffer }[] = [],
  ) => {
    const app = await room.web();
    const { payload, headers } = await formOf(given as Record<string, string>, files);
    const answer = await app.inject({ method: 'POST', url, payload, headers, remoteAddress: room.visitor().ip });
    await app.close();
    return answer;
  };

  it('takes a form with files and shows the receipt once', async () => {
    const answer = await post('/form', fields as never, [{ name: '截图.png', bytes: PNG }]);
    expect(answer.statusCode).toBe(201);
    const [number, code] = [
      /TS\d{8}-\d{6}/.exec(answer.body)?.[0] ?? '',
      /[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(answer.body)?.[0] ?? '',
    ];
    const status = await room.status({ receiptNumber: number, accessCode: code });
    expect(status.files.map(({ fileName }) => fileName)).toEqual(['截图.png']);
    expect(answer.body).not.toContain('<script');
  });

  it('shows what was typed again where something is wrong, escaped, and keeps no file', async () => {
    const uploads = await count('upload');
    const answer = await post('/form', { ...fields, formKey: 'page-2', contact: '1', subject: '<b>"x"</b>' } as never, [
      { name: 'a.pdf', bytes: PDF },
    ]);
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('&lt;b&gt;&quot;x&quot;&lt;/b&gt;');
    expect(answer.body).toContain('id="contact-wrong"');
    expect(answer.body).toContain('value="page-2"');
    expect(await count('upload')).toBe(uploads);
  });

  it('refuses what is too large, of a strange type, or too much, in words', async () => {
    const uploads = await count('upload');
    const large = await post('/form', fields as never, [{ name: 'a.pdf', bytes: Buffer.concat([PDF, Buffer.alloc(65 * 1024)]) }]);
    expect([large.statusCode, large.body.includes('文件太大')]).toEqual([413, true]);
    const strange = await post('/form', fields as never, [
      { name: 'a.exe', bytes: Buffer.from('4d5a90000300000004000000ffff0000', 'hex') },
    ]);
    expect([strange.statusCode, strange.body.includes('格式')]).toEqual([415, true]);
    const many = await post(
      '/form',
      fields as never,
      Array.from({ length: 11 }, (_each, n) => ({ name: `${n}.pdf`, bytes: PDF })),
    );
    expect([many.statusCode, many.body.includes('文件数量过多')]).toEqual([422, true]);
    expect(await count('upload')).toBe(uploads);
  });

  it('adds, withdraws and asks again', async () => {
    const receipt = await room.file();
    const opening = { receiptNumber: receipt.receiptNumber, accessCode: receipt.accessCode };
    const shown = await post('/status', { act: 'status', ...opening });
    expect([shown.statusCode, shown.body.includes('已收到，正在分派')]).toEqual([200, true]);
    const added = await post('/status', { act: 'add', formKey: 'a-1', ...opening, text: '另有录音' }, [{ name: '录音.pdf', bytes: PDF }]);
    expect([added.body.includes('已收到您补充的内容'), added.body.includes('录音.pdf')]).toEqual([true, true]);
    const nothing = await post('/status', { act: 'add', formKey: 'a-2', ...opening, text: '' });
    expect([nothing.statusCode, nothing.body.includes('请填写要补充的内容')]).toEqual([422, true]);
    const unsure = await post('/status', { act: 'withdraw', ...opening });
    expect([unsure.statusCode, unsure.body.includes('请勾选确认')]).toEqual([422, true]);
    const gone = await post('/status', { act: 'withdraw', ...opening, confirmed: 'true', reason: '已解决' });
    expect([gone.statusCode, gone.body.includes('投诉已撤回')]).toEqual([200, true]);
    const wrong = await post('/status', { act: 'status', ...opening, accessCode: 'WRNG-WRNG-WRNG' });
    expect([wrong.statusCode, wrong.body.includes('回执编号或查询码不正确'), wrong.body.includes(receipt.accessCode)]).toEqual([
      404,
      true,
      false,
    ]);
  });

  it('of channels and of the form are whole in both languages', async () => {
    for (const language of ['zh', 'en'] as const) {
      const asked = { institutionId: undefined, language, ip: '192.0.2.1', requestId: 'r' };
      const how = (await room.pages.howTo(asked)).body;
      expect(how).toContain('tel:12378');
      expect(how).toContain('tel:12363');
      expect(how).toContain(language === 'zh' ? '15 日内' : '15 days');
      const form = room.pages.form(asked).body;
      const labels = [...form.matchAll(/<label for="([^"]+)"/g)].map(([, name]) => name);
      const controls = [...form.matchAll(/<(?:input|textarea|select) id="([^"]+)"/g)].map(([, name]) => name);
      expect(labels.toSorted()).toEqual(controls.toSorted());
    }
    expect(BANK).toBe('bank-1');
  });
});
