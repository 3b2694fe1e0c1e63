import { rowsOfLines } from './matrix-lines.ts';
import { blocksOfLines, linesOfBlocks } from './template-lines.ts';

describe('what is typed as lines', () => {
  it('is rows of a matrix', () => {
    expect(rowsOfLines(['50000 - - - head-office 2', '- serious major collection supervisor 1', 'x'])).toEqual([
      { amountAbove: '50000', severity: null, major: false, area: null, role: 'head-office-approver', approvers: 2 },
      { amountAbove: null, severity: 'serious', major: true, area: 'collection', role: 'complaint-supervisor', approvers: 1 },
      { amountAbove: 'x', severity: null, major: false, area: null, role: '', approvers: Number.NaN },
    ]);
  });

  it('is blocks of a letter, and back', () => {
    const blocks = blocksOfLines(['facts: {{facts}}', 'remedies：court', 'Dear: customer', 'plain']);
    expect(blocks).toEqual([
      { kind: 'facts', text: '{{facts}}' },
      { kind: 'remedies', text: 'court' },
      { kind: 'text', text: 'Dear: customer' },
      { kind: 'text', text: 'plain' },
    ]);
    expect(blocksOfLines(linesOfBlocks(blocks).split('\n'))).toEqual(blocks);
  });
});
