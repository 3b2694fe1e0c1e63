import { CHANNELS, MODES, PACK_NAMES, PURPOSES, RESULTS } from '#contact-rules';
import type { Channel, Mode, Purpose, Result } from '#contact-rules';
import { Free, Instant, ManyOf, Nested, OneOf, Text, Texts, Whole } from '#wire';
import { FactsDto, ProposedDto } from './facts.dto.ts';

export class EvaluationRequest {
  @ManyOf(PACK_NAMES, { description: 'Packs to pass, stacked', minItems: 1 })
  packs!: string[];

  @Instant({ description: 'The instant that is judged' })
  at!: string;

  @Nested(() => ProposedDto)
  proposed!: ProposedDto;

  @Nested(() => FactsDto)
  facts!: FactsDto;
}

export class AttemptMessage {
  @Text({ nullable: true, description: 'A registered template' })
  templateId?: string | null;

  @Whole({ nullable: true, description: 'The newest approved version when left out' })
  version?: number | null;

  @Text({ nullable: true, max: 10_000, description: 'As it will be read; left out: the template with its variables. Kept sealed' })
  text?: string | null;

  @Free({
    nullable: true,
    description:
      'Texts or numbers for the places of the template; what the ledger knows (balance, currency, overdueSince, product, caseId, debtId) is taken from there. Kept sealed',
  })
  variables?: Record<string, unknown> | null;
}

export class AttemptRequest {
  @Text({ description: 'The case, by the caseId given at import or by id' })
  caseId!: string;

  @Text({ description: 'A party of the case, by id or by the partyId given at import' })
  partyId!: string;

  @Text({ description: 'A contact point of that party, by id' })
  contactPointId!: string;

  @OneOf(CHANNELS)
  channel!: Channel;

  @OneOf(MODES, { nullable: true, description: 'Needed for voice' })
  mode?: Mode | null;

  @OneOf(PURPOSES)
  purpose!: Purpose;

  @Texts({ nullable: true, description: 'Who will make the contact; two at least for a visit' })
  collectorIds?: string[] | null;

  @Text({ nullable: true, description: 'The telephone, line or account that is used; an agency needs a registered one' })
  deviceId?: string | null;

  @Nested(() => AttemptMessage, { nullable: true, description: 'What will be sent; needed for sms, email, im and letter' })
  message?: AttemptMessage | null;
}

export class ContactabilityRequest {
  @OneOf(CHANNELS, { optional: true, description: 'voice when left out' })
  channel?: Channel;

  @Text({ optional: true, description: 'The debtor when left out' })
  partyId?: string;

  @Text({ optional: true, description: 'The first contact point that fits the channel when left out' })
  contactPointId?: string;

  @OneOf(MODES, { optional: true, description: 'interactive when left out' })
  mode?: Mode;

  @OneOf(PURPOSES, { optional: true, description: 'collect when left out' })
  purpose?: Purpose;

  @Instant({ optional: true, description: 'now when left out' })
  at?: string;

  @Text({ optional: true, max: 1000, description: 'Separated by commas' })
  collectorIds?: string;

  @Text({ optional: true })
  deviceId?: string;

  @Text({ optional: true, description: 'The template of a message, in its newest approved version' })
  templateId?: string;
}

export class OutcomeRequest {
  @OneOf(RESULTS)
  result!: Result;

  @Instant({ nullable: true, description: 'Needed unless the result is cancelled' })
  startedAt?: string | null;

  @Instant({ nullable: true })
  endedAt?: string | null;

  @Text({ nullable: true, max: 4000, description: 'Kept sealed' })
  note?: string | null;

  @Text({ nullable: true, max: 500, description: 'Where the recording is kept' })
  recording?: string | null;
}
