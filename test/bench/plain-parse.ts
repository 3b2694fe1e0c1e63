// What a look-back is measured against: csv-parse counting the rows of a file, in the fastest of its plain uses that was found.
import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';

let rows = 0;
const parser = parse();
parser.on('readable', () => {
  while (parser.read() !== null) rows += 1;
});
await new Promise<void>((resolve, reject) => {
  parser.once('end', resolve).once('error', reject);
  createReadStream(process.argv[2] ?? '', { highWaterMark: 1024 * 1024 })
    .once('error', reject)
    .pipe(parser);
});
process.stdout.write(`${rows - 1}\n`);
