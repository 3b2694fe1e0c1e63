import { checkScript, fillScript, type ScriptText } from './check-script.ts';

const good: ScriptText = {
  channel: 'voice',
  audience: 'debtor',
  title: '首次提醒',
  identity:
    '您好，我是{{organisation}}的{{callerName}}，工号{{collectorNumber}}，受{{bankName}}委托，就您信用卡的逾期还款事宜与您联系，本次通话将被录音。',
  text: '您的{{product}}自{{overdueSince}}起逾期，目前欠款{{balance}}{{currency}}。请问您方便什么时候还款？如有困难可以协商。',
};
const faults = (more: Partial<ScriptText>): string[] =>
  checkScript({ ...good, ...more }).map(({ pointer, detail, source }) => `${pointer} ${detail} [${source ?? ''}]`);

it('lets a script pass that says who calls, for whom, with which number, that it is recorded, and why', () => {
  expect(faults({})).toEqual([]);
  expect(
    faults({
      identity:
        'This is {{callerName}}, number {{collectorNumber}}, of {{organisation}}, for {{bankName}}, about an overdue payment. This call is recorded.',
      text: 'Your balance is {{balance}} {{currency}}. When can you pay?',
    }),
  ).toEqual([]);
});

it.each([
  ['{{callerName}}', /\{\{callerName\}\}.*HLJ 21/],
  ['{{collectorNumber}}', /\{\{collectorNumber\}\}/],
  ['{{organisation}}', /\{\{organisation\}\}/],
  ['{{bankName}}', /\{\{bankName\}\}/],
  ['，本次通话将被录音', /recorded.*HLJ 21/],
  ['就您信用卡的逾期还款事宜', /why/],
])('refuses an identity statement without %s, with its article', (part, said) => {
  expect(faults({ identity: good.identity.replace(part, '') })).toEqual([expect.stringMatching(said)]);
});

it.each([
  [{ text: '再不还款就通知你单位领导' }, /exposure|threat/],
  [{ text: '请还款5000元' }, /amount of its own/],
  [{ text: '您好{{phone}}' }, /names phone/],
  [{ text: '您好{balance}' }, /brace/],
])('refuses %j', (more, said) => expect(faults(more).join('\n')).toMatch(said));

it('says nothing of the debt to third parties', () => {
  const third: Partial<ScriptText> = {
    audience: 'third-party',
    identity:
      '您好，我是{{organisation}}的{{callerName}}，工号{{collectorNumber}}，代表{{bankName}}，想请您转告{{debtorName}}与我们联系，本次通话将被录音。',
    text: '请转告其拨打我们的电话，谢谢。',
  };
  expect(faults(third)).toEqual([]);
  expect(faults({ ...third, text: '他欠款{{balance}}，请转告' })).toEqual([
    expect.stringMatching(/balance.*CC11 68/),
    expect.stringMatching(/欠款.*CC11 68/),
  ]);
  expect(faults({ ...third, text: 'He owes us money, please pass on a message' })).toEqual([expect.stringMatching(/owes/)]);
});

it('fills what is known and names what is not', () => {
  expect(fillScript('我是{{callerName}}，{{ bankName }}', { callerName: '王五', bankName: null })).toEqual({
    text: '我是王五，{{ bankName }}',
    missing: ['bankName'],
  });
});
