import { useQueries } from '@tanstack/react-query';
import { Button, Checkbox, Input, Skeleton } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../../i18n/index.ts';
import { Empty } from '../../../ui/empty.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Section } from '../../../ui/section.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { packQuery } from '../api.ts';
import type { Adjustment } from '../wire.ts';
import { tightenables, withAdjustment, withoutAdjustment, type Tightenable } from './form.ts';
import { LooserHere } from './looser.tsx';
import type { PartProps } from './parts.ts';
import { RuleControls } from './rule-controls.tsx';

interface OneProps extends Pick<PartProps, 'form' | 'onChange' | 'looser'> {
  readonly found: Tightenable;
}

function One({ found, form, onChange, looser }: OneProps): ReactNode {
  const { t } = useTranslation();
  const { ruleId, rows } = found;
  const adjustment = form.adjust[ruleId] ?? {};
  const isChanged = Object.keys(adjustment).length > 0;
  const row = rows[0];
  return (
    <li>
      <fieldset data-rule={ruleId} className={`fb-tighten${isChanged ? ' fb-tighten-changed' : ''}`}>
        <legend>
          {row?.title ?? ruleId} {isChanged && <StateTag tone="busy">{t('policyEditor.tighten.isChanged')}</StateTag>}
        </legend>
        <p className="fb-soft">{row?.says}</p>
        <RuleControls
          found={found}
          adjustment={adjustment}
          onSet={<Field extends keyof Adjustment>(field: Field, value: Adjustment[Field] | undefined) =>
            onChange({ adjust: withAdjustment(form.adjust, ruleId, field, value) })
          }
        />
        <LooserHere looser={looser} at={`/adjust/${ruleId}`} />
        {isChanged && (
          <Button size="small" onClick={() => onChange({ adjust: withoutAdjustment(form.adjust, ruleId) })}>
            {t('policyEditor.tighten.reset')}
          </Button>
        )}
      </fieldset>
    </li>
  );
}

/** The rules of the chosen packs that can be tightened, each with the controls of its kind. */
export function Tighten({ form, onChange, looser }: PartProps): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  const [words, setWords] = useState('');
  const [onlyChanged, setOnlyChanged] = useState(false);
  const packs = useQueries({ queries: form.packs.map(({ pack, version }) => packQuery(pack, version, language)) });
  const all = tightenables(packs.flatMap(({ data }) => data?.rows ?? []));
  const failed = packs.find(({ error }) => error);
  const shown = all.filter(({ ruleId, rows }) => {
    if (onlyChanged && !Object.hasOwn(form.adjust, ruleId)) return false;
    const text = rows.map(({ title, says }) => `${title} ${says} ${ruleId}`).join(' ');
    return text.toLowerCase().includes(words.trim().toLowerCase());
  });
  return (
    <Section
      title={t('policyEditor.tighten.title')}
      aside={<span className="fb-soft">{t('policyEditor.tighten.changed', { count: Object.keys(form.adjust).length })}</span>}
    >
      <p className="fb-soft fb-first">{t('policyEditor.tighten.help')}</p>
      <div className="fb-row fb-tighten-find">
        <Input
          allowClear
          className="fb-select"
          aria-label={t('policyEditor.tighten.search')}
          placeholder={t('policyEditor.tighten.search')}
          value={words}
          onChange={({ target }) => setWords(target.value)}
        />
        <Checkbox checked={onlyChanged} onChange={({ target }) => setOnlyChanged(target.checked)}>
          {t('policyEditor.tighten.onlyChanged')}
        </Checkbox>
      </div>
      {failed && <ProblemAlert error={failed.error} onRetry={() => void failed.refetch()} />}
      {packs.some(({ isPending }) => isPending) && <Skeleton active title={false} paragraph={{ rows: 4 }} />}
      {packs.every(({ data }) => data) && shown.length === 0 && <Empty title={t('policyEditor.tighten.none')} />}
      <ul className="fb-plain">
        {shown.map((found) => (
          <One key={found.ruleId} found={found} form={form} onChange={onChange} looser={looser} />
        ))}
      </ul>
    </Section>
  );
}
