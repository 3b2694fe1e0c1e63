export { verifyEvidence, type Said } from './command.ts';
export { PROBLEMS, type Finding, type Problem } from './finding.ts';
export { Unusable, type Summary } from './terms.ts';
export { Verifier } from './verifier.ts';
export { ReportCheck, type ReportSummary } from './report-check.ts';
