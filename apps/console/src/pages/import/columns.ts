export interface Columns {
  readonly needed: readonly string[];
  readonly optional: readonly string[];
}

/** What the services read from a file; tools/console-columns.spec.ts holds it to what they say themselves. */
export const CASE_COLUMNS: Columns = {
  needed: [
    'caseId',
    'debtorId',
    'debtorName',
    'debtId',
    'balance',
    'currency',
    'partyId',
    'partyRole',
    'partyName',
    'contactPoint',
    'contactChannel',
  ],
  optional: ['institutionId', 'idNumber', 'product', 'overdueSince', 'timeZone', 'contactSource', 'agencyId', 'region', 'referralNoticeAt'],
};

export const LOG_COLUMNS: Columns = {
  needed: ['attemptId', 'debtorId', 'partyRole', 'contactPoint', 'channel', 'mode', 'purpose', 'initiator', 'startedAt', 'result'],
  optional: ['caseId', 'debtId', 'partyId', 'agencyId', 'collectorIds', 'deviceId', 'endedAt', 'timeZone'],
};

export const AGENCY_COLUMNS: Columns = {
  needed: ['agencyId', 'name'],
  optional: ['institutionId', 'licence', 'status', 'published', 'contractFrom', 'contractTo', 'lastEvaluatedOn', 'phone', 'address'],
};

export const STAFF_COLUMNS: Columns = {
  needed: ['agencyId', 'collectorId', 'name'],
  optional: ['institutionId', 'certificateUntil', 'deviceIds', 'status'],
};

export const PAYMENT_COLUMNS: Columns = {
  needed: ['paymentId', 'caseId', 'paidAt', 'amount', 'currency'],
  optional: ['institutionId', 'reversalOf', 'balanceAfter'],
};
export const DUE_COLUMNS: Columns = {
  needed: ['caseId', 'dueOn', 'amountDue', 'currency'],
  optional: ['institutionId', 'paidOn'],
};
