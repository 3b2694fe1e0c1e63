import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { collections, take } from '../../api/client.ts';
import type { components } from '../../api/collections.d.ts';
import type { CaseView, PartyView } from '../../api/models.ts';
import { AskDrawer } from '../../ui/ask-drawer.tsx';
import { ChoiceField, LineField, WordsField } from './fields.tsx';
import { header, type PartyChangeView } from './wire.ts';

type RoleRequest = components['schemas']['PartyRoleRequest'];
const LIABLE = ['co-debtor', 'guarantor'] as const;
const TOUCHES = ['case', 'contactability'];

/** Proposes that a person on the case owes as well; a second person looks at the document behind it. */
export function MakeLiable({
  found,
  party,
  onClose,
}: {
  readonly found: CaseView;
  readonly party: PartyView;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <AskDrawer<RoleRequest, PartyChangeView>
      title={t('portfolio.people.makeLiableOf', { name: party.name })}
      help={t('portfolio.people.makeLiableHelp')}
      confirm={t('portfolio.debtor.propose')}
      touches={TOUCHES}
      send={(body, key) =>
        take(
          collections.POST('/v1/cases/{id}/parties/{partyId}/liability', {
            params: { path: { id: found.caseId, partyId: party.id }, header: header(key) },
            body,
          }),
        )
      }
      onClose={onClose}
    >
      <ChoiceField
        name="role"
        label={t('portfolio.people.role')}
        options={LIABLE.filter((role) => role !== party.role).map((value) => ({ value, label: t(`cases.party.${value}`) }))}
      />
      <LineField name="basis" label={t('portfolio.people.basis')} max={500} />
      <WordsField name="reason" label={t('portfolio.reason')} />
    </AskDrawer>
  );
}

/** Refuses what somebody proposed. */
export function RejectParty({ id, onClose }: { readonly id: string; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  return (
    <AskDrawer<{ readonly reason: string }, PartyChangeView>
      title={t('portfolio.people.rejectParty')}
      help={t('portfolio.people.rejectPartyHelp')}
      confirm={t('portfolio.debtor.reject')}
      isDanger
      touches={TOUCHES}
      send={(body, key) =>
        take(collections.POST('/v1/party-proposals/{id}/rejection', { params: { path: { id }, header: header(key) }, body }))
      }
      onClose={onClose}
    >
      <WordsField name="reason" label={t('portfolio.reason')} />
    </AskDrawer>
  );
}
