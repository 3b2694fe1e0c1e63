import { Button, Checkbox, Form } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { collections, take } from '../../api/client.ts';
import { may, useSession } from '../../session/session.ts';
import { Instant } from '../../ui/instant.tsx';
import { formatMoney } from '../../ui/numbers.ts';
import { StateTag } from '../../ui/state-tag.tsx';
import { usePerson } from '../../ui/use-person.ts';
import { AskDrawer } from '../../ui/ask-drawer.tsx';
import { ChoiceField, LineField, WordsField } from './fields.tsx';
import { CHANNELS, header, type Channel, type ObjectionView } from './wire.ts';

const TONES = { open: 'wait', upheld: 'good', rejected: 'bad', withdrawn: 'quiet' } as const;
export const KINDS = ['amount', 'not-mine', 'paid', 'fraud', 'fees', 'other'] as const;
const TOUCHES = ['case', 'objections', 'contactability'];

export function ObjectionState({ of }: { readonly of: ObjectionView }): ReactNode {
  const { t } = useTranslation();
  const isUntold = (of.state === 'upheld' || of.state === 'rejected') && of.toldAt === null;
  return (
    <>
      <StateTag tone={TONES[of.state]}>{t(`portfolio.objection.state.${of.state}`)}</StateTag>
      {isUntold && <StateTag tone="wait">{t('portfolio.objection.untold')}</StateTag>}
    </>
  );
}

export function useChannels(): { value: Channel; label: string }[] {
  const { t } = useTranslation();
  return CHANNELS.map((value) => ({ value, label: t(`cases.register.channels.${value}`) }));
}

interface Decided {
  readonly outcome: 'upheld' | 'rejected';
  readonly facts: string;
  readonly basis: string;
  readonly coreReference?: string;
  readonly newBalance?: string;
  readonly closeCase?: boolean;
}

function Correction(): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <LineField
        name="coreReference"
        label={t('portfolio.objection.coreReference')}
        help={t('portfolio.objection.coreHelp')}
        isNeeded={false}
      />
      <LineField name="newBalance" label={t('portfolio.objection.newBalance')} isNeeded={false} max={18} />
      <Form.Item name="closeCase" valuePropName="checked">
        <Checkbox>{t('portfolio.objection.closeCase')}</Checkbox>
      </Form.Item>
    </>
  );
}

function Decide({ of, onClose }: { readonly of: ObjectionView; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  return (
    <AskDrawer<Decided, ObjectionView>
      title={t('portfolio.objection.decide')}
      help={t('portfolio.objection.decideHelp')}
      confirm={t('portfolio.objection.decide')}
      touches={TOUCHES}
      send={({ coreReference, newBalance, ...fields }, key) =>
        take(
          collections.POST('/v1/objections/{id}/decision', {
            params: { path: { id: of.id }, header: header(key) },
            body: { ...fields, coreReference: coreReference || null, newBalance: newBalance || null },
          }),
        )
      }
      onClose={onClose}
    >
      <ChoiceField
        name="outcome"
        label={t('portfolio.objection.outcome')}
        options={(['upheld', 'rejected'] as const).map((value) => ({ value, label: t(`portfolio.objection.state.${value}`) }))}
      />
      <WordsField name="facts" label={t('portfolio.objection.facts')} max={4000} />
      <WordsField name="basis" label={t('portfolio.objection.basis')} rows={2} max={1000} />
      <Form.Item noStyle dependencies={['outcome']}>
        {({ getFieldValue }) => getFieldValue('outcome') === 'upheld' && <Correction />}
      </Form.Item>
    </AskDrawer>
  );
}

function Tell({ of, onClose }: { readonly of: ObjectionView; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  return (
    <AskDrawer<{ readonly how: Channel; readonly evidence: string }, ObjectionView>
      title={t('portfolio.objection.tell')}
      help={t('portfolio.objection.tellHelp')}
      confirm={t('portfolio.objection.tell')}
      touches={TOUCHES}
      send={(body, key) =>
        take(collections.POST('/v1/objections/{id}/telling', { params: { path: { id: of.id }, header: header(key) }, body }))
      }
      onClose={onClose}
    >
      <ChoiceField name="how" label={t('portfolio.objection.how')} options={useChannels()} />
      <LineField name="evidence" label={t('portfolio.evidence')} max={500} />
    </AskDrawer>
  );
}

function Withdraw({ of, onClose }: { readonly of: ObjectionView; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  return (
    <AskDrawer<{ readonly evidence: string }, ObjectionView>
      title={t('portfolio.objection.withdraw')}
      help={t('portfolio.objection.withdrawHelp')}
      confirm={t('portfolio.objection.withdraw')}
      touches={TOUCHES}
      send={(body, key) =>
        take(collections.POST('/v1/objections/{id}/withdrawal', { params: { path: { id: of.id }, header: header(key) }, body }))
      }
      onClose={onClose}
    >
      <LineField name="evidence" label={t('portfolio.evidence')} max={500} />
    </AskDrawer>
  );
}

/** What can be done about an objection as it stands. */
export function ObjectionActs({ of }: { readonly of: ObjectionView }): ReactNode {
  const { t } = useTranslation();
  const session = useSession();
  const [act, setAct] = useState<'decide' | 'tell' | 'withdraw' | null>(null);
  const close = (): void => setAct(null);
  if (session.agencyId !== null) return null;
  const isUntold = (of.state === 'upheld' || of.state === 'rejected') && of.toldAt === null;
  return (
    <div className="fb-row">
      {of.state === 'open' && may(session, 'collections.decideObjection') && (
        <Button size="small" type="primary" onClick={() => setAct('decide')}>
          {t('portfolio.objection.decide')}
        </Button>
      )}
      {of.state === 'open' && may(session, 'collections.withdrawObjection') && (
        <Button size="small" onClick={() => setAct('withdraw')}>
          {t('portfolio.objection.withdraw')}
        </Button>
      )}
      {isUntold && may(session, 'collections.tellObjection') && (
        <Button size="small" type="primary" onClick={() => setAct('tell')}>
          {t('portfolio.objection.tell')}
        </Button>
      )}
      {act === 'decide' && <Decide of={of} onClose={close} />}
      {act === 'tell' && <Tell of={of} onClose={close} />}
      {act === 'withdraw' && <Withdraw of={of} onClose={close} />}
    </div>
  );
}

/** What is disputed, and what came of it. */
export function ObjectionWords({ of }: { readonly of: ObjectionView }): ReactNode {
  const { t } = useTranslation();
  const person = usePerson();
  return (
    <>
      {of.disputed !== null && <p>{of.disputed}</p>}
      <p className="fb-soft">
        {of.amount !== null && `${formatMoney({ amount: of.amount, currency: of.currency ?? 'CNY' })} · `}
        {t(`cases.register.channels.${of.channel}`)} · <Instant at={of.raisedAt} withRelative={false} /> · {person(of.raisedBy)}
      </p>
      {of.facts !== null && (
        <p>
          {of.facts} <span className="fb-soft">{of.basis}</span>
        </p>
      )}
      {of.balanceAfter !== null && (
        <p className="fb-soft">
          {t('portfolio.objection.corrected', {
            before: formatMoney({ amount: of.balanceBefore ?? '', currency: of.currency ?? 'CNY' }),
            after: formatMoney({ amount: of.balanceAfter, currency: of.currency ?? 'CNY' }),
            reference: of.coreReference ?? '',
          })}
        </p>
      )}
    </>
  );
}
