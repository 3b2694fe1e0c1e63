import type { Principal } from '#auth';
import type { ClockEvent } from '#clock-rules';
import type {
  AgreementRequest,
  ComplexityRequest,
  DecisionRequest,
  DeclineRequest,
  EventRequest,
  ExtensionRequest,
  NewFactsRequest,
  NoticeRequest,
  PauseRequest,
  WithdrawalRequest,
} from './event.dto.ts';

/** A request to record an event, taken apart: what the rules look at, what is kept beside it, and what people wrote. */
export interface EventCommand {
  /** Null: now. */
  readonly at: string | null;
  readonly facts: Omit<ClockEvent, 'at'>;
  readonly more: Readonly<Record<string, unknown>>;
  readonly note: Readonly<Record<string, string>>;
}

type Parts = Partial<Pick<EventCommand, 'more'>> & { readonly note?: Readonly<Record<string, string | null | undefined>> };

function command({ at }: EventRequest, facts: EventCommand['facts'], { more = {}, note = {} }: Parts = {}): EventCommand {
  const written = Object.entries(note).flatMap(([field, text]) => (text ? [[field, text]] : []));
  return { at: at ?? null, facts, more, note: Object.fromEntries(written) as Record<string, string> };
}

/** Whoever may approve at two levels approves at the higher. */
const levelOf = ({ roles }: Principal): 'superior' | 'head-office' => (roles.includes('head-office-approver') ? 'head-office' : 'superior');

/** The event that each request stands for. */
export const toCommand = {
  complexity: (request: ComplexityRequest) => command(request, { type: 'declared-complex' }, { note: { note: request.note } }),
  extension: (request: ExtensionRequest, principal: Principal) =>
    command(
      request,
      { type: 'extended', approverLevel: levelOf(principal), complainantToldAt: request.complainantToldAt },
      { note: { note: request.note } },
    ),
  pause: (request: PauseRequest) =>
    command(request, {
      type: 'paused',
      reason: request.reason,
      complainantToldAt: request.complainantToldAt ?? null,
      complainantAgreed: request.complainantAgreed ?? null,
    }),
  resumption: (request: EventRequest) => command(request, { type: 'resumed' }),
  newFacts: (request: NewFactsRequest) => command(request, { type: 'new-facts' }, { note: { note: request.note } }),
  agreement: (request: AgreementRequest) =>
    command(request, { type: 'agreed', dueOn: request.dueOn }, { note: { evidence: request.evidence } }),
  decision: (request: DecisionRequest) =>
    command(request, { type: 'decided' }, { more: { outcome: request.outcome }, note: { text: request.text } }),
  notice: (request: NoticeRequest) => command(request, { type: 'told' }, { more: { form: request.form }, note: { proof: request.proof } }),
  decline: (request: DeclineRequest) =>
    // Not `reason`, which in an event is why the clock is paused.
    command(
      request,
      { type: 'declined', complainantToldAt: request.toldAt },
      { more: { toldAt: request.toldAt }, note: { note: request.reason } },
    ),
  withdrawal: (request: WithdrawalRequest) => command(request, { type: 'withdrawn' }, { note: { evidence: request.evidence } }),
} as const;
