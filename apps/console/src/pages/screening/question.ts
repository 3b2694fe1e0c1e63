import type { ScreeningRequest } from '../../api/models.ts';
import { instantOf } from '../../ui/moment.ts';

export type Which = 'all' | 'filter' | 'list';
export const WHICH: readonly Which[] = ['all', 'filter', 'list'];
export type Channel = NonNullable<ScreeningRequest['channel']>;
export const CHANNELS: readonly Channel[] = ['voice', 'sms', 'im', 'email', 'letter', 'visit'];
export const MODES = ['interactive', 'informational'] as const;
export const POINT_CHOICES = ['first-permitted', 'first'] as const;
export const CASE_STATES = ['open', 'closed', 'paid'] as const;

/** What the form holds. Empty texts: not given. */
export interface Question {
  readonly name: string;
  readonly which: Which;
  readonly agencyId: string;
  readonly product: string;
  readonly debtorId: string;
  readonly state: '' | (typeof CASE_STATES)[number];
  readonly channel: Channel;
  readonly mode: (typeof MODES)[number];
  readonly purpose: NonNullable<ScreeningRequest['purpose']>;
  /** On the reader's clock. */
  readonly at: string;
  readonly pointChoice: (typeof POINT_CHOICES)[number];
  readonly collectorIds: readonly string[];
  readonly templateId: string;
}

export const START: Question = {
  name: '',
  which: 'all',
  agencyId: '',
  product: '',
  debtorId: '',
  state: '',
  channel: 'voice',
  mode: 'interactive',
  purpose: 'collect',
  at: '',
  pointChoice: 'first-permitted',
  collectorIds: [],
  templateId: '',
};

export const isMessage = (channel: Channel): boolean => channel !== 'voice' && channel !== 'visit';

const given = (text: string): string | null => text.trim() || null;

/** What is sent: only what the chosen kind of question asks for. */
export function requestOf(question: Question): ScreeningRequest {
  const { which, channel } = question;
  const filter = {
    agencyId: given(question.agencyId),
    product: given(question.product),
    debtorId: given(question.debtorId),
    state: question.state === '' ? null : question.state,
  };
  return {
    name: given(question.name),
    ...(which === 'filter' && { filter }),
    channel,
    ...(channel === 'voice' && { mode: question.mode }),
    purpose: question.purpose,
    at: question.at === '' ? null : instantOf(question.at),
    ...(channel === 'visit' && { collectorIds: [...question.collectorIds] }),
    ...(isMessage(channel) && { templateId: given(question.templateId) }),
    pointChoice: question.pointChoice,
  };
}
