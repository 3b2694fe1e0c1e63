// `npm run bench`: each number beside a baseline of the same run, because machines are noisy. `npm run bench -- gate` runs one.
import { benchGate, gateTable } from './gate.ts';
import { benchLookback, lookbackTable } from './lookback.ts';

const wanted = process.argv.slice(2);
const isWanted = (name: string): boolean => wanted.length === 0 || wanted.includes(name);

if (isWanted('gate')) process.stdout.write(`${gateTable(await benchGate())}\n`);
if (isWanted('lookback')) process.stdout.write(`${lookbackTable(await benchLookback({}))}\n`);
process.exit(0);
