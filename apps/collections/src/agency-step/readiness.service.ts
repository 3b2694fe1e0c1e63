import { Inject, Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import { INVALID, Refusal, type FieldError } from '#problem';
import type { AtDesk } from '../agency/agency-desk.ts';
import { ProfileService } from '../agency/profile.service.ts';
import { ContractService } from '../agency-contract/contract.service.ts';
import { DocumentService } from '../agency-document/document.service.ts';
import { StaffService } from '../agency-staff/staff.service.ts';
import { activationGaps, admissionGaps, type Gap } from './gaps.ts';
import type { DeclarationDto } from './step.dto.ts';

const DECLARED = 'CC22, CBA26';

/** What is missing of an agency before it is admitted, and before it goes to work. */
@Injectable()
export class ReadinessService {
  constructor(
    @Inject(ProfileService) private readonly profiles: ProfileService,
    @Inject(ContractService) private readonly contracts: ContractService,
    @Inject(StaffService) private readonly staff: StaffService,
    @Inject(DocumentService) private readonly documents: DocumentService,
  ) {}

  async admission(tx: Tx, institutionId: string, { agency, day }: AtDesk): Promise<Gap[]> {
    return admissionGaps(day, await this.profiles.facts(tx, institutionId, agency.agencyId));
  }

  async activation(tx: Tx, institutionId: string, { agency: { agencyId }, day }: AtDesk): Promise<Gap[]> {
    const { licence, licenceUntil } = await this.profiles.facts(tx, institutionId, agencyId);
    const contractInForce = await this.contracts.isInForce(tx, institutionId, agencyId, day);
    const fitCollectors = await this.staff.fitCount(tx, institutionId, agencyId, day);
    return activationGaps(day, { licence, licenceUntil, contractInForce, fitCollectors });
  }

  /** The declaration of no sub-contracting in any form. Refuses with INVALID where it is missing, lies ahead, or is no such document of the agency. */
  async declaration(
    tx: Tx,
    institutionId: string,
    { agency: { agencyId }, day }: AtDesk,
    given: DeclarationDto | null,
  ): Promise<{ signedOn: string; documentId: string }> {
    if (given === null)
      throw refused([
        { pointer: '/declaration', detail: 'is needed: the agency declares that it does not sub-contract in any form', source: DECLARED },
      ]);
    const { signedOn, documentId } = given;
    const kind = await this.documents.kindOf(tx, institutionId, agencyId, documentId);
    const errors: FieldError[] = [
      ...(signedOn > day ? [{ pointer: '/declaration/signedOn', detail: `has not come; today is ${day}` }] : []),
      ...(kind === 'no-subcontracting-declaration'
        ? []
        : [
            {
              pointer: '/declaration/documentId',
              detail: 'must be a document of this agency of the kind no-subcontracting-declaration; upload it first',
              source: DECLARED,
            },
          ]),
    ];
    if (errors.length > 0) throw refused(errors);
    return { signedOn, documentId };
  }
}

const refused = (errors: readonly FieldError[]): Refusal => new Refusal(INVALID, { errors });
