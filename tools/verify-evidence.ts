// `npm run -s verify-evidence`: checks an export of evidence with no server and no database. A part of the repository that an examiner can run alone.
import { verifyEvidence } from '#evidence-check';

// Who reads only the first lines (`| head`) has seen that there are problems.
process.stdout.on('error', () => process.exit(1));

process.exitCode = await verifyEvidence(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  error: (text) => void process.stderr.write(text),
});
