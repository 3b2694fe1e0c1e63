import { prefillOf, toComplaint } from './draft.ts';

describe('the form of a new complaint', () => {
  it('begins with the account and agency of the contact that leads to it', () => {
    const { draft, isFromContact } = prefillOf(new URLSearchParams('caseId=C-1&agencyId=A-7'));
    expect(isFromContact).toBe(true);
    expect(draft).toMatchObject({ account: 'C-1', category: 'collection', against: { agencyId: 'A-7' } });
  });

  it('begins empty otherwise, but for how most come in', () => {
    const { draft, isFromContact } = prefillOf(new URLSearchParams(''));
    expect(isFromContact).toBe(false);
    expect(draft).toMatchObject({ channel: 'phone', kind: 'self' });
    expect(draft.category).toBeUndefined();
  });

  it('sends what was filled in, a request for each line', () => {
    const sent = toComplaint(
      {
        channel: 'phone',
        category: '',
        complainant: { name: ' 张三 ', idNumber: '', contact: '13800000001', proxy: { name: '李四' } },
        subject: '频繁来电',
        narrative: '一日七次',
        requests: '停止来电\n\n 道歉 ',
        against: { agencyId: '', collectorId: ' ' },
        groupSize: 1,
        receivedAt: '2026-11-20T09:00',
      },
      'Asia/Shanghai',
    );
    expect(sent).toStrictEqual({
      channel: 'phone',
      complainant: { name: '张三', contact: '13800000001' },
      subject: '频繁来电',
      narrative: '一日七次',
      requests: ['停止来电', '道歉'],
      receivedAt: '2026-11-20T09:00:00+08:00',
    });
  });

  it('sends the proxy only where there is one', () => {
    const sent = toComplaint(
      { kind: 'proxy', complainant: { name: '张三', contact: '1', proxy: { name: '李四', contact: '' } } },
      'Asia/Shanghai',
    );
    expect(sent.complainant).toStrictEqual({ name: '张三', contact: '1', proxy: { name: '李四' } });
    expect(sent.complainantKind).toBe('proxy');
  });

  it('sends of who complains what the kind has, and nothing that was typed before it was chosen', () => {
    const typed = {
      complainant: { name: '张三', idNumber: '1', contact: '' },
      groupSize: 7,
      representatives: [{ name: '王一', relationship: '' }, { name: '' }],
      forwarded: { regulator: 'pboc', reference: 'P-1' },
    };
    const group = toComplaint({ ...typed, kind: 'group' }, 'Asia/Shanghai');
    expect(group).toMatchObject({ complainantKind: 'group', groupSize: 7, representatives: [{ name: '王一' }] });
    expect(group.forwarded).toBeUndefined();
    const anonymous = toComplaint({ ...typed, kind: 'anonymous', isForwarded: true }, 'Asia/Shanghai');
    expect(anonymous).toStrictEqual({
      complainantKind: 'anonymous',
      forwarded: { regulator: 'pboc', reference: 'P-1' },
      complainant: {},
      requests: [],
    });
    expect(toComplaint({ ...typed, kind: 'self' }, 'Asia/Shanghai').groupSize).toBeUndefined();
  });
});
