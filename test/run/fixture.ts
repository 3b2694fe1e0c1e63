// Run by tools/run.mjs in its test: says its arguments, or writes without end, or waits to be stopped.
const [what = '', code = '0'] = process.argv.slice(2);
if (what === 'endless') {
  process.stdout.on('error', () => process.exit(0));
  const more = (): void => {
    while (process.stdout.write('line\n'));
    process.stdout.once('drain', more);
  };
  more();
} else if (what === 'wait') {
  const waiting = setInterval(() => undefined, 1000);
  process.once('SIGINT', () => {
    clearInterval(waiting);
    process.exitCode = 5;
  });
  process.stdout.write('waiting\n');
} else {
  process.stdout.write(`${what}\n`);
  process.exitCode = Number(code);
}
