export { verifyEvidence, type Said } from './command.ts';
export { PROBLEMS, type Finding, type Problem } from './finding.ts';
export { Unusable, Verifier, type Summary } from './verifier.ts';
