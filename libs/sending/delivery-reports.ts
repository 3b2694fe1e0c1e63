import { INVALID, NOT_FOUND, Refusal, UNAUTHENTICATED } from '#problem';
import { Instant, NestedList, OneOf, Shown, Text } from '#wire';
import { checkSignature } from './signature.ts';

export const REPORTED = ['delivered', 'failed'] as const;

export class DeliveryReport {
  @Text({ max: 64, description: 'The id under which the message was handed over' })
  id!: string;

  @OneOf(REPORTED)
  state!: (typeof REPORTED)[number];

  @Instant({ description: 'When it happened; of two reports the later counts, in whatever order they come' })
  at!: string;

  @Text({ nullable: true, max: 64, description: 'The gateway’s word for why' })
  code?: string | null;
}

export class DeliveryReportsRequest {
  @NestedList(() => DeliveryReport, { maxItems: 500, minItems: 1 })
  reports!: DeliveryReport[];
}

export class DeliveryReportsAnswer {
  @Shown.whole({ description: 'Reports of messages that are known here, old ones among them' })
  readonly taken!: number;

  @Shown.texts({ description: 'Ids that are not known here' })
  readonly unknown!: readonly string[];
}

/** How reports came. */
export interface SignedReports {
  readonly timestamp: string | undefined;
  readonly signature: string | undefined;
  /** The body as it came; null: it was none that is signed. */
  readonly body: Buffer | null;
}

const AHEAD_MS = 300_000;
// A word of the gateway's, and nothing that could be a number or a text.
const CODE = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/;

/** The gateway's word where it is one, or null. */
export const wordOfGateway = (code: string | null | undefined): string | null => (code && CODE.test(code) ? code : null);

/** Refuses with NOT_FOUND where no secret is set, UNAUTHENTICATED without a good signature, INVALID for an instant to come. */
export function checkReports(
  secrets: readonly string[],
  reports: readonly DeliveryReport[],
  { timestamp = '', signature = '', body }: SignedReports,
  now: Date,
): void {
  if (secrets.length === 0) throw new Refusal(NOT_FOUND, { detail: 'Delivery reports are not set up: DELIVERY_REPORT_SECRETS.' });
  if (body === null || !checkSignature(secrets, { timestamp, signature, body }, now))
    throw new Refusal(UNAUTHENTICATED, { detail: 'Sign timestamp, a dot and the body with the secret, within five minutes.' });
  const errors = reports.flatMap(({ at }, index) =>
    new Date(at).getTime() > now.getTime() + AHEAD_MS ? [{ pointer: `/reports/${index}/at`, detail: 'is in the future' }] : [],
  );
  if (errors.length > 0) throw new Refusal(INVALID, { errors });
}

/** What was taken and what is not known, of reports of which these ids (in small letters) are known. */
export function answerReports(reports: readonly DeliveryReport[], known: ReadonlySet<string>): DeliveryReportsAnswer {
  const unknown = [...new Set(reports.map(({ id }) => id))].filter((id) => !known.has(id.toLowerCase()));
  return { taken: reports.filter(({ id }) => !unknown.includes(id)).length, unknown };
}
