import { Inject, Injectable } from '@nestjs/common';
import type { Tx } from '#pg';
import type { FieldError } from '#problem';
import { Vault } from '#vault';
import { MessageService } from '../message/message.service.ts';
import { CATALOGUE, faultOf } from '../message/placeholders.ts';

export interface Occasion {
  readonly institutionId: string;
  readonly caseUuid: string;
  readonly agencyId: string | null;
  readonly templateId: string | null;
  readonly version: number | null;
  /** What the sender gives. */
  readonly given: Readonly<Record<string, unknown>>;
  /** Names that whoever orders the message fills from the ledger. */
  readonly filled: readonly string[];
}

interface RegisterRow {
  readonly debtorNameSealed: Buffer;
  readonly agencyName: string | null;
  readonly agencyContact: string | null;
  readonly bankName: string | null;
  readonly bankContact: string | null;
}

const BANK = `
  select b.name_sealed as "debtorNameSealed", a.name as "agencyName", a.phone as "agencyContact", s.bank_name as "bankName", s.bank_contact as "bankContact"
  from collection_case k join debtor b on b.id = k.debtor
  left join agency a on a.agency_id = $3 and a.institution_id = k.institution_id
  left join message_setting s on s.institution_id = k.institution_id
  where k.id = $2 and k.institution_id = $1`;

const WHERE: Readonly<Record<string, string>> = {
  bankName: 'the messages’ settings',
  bankContact: 'the messages’ settings',
  agencyName: 'the register of agencies, and only an agency has it',
  agencyContact: 'the register of agencies, and only an agency has it',
};

/** Fills the places of a template that neither the gate nor the sender fills: who is written to, and who writes. */
@Injectable()
export class DeliveryWords {
  constructor(
    @Inject(MessageService) private readonly messages: MessageService,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  async of(tx: Tx, occasion: Occasion): Promise<{ variables: Record<string, unknown>; errors: FieldError[] }> {
    const { institutionId, templateId, given } = occasion;
    const wrong = Object.entries(given).flatMap(([name, value]): FieldError[] => {
      const fault = faultOf(name, value);
      return fault === null ? [] : [{ pointer: `/variables/${name.slice(0, 64)}`, detail: fault }];
    });
    const template = templateId === null ? null : await this.messages.versionOf(tx, institutionId, templateId, occasion.version);
    const needed = CATALOGUE.filter(({ name }) => template?.variables.includes(name));
    const register = needed.some(({ source }) => source === 'register') ? await this.registered(tx, occasion) : {};
    const variables: Record<string, unknown> = { ...given };
    const errors = [...wrong];
    for (const { name, source } of needed) {
      if (source === 'sender' && !Object.hasOwn(given, name))
        errors.push({ pointer: `/variables/${name}`, detail: 'is in the template; give it' });
      if ((name === 'amountDue' || name === 'dueOn') && !occasion.filled.includes(name))
        errors.push({ pointer: '/templateId', detail: `the template names ${name}, which only a reminder of a due date has` });
      if (source !== 'register') continue;
      const word = register[name];
      if (word) variables[name] = word;
      else errors.push({ pointer: '/templateId', detail: `the template names ${name}; it stands in ${WHERE[name] ?? 'the register'}` });
    }
    return { variables, errors };
  }

  private async registered(tx: Tx, { institutionId, caseUuid, agencyId }: Occasion): Promise<Record<string, string | null>> {
    const [row] = await tx.query<RegisterRow>(BANK, [institutionId, caseUuid, agencyId]);
    if (!row) return {};
    const { debtorNameSealed, ...open } = row;
    return { ...open, debtorName: this.vault.open(debtorNameSealed, 'debtor.name') };
  }
}
