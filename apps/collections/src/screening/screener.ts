import {
  decide,
  readMessage,
  toDecisionJson,
  type AgencyFacts,
  type Channel,
  type Consent,
  type ContactInput,
  type DecisionJson,
  type Message,
  type Policy,
} from '#contact-rules';
import { fillMessage, type TemplateRow } from '../contact/message.ts';
import { toHolds, type DebtorFacts, type ScreenedCase, type ScreenedPoint } from './portfolio-rows.ts';
import type { Question } from './question.ts';
import type { SharedContacts } from './shared-contacts.ts';

/** A decision as it is kept with the results: without the packs, which are the same for all of a product. */
export type KeptDecision = Omit<DecisionJson, 'packs'>;

/** An answer that any number of cases share. */
export interface Answered {
  readonly decision: KeptDecision;
  /** The decision as JSON; the same text for the same answer. */
  readonly text: string;
  /** Epoch ms; null: time alone does not help. */
  readonly nextPermittedAt: number | null;
}

export interface Screened {
  readonly caseId: string;
  readonly agencyId: string | null;
  readonly partyId: string | null;
  readonly contactPointId: string | null;
  /** What there is none of, where the case cannot be judged. */
  readonly missing: 'partyId' | 'contactPointId' | null;
  readonly answer: Answered | null;
}

/** What is the same for all cases. */
export interface Ground {
  readonly question: Question;
  /** Epoch ms. */
  readonly at: number;
  /** Who asks; null: the bank itself. */
  readonly agencyId: string | null;
  readonly agency: AgencyFacts | null;
  /** Null: nothing is sent. */
  readonly message: { readonly templateId: string; readonly template: TemplateRow } | null;
  /** The channels of the contact points that serve the one asked for. */
  readonly channels: readonly Channel[];
  /** The policy of a product. */
  policyOf(product: string): Policy;
  readonly shared: SharedContacts;
}

// Answers that many cases share: as many kinds of cases as a portfolio has, and no more memory than this.
const MOST_KEPT = 20_000;
// An overdue date that has begun in every zone is as good as any other: none is further than 14 hours from UTC.
const SURELY_BEGUN_MS = 2 * 86_400_000;

/**
 * Judges cases one after the other as the gate would. Of most debtors nothing is known but the case: no holds, no consents, nobody called. What is
 * answered then depends on a handful of facts, and is judged once for all who share them.
 */
export class Screener {
  private readonly kept = new Map<string, Answered>();

  constructor(private readonly ground: Ground) {}

  screen(one: ScreenedCase, facts: DebtorFacts): Screened {
    const { caseId, agencyId, partyId } = one;
    const same = { caseId, agencyId, partyId };
    if (one.party === null) return { ...same, contactPointId: null, missing: 'partyId', answer: null };
    let best: { point: ScreenedPoint; answer: Answered } | null = null;
    for (const point of one.points) {
      if (!this.ground.channels.includes(point.channel)) continue;
      const answer = this.judge(one, point, facts);
      if (best === null || isBetter(answer, best.answer)) best = { point, answer };
      if (answer.decision.verdict === 'permitted' || this.ground.question.pointChoice === 'first') break;
    }
    if (best === null) return { ...same, contactPointId: null, missing: 'contactPointId', answer: null };
    return { ...same, contactPointId: best.point.id, missing: null, answer: best.answer };
  }

  private judge(one: ScreenedCase, point: ScreenedPoint, facts: DebtorFacts): Answered {
    const history = this.ground.shared.historyOf(facts.history, point.token, one.debtorId);
    const isPlain =
      facts.holds.length + facts.consents.length + facts.optOuts.length + history.length === 0 && this.ground.message === null;
    if (!isPlain) return this.decide(this.inputOf(one, point, facts, history), one);
    const key = this.keyOf(one, point);
    const known = this.kept.get(key);
    if (known) return known;
    const answer = this.decide(this.inputOf(one, point, facts, history), one);
    if (this.kept.size >= MOST_KEPT) this.kept.clear();
    this.kept.set(key, answer);
    return answer;
  }

  /**
   * All that an answer can depend on where there is no past, no hold, no wish and no text: ids are only ever compared with those of such facts, and
   * of the balance only its sign is asked.
   */
  private keyOf(one: ScreenedCase, point: ScreenedPoint): string {
    const { at } = this.ground;
    const { balance, overdueSince } = one;
    const owes = balance.startsWith('-') ? '-' : /[1-9]/.test(balance) ? '+' : '0';
    const overdue = overdueSince !== null && Date.parse(overdueSince) < at - SURELY_BEGUN_MS ? 'begun' : overdueSince;
    const told = one.referralNoticeAt !== null && one.referralNoticeAt <= at ? 'told' : one.referralNoticeAt;
    const place = one.timeZones.length === 0 ? `${one.timeZone}|${one.region}` : [one.timeZone, one.region, ...one.timeZones].join('|');
    return `${one.product}|${one.status}|${owes}|${overdue}|${told}|${place}|${point.channel}|${point.status}|${point.source}`;
  }

  private decide(input: ContactInput, one: ScreenedCase): Answered {
    const decision = decide(input, this.ground.policyOf(one.product), this.ground.at);
    const { packs: _packs, ...kept } = toDecisionJson(decision, one.timeZone);
    return { decision: kept, text: JSON.stringify(kept), nextPermittedAt: kept.nextPermittedAt === null ? null : decision.nextPermittedAt };
  }

  private messageOf(
    { caseId, debtId, balance, currency, overdueSince, product }: ScreenedCase,
    { templateId, template }: NonNullable<Ground['message']>,
  ): Message {
    const { channel } = this.ground.question;
    return readMessage(
      fillMessage({ templateId }, template, channel, { caseId, debtId, balance, currency, overdueSince, product }).message,
    );
  }

  private inputOf(one: ScreenedCase, point: ScreenedPoint, facts: DebtorFacts, history: ContactInput['facts']['history']): ContactInput {
    const { question, agencyId, agency, message } = this.ground;
    const { channel, mode, purpose, collectorIds, deviceId } = question;
    const { partyId, debtorId, debtId, timeZone, status, balance, overdueSince, referralNoticeAt, region } = one;
    return {
      proposed: {
        channel,
        mode,
        purpose,
        partyRole: 'debtor',
        partyId,
        contactPoint: point.token,
        debtorId,
        debtId,
        agencyId,
        collectorIds,
        deviceId,
        message: message && this.messageOf(one, message),
      },
      facts: {
        timeZone,
        case: { status, balance, overdueSince, referralNoticeAt },
        history,
        consents: consentsOf(facts, one.party),
        holds: toHolds(facts.holds, timeZone),
        contactPoints: [
          { value: point.token, partyId, partyRole: 'debtor', channel: point.channel, status: point.status, source: point.source },
        ],
        agency,
        optOuts: facts.optOuts.filter((optOut) => optOut.partyId === partyId),
        timeZones: one.timeZones,
        region,
      },
    };
  }
}

const consentsOf = (facts: DebtorFacts, party: string | null): Consent[] =>
  facts.consents.flatMap((one) => (one.party === party ? [one.consent] : []));

/** Whether an answer is to be preferred to that of an earlier point: permitted, or permitted sooner. */
function isBetter(answer: Answered, than: Answered): boolean {
  if (answer.decision.verdict !== than.decision.verdict) return answer.decision.verdict === 'permitted';
  return (answer.nextPermittedAt ?? Number.POSITIVE_INFINITY) < (than.nextPermittedAt ?? Number.POSITIVE_INFINITY);
}
