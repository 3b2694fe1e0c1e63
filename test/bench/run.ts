// `npm run bench`: each number beside a baseline of the same run, because machines are noisy. `npm run bench -- gate` runs one.
// `npm run bench -- sweep --large=100000 --due=2000 --seconds=3` runs it smaller, as does
// `npm run bench -- imports --cases=10000 --rows=100000`, `npm run bench -- evidence --records=10000`, `npm run bench -- report --contacts=10000`, `npm run bench -- replay --decisions=50000` and `npm run bench -- screening --cases=100000`.
import { benchEvidence, evidenceTable, usualEvidence } from './evidence.ts';
import { benchGate, gateTable } from './gate.ts';
import { benchImports, importsTable, usualImports } from './import-under-load.ts';
import { benchReport, reportTable, usualReport } from './report.ts';
import { benchLookback, lookbackTable } from './lookback.ts';
import { benchReplay, replayTable, usualReplay } from './replay.ts';
import { benchSimulation, simulationTable, usualSimulation } from './simulation.ts';
import { benchScreening, screeningTable, usualScreening } from './screening.ts';
import { benchSweep, sweepTable, usualSweep } from './sweep.ts';

const args = process.argv.slice(2);
const wanted = args.filter((arg) => !arg.startsWith('--'));
const isWanted = (name: string): boolean => wanted.length === 0 || wanted.includes(name);
const sizes = Object.fromEntries(args.filter((arg) => arg.startsWith('--')).map((arg) => arg.slice(2).split('=')));

const sized = <T extends object>(usual: T): T =>
  Object.fromEntries(Object.entries(usual).map(([name, value]) => [name, name in sizes ? Number(sizes[name]) : value])) as T;

if (isWanted('gate')) process.stdout.write(`${gateTable(await benchGate())}\n`);
if (isWanted('evidence')) process.stdout.write(`${evidenceTable(await benchEvidence(sized(usualEvidence)))}\n`);
if (isWanted('report')) process.stdout.write(`${reportTable(await benchReport(sized(usualReport)))}\n`);
if (isWanted('lookback')) process.stdout.write(`${lookbackTable(await benchLookback({}))}\n`);
if (isWanted('sweep')) process.stdout.write(`${sweepTable(await benchSweep(sized(usualSweep)))}\n`);
if (isWanted('replay')) process.stdout.write(`${replayTable(await benchReplay(sized(usualReplay)))}\n`);
if (isWanted('simulation')) process.stdout.write(`${simulationTable(await benchSimulation(sized(usualSimulation)))}\n`);
if (isWanted('screening')) process.stdout.write(`${screeningTable(await benchScreening(sized(usualScreening)))}\n`);
if (isWanted('imports')) process.stdout.write(`${importsTable(await benchImports(sized(usualImports)))}\n`);
process.exit(0);
