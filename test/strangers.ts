const reason = 'r';
const evidence = 'e';
const partyId = 'P1';
const owed = { principal: '5000.00', interest: '0.00', fees: '0.00' };
const terms = { owed, method: 'equal-principal', months: 12, firstDueOn: '2030-01-20' };

/** What each route on a case takes: a body that is refused for its fields would hide what belongs to others. */
export const BODIES: Readonly<Record<string, object>> = {
  'POST /v1/cases/{id}/holds': { kind: 'cease', reason },
  'POST /v1/holds/{id}/release': { reason },
  'POST /v1/cases/{id}/consents': { partyId, kind: 'frequency', channels: ['voice'], givenAt: '2026-01-01T00:00:00Z', evidence },
  'POST /v1/consents/{id}/withdrawal': { evidence },
  'POST /v1/cases/{id}/opt-outs': { partyId, evidence },
  'POST /v1/opt-outs/{id}/withdrawal': { evidence },
  'POST /v1/cases/{id}/referral-notice': { toldAt: '2026-01-01T00:00:00Z', evidence },
  'POST /v1/cases/{id}/contact-points': { partyId, channel: 'voice', value: '+8613800000077', source: 'debtor' },
  'POST /v1/cases/{id}/contact-points/{pointId}/status': { status: 'invalid', reason },
  'POST /v1/cases/{id}/contact-points/{pointId}/checks': { result: 'valid', how: 'called' },
  'POST /v1/cases/{id}/entrustment': { agencyId: 'agency-b', reason },
  'POST /v1/cases/{id}/entrustment/withdrawal': { reason },
  'POST /v1/cases/{id}/recall': { reason },
  'POST /v1/cases/{id}/notes': { text: 't' },
  'POST /v1/cases/{id}/objections': { kind: 'amount', disputed: 'd', channel: 'voice' },
  'POST /v1/cases/{id}/parties': { partyId: 'P9', role: 'related', name: 'n', basis: 'b', reason },
  'POST /v1/cases/{id}/parties/{partyId}/end': { reason },
  'POST /v1/cases/{id}/parties/{partyId}/liability': { role: 'guarantor', basis: 'b', reason },
  'POST /v1/cases/{id}/plan-preview': terms,
  'POST /v1/cases/{id}/plans': { ...terms, hardship: 'illness', circumstances: { monthlyIncome: '1.00', monthlyExpense: '1.00' } },
  'POST /v1/reports/{id}/corrections': { reason },
  'POST /v1/cases/{id}/promises': { amount: '1.00', dueOn: '2030-01-20' },
};
