import type { PackRow } from '../index.ts';

/** What a case shows of a rule: a contact that passes, one refused at the very edge, one that an exception lets pass, or a fact that is wanting. */
export type Shows = 'permitted' | 'edge' | `exception:${string}` | `missing:${string}`;

const consentOf = (consent: string | null): string[] => (consent === null ? [] : [`consent:${consent}`]);

/** The exceptions of a row, by name, as its parameters make them. */
export function exceptionsOf(row: PackRow): string[] {
  switch (row.kind) {
    case 'standing':
      return row.params.check === 'referral' ? ['bank'] : (row.params.exceptPurposes ?? []).map((purpose) => `purpose:${purpose}`);
    case 'hold':
      return [
        ...(row.params.exceptPurposes ?? []).map((purpose) => `purpose:${purpose}`),
        ...(row.params.exceptRoles ?? []).map((role) => `role:${role}`),
        ...(row.params.hold === 'complaint-hold' ? ['scope'] : []),
      ];
    case 'third-party':
      return { target: ['representative'], lost: ['representative', 'numbers', 'three-calls', 'three-days'], stopped: [] }[
        row.params.check
      ];
    case 'time-window':
      return [...consentOf(row.params.consent), ...(row.params.channels.length < 6 ? ['channel'] : [])];
    case 'preference':
      return [...consentOf(row.params.consent), 'withdrawn'];
    case 'contact-point':
      return row.params.sources.map((source) => `source:${source}`);
    case 'counter':
      return [
        ...consentOf(row.params.consent),
        ...(row.params.scope === 'all-actors' ? [] : [`scope:${row.params.scope}`]),
        ...(row.params.seat === 'debt' ? ['debt'] : []),
      ];
    case 'visit':
      return [];
    case 'agency':
      return ['bank'];
    case 'device':
      return ['bank', ...consentOf(row.params.consent)];
    case 'content':
      return ['channel'];
    case 'calendar':
      return ['channel', ...(row.params.regions === undefined ? [] : ['region'])];
  }
}

/** The facts without which a row refuses. */
export function missingOf(row: PackRow): string[] {
  switch (row.kind) {
    case 'standing':
      return row.params.check === 'referral'
        ? ['case', 'case.referralNoticeAt']
        : ['case', 'case.status', 'case.balance', 'case.overdueSince'];
    case 'hold':
      return ['holds'];
    case 'third-party':
      return {
        target: ['partyRole', 'purpose'],
        lost: ['partyRole', 'purpose', 'history', 'contactPoints'],
        stopped: ['partyRole', 'history', 'partyId'],
      }[row.params.check];
    case 'preference':
      return ['partyId', 'contactPoint'];
    case 'contact-point':
      return ['contactPoint', 'contactPoints'];
    case 'counter':
      return [
        ...(row.params.mode === null ? [] : ['mode']),
        ...(row.params.seat === 'contact-point' ? ['contactPoint'] : []),
        ...(row.params.seat === 'debt' ? ['debtId', 'partyId'] : []),
        ...(row.params.scope === 'collector' ? ['collectorIds'] : []),
        'history',
      ];
    case 'visit':
      return ['collectorIds'];
    case 'agency':
      return {
        standing: ['agency', 'agency.status', 'agency.published', 'agency.contract', 'agency.entrusted'],
        evaluated: ['agency', 'agency.lastEvaluatedOn'],
        collector: ['agency', 'collectorIds', 'agency.collectors'],
      }[row.params.check].map((fact) => fact);
    case 'device':
      return ['deviceId', 'agency', 'agency.devices'];
    case 'content':
      return ['message', 'message.version', 'message.approved', 'message.text', 'case.balance'];
    case 'calendar':
      return row.params.regions === undefined ? [] : ['region'];
    case 'time-window':
      return [];
  }
}

/** What the cases of a row must show at least. */
export const owedBy = (row: PackRow): Shows[] => [
  'permitted',
  'edge',
  ...exceptionsOf(row).map((name): Shows => `exception:${name}`),
  ...missingOf(row).map((fact): Shows => `missing:${fact}`),
];
