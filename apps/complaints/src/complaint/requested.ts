import type { Principal } from '#auth';
import { DEFAULT_TIME_ZONE } from '#contact-rules';
import { INVALID, Refusal } from '#problem';
import type { Vault } from '#vault';
import { NO_NAME, type Intake } from '../intake/complainant-kinds.ts';
import { intakeErrors, kindOf, type Stated } from '../intake/intake-rules.ts';
import type { ComplaintRequest } from './complaint.dto.ts';
import { pastInstant } from './past-instant.ts';
import type { Registration } from './registration.service.ts';

function statedIn({ complainant, complainantKind, representatives, forwarded, groupSize }: ComplaintRequest): Stated {
  return {
    kind: complainantKind ?? null,
    name: complainant.name ?? null,
    idNumber: complainant.idNumber ?? null,
    contact: complainant.contact ?? null,
    hasProxy: Boolean(complainant.proxy),
    groupSize: groupSize ?? 1,
    representatives: representatives ?? [],
    forwarded: forwarded ?? null,
  };
}

/** Null where a person complains for himself, or as it was always said: by a proxy alone, or by several. */
function intakeOf(request: ComplaintRequest, stated: Stated): Intake | null {
  const { complainantKind, representatives, forwarded } = request;
  if (!complainantKind && !representatives?.length && !forwarded) return null;
  return {
    kind: kindOf(stated),
    representatives: (representatives ?? []).map(({ name, idNumber, contact, relationship }) => ({
      name,
      idNumber: idNumber ?? null,
      contact: contact ?? null,
      relationship: relationship ?? null,
    })),
    forwarded: forwarded ? { ...forwarded, regulator: forwarded.regulator.toLowerCase() } : null,
  };
}

/** The complaint as the request has it. Refuses with INVALID for a receipt in the future, and for who complains, field by field with the article. */
export function toRegistration(vault: Vault, principal: Principal, request: ComplaintRequest, now: Date): Registration {
  const { complainant, against, channel, subject, narrative, requests } = request;
  const receivedAt = request.receivedAt ? pastInstant(request.receivedAt, now) : now;
  if (receivedAt === null) throw new Refusal(INVALID, { errors: [{ pointer: '/receivedAt', detail: 'is in the future' }] });
  const stated = statedIn(request);
  const errors = intakeErrors(stated, receivedAt, DEFAULT_TIME_ZONE);
  if (errors.length > 0) throw new Refusal(INVALID, { errors });
  const intake = intakeOf(request, stated);
  const proxy = complainant.proxy ?? null;
  const facts = {
    externalRef: request.externalRef ?? null,
    channel,
    category: request.category ?? null,
    account: request.account ?? null,
    agencyId: against?.agencyId ?? null,
    collectorId: against?.collectorId ?? null,
    staffId: against?.staffId ?? null,
    groupSize: request.groupSize ?? 1,
  };
  const personal = {
    name: complainant.name ?? NO_NAME,
    idNumber: complainant.idNumber ?? null,
    contact: complainant.contact ?? null,
    proxy: proxy && { name: proxy.name, idNumber: proxy.idNumber ?? null, contact: proxy.contact ?? null },
    subject,
    narrative,
    requests,
  };
  const content = [facts, personal, request.receivedAt ?? null, ...(intake ? [intake] : [])];
  return {
    ...facts,
    personal,
    intake,
    contentHash: vault.index(JSON.stringify(content), 'content'),
    receivedAt,
    registeredAt: now,
    timeZone: DEFAULT_TIME_ZONE,
    regulator: intake?.forwarded?.regulator ?? null,
    source: 'api',
    registeredBy: principal.subject,
    registeredByHandler: principal.roles.includes('complaint-handler'),
    handler: null,
    events: [],
  };
}
