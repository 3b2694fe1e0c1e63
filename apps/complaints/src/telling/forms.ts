import type { FieldError } from '#problem';

/** How somebody is told (CMP20 21). */
export const TELLING_FORMS = ['handed', 'posted', 'sms', 'email', 'phone'] as const;
export type TellingForm = (typeof TELLING_FORMS)[number];

/** Ways in which somebody was looked for. */
export const TRY_FORMS = ['phone', 'sms', 'email', 'visit', 'post'] as const;
export type TryForm = (typeof TRY_FORMS)[number];
export const TRY_RESULTS = ['no-answer', 'busy', 'not-in-service', 'away', 'returned', 'refused', 'failed', 'other'] as const;
export type TryResult = (typeof TRY_RESULTS)[number];

/** What proves a telling; which of it is needed depends on the form. */
export interface Proof {
  readonly fileIds: readonly string[];
  /** Who took the paper. */
  readonly receivedBy: string | null;
  /** Number or place of the receipt, where it is not a file. */
  readonly receiptRef: string | null;
  readonly trackingNo: string | null;
  readonly recordingRef: string | null;
  readonly spokeWith: string | null;
  /** What was read out and said back. */
  readonly readBack: string | null;
  readonly to: string | null;
}

const SOURCE = 'CMP20 21';

/** What the form's proof lacks; empty: nothing. Texts and mails prove themselves, once they were sent. */
export function lacksProof(form: TellingForm, proof: Proof): FieldError[] {
  const lacks = (field: string, detail: string): FieldError => ({ pointer: `/${field}`, detail, source: SOURCE });
  switch (form) {
    case 'handed':
      return [
        ...(proof.receivedBy === null ? [lacks('receivedBy', 'must say who took the paper')] : []),
        ...(proof.fileIds.length === 0 && proof.receiptRef === null
          ? [lacks('receiptRef', 'must say where the signed receipt is, or its file must be among fileIds')]
          : []),
      ];
    case 'posted':
      return proof.trackingNo === null ? [lacks('trackingNo', 'must be the number under which it was posted')] : [];
    case 'phone':
      return [
        ...(proof.recordingRef === null ? [lacks('recordingRef', 'must name the recording of the call')] : []),
        ...(proof.spokeWith === null ? [lacks('spokeWith', 'must say who spoke')] : []),
        ...(proof.readBack === null ? [lacks('readBack', 'must say what was read out and said back')] : []),
      ];
    case 'sms':
    case 'email':
      return [];
  }
}

/** The form in the words of the clock. */
export const clockFormOf = (form: TellingForm): 'paper' | 'sms' | 'email' | 'phone' =>
  form === 'handed' || form === 'posted' ? 'paper' : form;

/** The proof as one line, as the ledger keeps it beside the clock event. */
export function proofText(form: TellingForm, proof: Proof): string {
  const { receivedBy, receiptRef, trackingNo, recordingRef, spokeWith, readBack, to } = proof;
  const parts = { receivedBy, receiptRef, trackingNo, recordingRef, spokeWith, readBack, to };
  const said = Object.entries(parts).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]));
  return [form, ...said, ...proof.fileIds.map((id) => `file ${id}`)].join('; ').slice(0, 2000);
}

export interface Tried {
  readonly form: string;
  /** Local date. */
  readonly day: string;
}

/** How long somebody was looked for. */
export const countTries = (tries: readonly Tried[]) => ({
  tries: tries.length,
  days: new Set(tries.map(({ day }) => day)).size,
  forms: new Set(tries.map(({ form }) => form)).size,
});
