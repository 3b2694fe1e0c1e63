// `npm run -s verify-evidence`: checks an export of evidence with no server and no database. A part of the repository that an examiner can run alone.
import { verifyEvidence } from '#evidence-check';

process.exitCode = await verifyEvidence(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  error: (text) => void process.stderr.write(text),
});
