import { findCareSigns } from '../index.ts';

const signsOf = (text: string): string[] => findCareSigns(text).map(({ sign, words }) => `${sign}: ${words.join('+')}`);

describe('signs of danger to life', () => {
  it.each([
    ['客户说再打电话就自杀', 'self-harm: 自杀'],
    ['债务人情绪激动，称不想活了', 'self-harm: 不想活'],
    ['说要跳 楼，已挂断', 'self-harm: 跳楼'],
    ['他講想輕生', 'self-harm: 轻生'],
    ['活着没意思，死了算了', 'self-harm: 活着没意思+死了算了'],
    ['写好了遗书', 'self-harm: 遗书'],
    ['没有钱还，想死', 'self-harm: 想死'],
    ['承诺周五还款。没有，他说自 杀', 'self-harm: 自杀'],
    ['He said he would kill himself.', 'self-harm: kill himself'],
    ['Debtor is suicidal', 'self-harm: suicidal'],
    ['she wants to die, will call back', 'self-harm: wants to die'],
    ['No answer first, then said: I will end my life', 'self-harm: end my life'],
    ['talks about SELF-HARM', 'self-harm: self harm'],
  ])('%s', (text, said) => expect(signsOf(text)).toEqual([said]));
});

describe('signs of hardship', () => {
  it.each([
    ['客户称自己是低保户，无收入', 'hardship: 低保户'],
    ['正在化疗，家里吃不上饭', 'hardship: 化疗+吃不上饭'],
    ['尿毒症透析，每周三次', 'hardship: 尿毒症+透析'],
    ['Has cancer, in chemotherapy', 'hardship: cancer+chemotherapy'],
    ['He cannot afford food', 'hardship: cannot afford food'],
    ["can't afford food for the children", 'hardship: can t afford food'],
    ['was evicted last week', 'hardship: evicted'],
  ])('%s', (text, said) => expect(signsOf(text)).toEqual([said]));

  it('of both kinds are both told', () => expect(signsOf('癌症晚期，说不想活了')).toEqual(['self-harm: 不想活', 'hardship: 癌']));
});

describe('what is no sign', () => {
  it.each([
    '承诺周五还款3000元',
    '没有自杀倾向，情绪平稳',
    '否认轻生',
    '未提及自杀',
    '没有表示要跳楼',
    '失业三个月，正在找工作',
    '资金周转困难，月底发工资',
    '客户想死你们的活动了，开玩笑',
    'No answer, voicemail left',
    'Denies any suicidal thoughts',
    'not suicidal',
    'no signs of self-harm',
    'He lost his job and is looking for another',
    'cured of it, will pay on Friday',
    '',
  ])('%s', (text) => expect(signsOf(text)).toEqual([]));
});
