import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { collections, take } from '../../api/client.ts';
import type { CaseView } from '../../api/models.ts';
import { may, useSession } from '../../session/session.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Section } from '../../ui/section.tsx';
import { AskDrawer } from '../../ui/ask-drawer.tsx';
import { ChoiceField, LineField, WordsField } from './fields.tsx';
import { KINDS, ObjectionActs, ObjectionState, ObjectionWords, useChannels } from './objection-bits.tsx';
import { header, objectionsOf, type Channel, type ObjectionView } from './wire.ts';

interface Raised {
  readonly kind: ObjectionView['kind'];
  readonly disputed: string;
  readonly channel: Channel;
  readonly amount?: string;
  readonly evidence?: string;
}

function Raise({ caseId, onClose }: { readonly caseId: string; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  return (
    <AskDrawer<Raised, ObjectionView>
      title={t('portfolio.objection.raise')}
      help={t('portfolio.objection.raiseHelp')}
      confirm={t('portfolio.objection.raise')}
      touches={['case', 'objections', 'contactability']}
      send={({ amount, evidence, ...fields }, key) =>
        take(
          collections.POST('/v1/cases/{id}/objections', {
            params: { path: { id: caseId }, header: header(key) },
            body: { ...fields, amount: amount || null, evidence: evidence || null },
          }),
        )
      }
      onClose={onClose}
    >
      <ChoiceField
        name="kind"
        label={t('portfolio.objection.what')}
        options={KINDS.map((value) => ({ value, label: t(`portfolio.objection.kind.${value}`) }))}
      />
      <WordsField name="disputed" label={t('portfolio.objection.disputed')} max={4000} />
      <LineField name="amount" label={t('portfolio.objection.amount')} isNeeded={false} max={18} />
      <ChoiceField name="channel" label={t('portfolio.objection.channel')} options={useChannels()} />
      <LineField name="evidence" label={t('portfolio.evidence')} isNeeded={false} max={500} />
    </AskDrawer>
  );
}

/** What is disputed about the debt of a case. */
export function ObjectionSection({ found }: { readonly found: CaseView }): ReactNode {
  const { t } = useTranslation();
  const session = useSession();
  const maySee = may(session, 'collections.listObjections');
  const { data, error } = useQuery({ ...objectionsOf(found.caseId), enabled: maySee });
  const [isRaising, setIsRaising] = useState(false);
  if (!maySee) return null;
  const items = data?.items ?? [];
  return (
    <Section
      title={t('portfolio.tab.objections')}
      aside={
        may(session, 'collections.raiseObjection') && <Button onClick={() => setIsRaising(true)}>{t('portfolio.objection.raise')}</Button>
      }
    >
      {error && <ProblemAlert error={error} />}
      {data && items.length === 0 && <p className="fb-soft fb-first">{t('portfolio.objection.none')}</p>}
      <ul className="fb-lines">
        {items.map((one) => (
          <li key={one.id}>
            <p className="fb-row">
              <strong>{t(`portfolio.objection.kind.${one.kind}`)}</strong> <ObjectionState of={one} />
            </p>
            <ObjectionWords of={one} />
            <ObjectionActs of={one} />
          </li>
        ))}
      </ul>
      {isRaising && <Raise caseId={found.caseId} onClose={() => setIsRaising(false)} />}
    </Section>
  );
}
