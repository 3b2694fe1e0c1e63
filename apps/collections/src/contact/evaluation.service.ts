import { Inject, Injectable } from '@nestjs/common';
import { decide, readInput, toDecisionJson, type Language } from '#contact-rules';
import { PolicyService } from '../policy/policy.service.ts';
import { toAnswer, type Answer } from './answer.ts';
import type { EvaluationRequest } from './contact.dto.ts';

/** Judges stated facts; stores nothing. */
@Injectable()
export class EvaluationService {
  constructor(@Inject(PolicyService) private readonly policies: PolicyService) {}

  evaluate(request: EvaluationRequest, language: Language): Answer {
    const input = readInput(request.proposed, request.facts);
    const policy = this.policies.policy(this.policies.refOf([...new Set(request.packs)]));
    return toAnswer(toDecisionJson(decide(input, policy, Date.parse(request.at)), input.facts.timeZone), language);
  }
}
