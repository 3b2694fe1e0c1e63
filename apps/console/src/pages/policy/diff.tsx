import { ArrowDownOutlined, ArrowUpOutlined, SwapOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../i18n/index.ts';
import { Empty } from '../../ui/empty.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Section } from '../../ui/section.tsx';
import { diffQuery } from './api.ts';
import { INSTITUTION } from './rule-list.tsx';
import type { Change, Diff, Draft } from './wire.ts';

const EFFECTS = ['tighter', 'looser', 'other'] as const;
const ICONS = { tighter: ArrowDownOutlined, looser: ArrowUpOutlined, other: SwapOutlined } as const;

function Changed({ change }: { readonly change: Change }): ReactNode {
  const { t } = useTranslation();
  const Icon = ICONS[change.effect];
  const { before, after } = change;
  return (
    <li className={`fb-change fb-change-${change.effect}`}>
      <p className="fb-change-head">
        <span className="fb-change-effect">
          <Icon aria-hidden /> {t(`policyDraft.diff.effect.${change.effect}`)}
        </span>
        <strong>{change.title}</strong>
        <span className="fb-soft">
          {t(`policyDraft.diff.change.${change.change}`)} · {change.pack === INSTITUTION ? t('policy.institution') : change.pack}
        </span>
      </p>
      <dl>
        {before !== null && (
          <div>
            <dt>{t('policyDraft.diff.before')}</dt>
            <dd>{after === null ? <del>{before}</del> : before}</dd>
          </div>
        )}
        {after !== null && (
          <div>
            <dt>{t('policyDraft.diff.after')}</dt>
            <dd>{after}</dd>
          </div>
        )}
      </dl>
    </li>
  );
}

function Changes({ diff }: { readonly diff: Diff }): ReactNode {
  const { t } = useTranslation();
  if (diff.changes.length === 0) return <Empty title={t('policyDraft.diff.none')} help={t('policyDraft.diff.noneHelp')} />;
  const count = (effect: Change['effect']): number => diff.changes.filter((change) => change.effect === effect).length;
  const [tighter, looser, other] = EFFECTS.map(count);
  return (
    <>
      <p className="fb-first">{t('policyDraft.diff.summary', { tighter, looser, other })}</p>
      <ul className="fb-changes">
        {diff.changes.map((change) => (
          <Changed key={`${change.pack} ${change.ruleId}`} change={change} />
        ))}
      </ul>
    </>
  );
}

/** What a draft, as it was saved last, would change in the rules in force, in words. */
export function DiffSection({ draft }: { readonly draft: Pick<Draft, 'id' | 'revision'> }): ReactNode {
  const { t } = useTranslation();
  const { data: diff, error, refetch } = useQuery(diffQuery(draft.id, draft.revision, useLanguage()));
  const against =
    diff && (diff.against === null ? t('policyDraft.diff.againstPack') : t('policyDraft.diff.against', { number: diff.against }));
  return (
    <Section title={t('policyDraft.diff.title')} aside={against && <span className="fb-soft">{against}</span>}>
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {!error && !diff && <Skeleton active title={false} paragraph={{ rows: 3 }} />}
      {diff && <Changes diff={diff} />}
    </Section>
  );
}
