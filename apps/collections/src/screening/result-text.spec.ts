import { ResultText } from './result-text.ts';
import { ResultWriter } from './result-lines.ts';
import type { Answered, Screened } from './screener.ts';

const answered = (ruleId: string, counted: number): Answered => {
  const decision = {
    verdict: 'refused',
    reasons: [
      {
        ruleId,
        severity: 'block',
        pack: 'cn-card',
        source: 'HLJ 20',
        limit: 3,
        counted,
        clearsAt: null,
        fact: null,
        rule: ruleId,
        detail: {},
      },
    ],
    nextPermittedAt: '2026-11-22T08:00:00+08:00',
    mustEndBy: null,
  } as const;
  return { decision, text: JSON.stringify(decision), nextPermittedAt: 0 };
};
const case1 = (caseId: string, answer: Answered | null): Screened => ({
  caseId,
  agencyId: null,
  partyId: 'P1',
  contactPointId: answer && 'point',
  missing: answer ? null : 'contactPointId',
  answer,
});

const shown = (kept: string, text: ResultText): string =>
  text.header +
  kept
    .trimEnd()
    .split('\n')
    .map((line) => text.line(line))
    .join('');

describe('results as they are kept', () => {
  it('come back whole, however many different answers there are', () => {
    const writer = new ResultWriter();
    const answers = Array.from({ length: 9000 }, (_, index) => answered('burst', index));
    let kept = '';
    // Twice over: by the second time the first ones have been forgotten, and numbers mean something else.
    for (const index of [...answers.keys(), ...answers.keys()]) kept += writer.line(case1(`C${index}`, answers[index] ?? null));
    const rows = shown(kept, new ResultText('ndjson', 'en', null))
      .trimEnd()
      .split('\n');
    expect(rows).toHaveLength(18_000);
    for (const [place, row] of rows.entries()) {
      const { caseId, reasons } = JSON.parse(row) as { caseId: string; reasons: { counted: number }[] };
      expect([caseId, reasons[0]?.counted]).toEqual([`C${place % 9000}`, place % 9000]);
    }
  });

  it('say in the words of the reader what is refused, and what could not be judged', () => {
    const writer = new ResultWriter();
    const kept = writer.line(case1('=cmd,"1"', answered('burst', 4))) + writer.line(case1('C2', null)) + writer.unknown('C3');
    expect(shown(kept, new ResultText('csv', 'zh', null))).toBe(
      [
        '\uFEFFcaseId,agencyId,verdict,missing,partyId,contactPointId,reasons,messages,nextPermittedAt,mustEndBy',
        `"'=cmd,""1""",,refused,,P1,point,burst,最近 60 分钟内对该债务人已拨打 4 次（上限 3 次，全部机构和号码合计）。,2026-11-22T08:00:00+08:00,`,
        'C2,,not-judged,contactPointId,P1,,,,,',
        'C3,,not-judged,caseId,,,,,,',
        '',
      ].join('\r\n'),
    );
    expect(
      shown(kept, new ResultText('ndjson', 'en', 'not-judged'))
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as { caseId: string }).caseId),
    ).toEqual(['C2', 'C3']);
    expect(shown(kept, new ResultText('ndjson', 'en', 'permitted'))).toBe('');
    expect(shown(kept, new ResultText('ndjson', 'en', 'refused'))).toContain('"message":"In the last 60 minutes');
  });
});
