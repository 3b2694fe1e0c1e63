import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { collections, take } from '../../api/client.ts';
import type { components } from '../../api/collections.d.ts';
import type { CaseView, ContactPointView, PartyView } from '../../api/models.ts';
import { instantOf } from '../../ui/moment.ts';
import { AskDrawer } from '../../ui/ask-drawer.tsx';
import { ChoiceField, LineField, MomentField, WordsField } from './fields.tsx';
import { useChannels } from './objection-bits.tsx';
import { header, type Channel, type PartyChangeView } from './wire.ts';

type PointRequest = components['schemas']['PointRequest'];
type PartyRequest = components['schemas']['PartyRequest'];
const SOURCES = ['contract', 'debtor', 'bank-records', 'public', 'authority', 'authorised'] as const;
const CHECKS = ['called', 'answered-message', 'document', 'core-system', 'party-said', 'returned-mail'] as const;
const ROLES = ['co-debtor', 'guarantor', 'representative', 'related', 'unrelated'] as const;
const RESULTS = ['valid', 'invalid', 'not-in-service'] as const;
const TOUCHES = ['case', 'contactability'];

interface Point {
  readonly channel: Channel;
  readonly value: string;
  readonly source: PointRequest['source'];
  readonly checkedAt?: string;
  readonly how?: (typeof CHECKS)[number];
}

function useOptions() {
  const { t } = useTranslation();
  return {
    sources: SOURCES.map((value) => ({ value, label: t(`portfolio.people.source.${value}`) })),
    checks: CHECKS.map((value) => ({ value, label: t(`portfolio.people.check.${value}`) })),
    results: RESULTS.map((value) => ({ value, label: t(`portfolio.people.result.${value}`) })),
  };
}

function Added({ warnings }: { readonly warnings: readonly string[] }): ReactNode {
  const { t } = useTranslation();
  return (
    <p role="status" className={warnings.length > 0 ? 'fb-note' : 'fb-first'}>
      {warnings.length > 0 ? t('portfolio.people.knownOfAnother') : t('portfolio.people.added')}
    </p>
  );
}

const showAdded = ({ warnings }: components['schemas']['AddedPointView']): ReactNode => <Added warnings={warnings} />;

export function AddPoint({
  found,
  party,
  onClose,
}: {
  readonly found: CaseView;
  readonly party: PartyView;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const { sources, checks } = useOptions();
  return (
    <AskDrawer<Point, components['schemas']['AddedPointView']>
      title={t('portfolio.people.addPoint')}
      help={t('portfolio.people.addPointHelp')}
      confirm={t('portfolio.people.add')}
      touches={TOUCHES}
      send={({ checkedAt, how, ...fields }, key) =>
        take(
          collections.POST('/v1/cases/{id}/contact-points', {
            params: { path: { id: found.caseId }, header: header(key) },
            body: { ...fields, partyId: party.id, checkedAt: checkedAt ? instantOf(checkedAt) : null, how: how ?? null },
          }),
        )
      }
      show={showAdded}
      onClose={onClose}
    >
      <ChoiceField name="channel" label={t('portfolio.objection.channel')} options={useChannels()} />
      <LineField name="value" label={t('portfolio.people.value')} max={500} />
      <ChoiceField name="source" label={t('portfolio.people.sourceOf')} options={sources} />
      <MomentField name="checkedAt" label={t('portfolio.people.checkedAt')} />
      <ChoiceField name="how" label={t('portfolio.people.how')} options={checks} isNeeded={false} />
    </AskDrawer>
  );
}

export function CheckPoint({
  found,
  point,
  onClose,
}: {
  readonly found: CaseView;
  readonly point: ContactPointView;
  readonly onClose: () => void;
}): ReactNode {
  const { t } = useTranslation();
  const { checks, results } = useOptions();
  return (
    <AskDrawer<{ readonly result: (typeof RESULTS)[number]; readonly how: (typeof CHECKS)[number] }, unknown>
      title={t('portfolio.people.checkPoint', { value: point.value })}
      help={t('portfolio.people.checkHelp')}
      confirm={t('portfolio.people.save')}
      touches={TOUCHES}
      send={(body, key) =>
        take(
          collections.POST('/v1/cases/{id}/contact-points/{pointId}/checks', {
            params: { path: { id: found.caseId, pointId: point.id }, header: header(key) },
            body,
          }),
        )
      }
      onClose={onClose}
    >
      <ChoiceField name="result" label={t('portfolio.people.resultOf')} options={results} />
      <ChoiceField name="how" label={t('portfolio.people.how')} options={checks} />
    </AskDrawer>
  );
}

export function AddParty({ found, onClose }: { readonly found: CaseView; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  return (
    <AskDrawer<PartyRequest, PartyChangeView>
      title={t('portfolio.people.addParty')}
      help={t('portfolio.people.addPartyHelp')}
      confirm={t('portfolio.people.add')}
      touches={TOUCHES}
      send={(body, key) =>
        take(collections.POST('/v1/cases/{id}/parties', { params: { path: { id: found.caseId }, header: header(key) }, body }))
      }
      onClose={onClose}
    >
      <LineField name="partyId" label={t('portfolio.people.partyId')} />
      <ChoiceField
        name="role"
        label={t('portfolio.people.role')}
        options={ROLES.map((value) => ({ value, label: t(`cases.party.${value}`) }))}
      />
      <LineField name="name" label={t('portfolio.debtor.name')} />
      <LineField name="basis" label={t('portfolio.people.basis')} max={500} />
      <WordsField name="reason" label={t('portfolio.reason')} />
    </AskDrawer>
  );
}

export function EndParty({
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
    <AskDrawer<{ readonly reason: string }, PartyChangeView>
      title={t('portfolio.people.end', { name: party.name })}
      help={t('portfolio.people.endHelp')}
      confirm={t('portfolio.people.endConfirm')}
      isDanger
      touches={TOUCHES}
      send={(body, key) =>
        take(
          collections.POST('/v1/cases/{id}/parties/{partyId}/end', {
            params: { path: { id: found.caseId, partyId: party.id }, header: header(key) },
            body,
          }),
        )
      }
      onClose={onClose}
    >
      <WordsField name="reason" label={t('portfolio.reason')} />
    </AskDrawer>
  );
}
