export { agencyColumns, makeAgencies, makeStaff, staffColumns, type AgencyOptions } from './agencies.ts';
export { caseColumns, makeCases, type CaseOptions, type CaseRow } from './cases.ts';
export {
  asDelivered,
  contactLogColumns,
  contactLogLine,
  makeContactLog,
  type ContactLogOptions,
  type ContactLogRow,
  type PlannedRow,
} from './contact-log.ts';
export { COMPLAINTS_SEED, makeComplaints, type MadeComplaint, type MadeEvent } from './complaints.ts';
export { csvLine } from './csv-line.ts';
export { addressOf, agencyIds, collectors, institutionId, singleCasesOf, SUSPENDED_AGENCY } from './institution.ts';
export { breachesPerMille, type Breach } from './sessions.ts';
