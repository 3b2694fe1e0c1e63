/** How the pieces of a clock look: told apart by pattern as well as by colour. */
export interface Look {
  readonly fill: string;
  readonly pattern: 'plain' | 'slant' | 'cross' | 'dots' | 'rails' | 'bars';
  readonly stroke: string;
}

const OTHER: Look = { fill: '#5d6b78', pattern: 'plain', stroke: '#fff' };

const LOOKS: Readonly<Record<string, Look>> = {
  decide: { fill: '#0b5f57', pattern: 'plain', stroke: '#fff' },
  restart: { fill: '#17776d', pattern: 'dots', stroke: '#9fd8cf' },
  'decide-complex': { fill: '#1f4e8c', pattern: 'slant', stroke: '#8fb3e0' },
  'decide-special': { fill: '#4a3a78', pattern: 'cross', stroke: '#a99bd4' },
  agreed: { fill: '#7a4b00', pattern: 'bars', stroke: '#d9a95b' },
  pause: { fill: '#eceeed', pattern: 'rails', stroke: '#77838f' },
  overdue: { fill: '#fdeceb', pattern: 'slant', stroke: '#a3201d' },
};

export const lookOf = (cause: string): Look => LOOKS[cause] ?? OTHER;
