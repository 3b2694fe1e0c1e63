// Run by flat-memory.spec.ts in a process of its own: reads a file that is made while it is read, and prints what it took.
import { readTable, type TableSource } from '#tabular';

const megabytes = Number(process.argv[2]);
const line = 'A0000001,"+8615400000000",no-answer,' + 'x'.repeat(160) + '\n';
const chunk = Buffer.from(line.repeat(1_300));
const chunks = Math.ceil((megabytes * 1024 * 1024) / chunk.length);
const header = Buffer.from('attemptId,contactPoint,result,note\n');

const source: TableSource = {
  bytes: header.length + chunks * chunk.length,
  async *open() {
    yield header;
    for (let made = 0; made < chunks; made += 1) yield chunk;
  },
};

let rows = 0;
let errors = 0;
const columns = ['attemptId', 'contactPoint', 'result', 'note'].map((name) => ({ name, required: true }));
for await (const batch of readTable(source, columns)) {
  rows += batch.rows.length;
  errors += batch.errors.length;
}
process.stdout.write(
  JSON.stringify({ rows, expected: chunks * 1_300, errors, peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024) }),
);
