import type { Principal } from '#auth';
import { permitLifeMs, type DecisionJson, type FactsJson, type MessageJson, type PastContactJson, type ProposedJson } from '#contact-rules';
import type { IdempotentRequest } from '#idempotency';
import { INVALID, NOT_FOUND, Refusal, type FieldError } from '#problem';
import type { InForce, PolicyRef } from '../policy/policy.service.ts';
import type { AttemptRequest, ContactabilityRequest } from './contact.dto.ts';
import { decideAgain } from './decide-again.ts';
import { pointChannelsFor, toPending, toProposed } from './facts.ts';
import type { LoadedFacts, NewDecision } from './gate.store.ts';
import { checkVariables, fillMessage } from './message.ts';

export interface Ask {
  readonly principal: Principal;
  readonly request: AttemptRequest;
  readonly idempotency: IdempotentRequest | null;
}

export const missing = (field: string): Refusal =>
  new Refusal(NOT_FOUND, {
    detail: `There is no such ${field.slice(field.lastIndexOf('/') + 1)} here.`,
    errors: [{ pointer: `/${field}`, detail: 'is not known here' }],
  });

/** The message as it is judged, and the variables that nobody gave; a Refusal NOT_FOUND where there is no such template. */
export function messageOf(
  { channel, message }: Pick<AttemptRequest, 'channel' | 'message'>,
  { template, row }: LoadedFacts,
): { message: MessageJson | null | Refusal; errors: readonly FieldError[] } {
  if (!message) return { message: null, errors: [] };
  if (message.templateId && template === null) return { message: missing('message/templateId'), errors: [] };
  const filled = fillMessage(message, template, channel, row.case);
  return { ...filled, errors: [...checkVariables(message.variables ?? {}), ...filled.errors] };
}

/** The contact that is asked for, or why it cannot even be judged. */
export function proposedOf({ principal, request }: Ask, loaded: LoadedFacts): ProposedJson | Refusal {
  const { point } = loaded.row;
  if (!pointChannelsFor(request.channel).includes(point.channel)) {
    return new Refusal(INVALID, {
      errors: [{ pointer: '/channel', detail: `this contact point is for ${point.channel}; choose another point or channel` }],
    });
  }
  const { message, errors } = messageOf(request, loaded);
  if (message instanceof Refusal) return message;
  if (errors.length > 0) return new Refusal(INVALID, { errors });
  return toProposed(request, loaded.row, principal.agencyId, message);
}

/** What a look at a case is about where it does not say: an interactive call by whoever looks, to collect. */
export function contactOf(principal: Principal, request: ContactabilityRequest) {
  return {
    channel: request.channel ?? 'voice',
    mode: request.mode ?? 'interactive',
    purpose: request.purpose ?? 'collect',
    collectorIds: request.collectorIds?.split(',').map((id) => id.trim()) ?? [principal.subject],
    deviceId: request.deviceId ?? null,
    message: request.templateId === undefined ? null : { templateId: request.templateId },
  } as const;
}

export function judgeLoaded(
  loaded: LoadedFacts,
  { ref, policy }: InForce,
  proposed: ProposedJson,
  permitted: readonly PastContactJson[],
): { policy: PolicyRef; facts: FactsJson; outcome: DecisionJson } {
  const counted = permitted.filter(
    ({ debtorId, contactPoint }) => debtorId === proposed.debtorId || contactPoint === proposed.contactPoint,
  );
  const facts = counted.length === 0 ? loaded.facts : { ...loaded.facts, history: [...(loaded.facts.history ?? []), ...counted] };
  return { policy: ref, facts, outcome: decideAgain({ proposed, facts, decidedAt: loaded.now }, policy) };
}

/** Judges one request of a batch; what it permits is counted by those after it. */
export function decideOne(
  { principal, request, idempotency }: Ask,
  loaded: LoadedFacts,
  proposed: ProposedJson,
  inForce: InForce,
  permitted: PastContactJson[],
): NewDecision {
  const { policy, facts, outcome } = judgeLoaded(loaded, inForce, proposed, permitted);
  const permitExpiresAt = outcome.verdict === 'permitted' ? new Date(loaded.now.getTime() + permitLifeMs(request.channel)) : null;
  if (permitExpiresAt !== null) permitted.push(toPending(proposed, loaded.now, permitExpiresAt));
  const requestedBy = principal.subject;
  const idempotencyKey = idempotency?.key ?? null;
  return { requestedBy, idempotencyKey, permitExpiresAt, loaded: { ...loaded, facts }, proposed, policy, outcome };
}
