import { Checkbox, Input, Select, Tooltip } from 'antd';
import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../ui/empty.tsx';
import { Section } from '../../ui/section.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { PackLinks } from './pack-links.tsx';
import { byPack, type RuleFilter } from './rule-filter.ts';
import type { RuleText, Severity } from './wire.ts';

/** The pack of what the institution added itself. */
export const INSTITUTION = 'institution';
const PRODUCT = 'product';

function useSource(): (row: RuleText) => string {
  const { t } = useTranslation();
  return ({ source, pack }) => {
    if (source === PRODUCT) return t('policy.rule.ownSource');
    return pack === INSTITUTION ? t('policy.rule.institutionSource') : source;
  };
}

function Lines({ label, lines }: { readonly label: string; readonly lines: readonly string[] }): ReactNode {
  if (lines.length === 0) return null;
  return (
    <div>
      <dt>{label}</dt>
      {lines.map((line) => (
        <dd key={line}>{line}</dd>
      ))}
    </div>
  );
}

function Rule({ row }: { readonly row: RuleText }): ReactNode {
  const { t } = useTranslation();
  const isOwn = row.pack === INSTITUTION;
  const source = useSource();
  return (
    <li className={`fb-rule-text${row.ownChange ? ' fb-rule-own' : ''}`}>
      <div className="fb-rule-head">
        <h3>{row.title}</h3>
        <StateTag tone={row.severity === 'block' ? 'bad' : 'wait'}>{t(`policy.severity.${row.severity}`)}</StateTag>
        {row.ownChange && <StateTag tone="busy">{isOwn ? t('policy.rule.own') : t('policy.rule.tightened')}</StateTag>}
      </div>
      <p>{row.says}</p>
      <dl className="fb-rule-lines">
        <Lines label={t('policy.rule.limits')} lines={row.limits} />
        <Lines label={t('policy.rule.exceptions')} lines={row.exceptions} />
      </dl>
      <p className="fb-rule-foot">
        <span>
          {t('policy.rule.source')} {source(row)}
        </span>
        {!isOwn && (
          <Tooltip title={t(`policy.rule.gradeHelp.${row.grade}`)}>
            <span>{t('policy.rule.grade', { grade: row.grade })}</span>
          </Tooltip>
        )}
        <code>{row.ruleId}</code>
      </p>
    </li>
  );
}

export interface RuleFiltersProps {
  readonly filter: RuleFilter;
  readonly onChange: (filter: RuleFilter) => void;
  readonly packs: readonly { readonly pack: string; readonly title: string }[];
  readonly count: number;
}

/** What narrows the list down; it takes effect while it is typed. */
export function RuleFilters({ filter, onChange, packs, count }: RuleFiltersProps): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const all = { value: '', label: t('common.all') };
  return (
    <search className="fb-filters fb-rule-filters" aria-label={t('policy.filter.title')}>
      <div className="fb-field">
        <label htmlFor={`${id}w`}>{t('policy.filter.search')}</label>
        <Input
          id={`${id}w`}
          allowClear
          value={filter.words}
          placeholder={t('policy.filter.placeholder')}
          onChange={({ target }) => onChange({ ...filter, words: target.value })}
        />
      </div>
      <div className="fb-field">
        <label htmlFor={`${id}p`}>{t('policy.filter.pack')}</label>
        <Select
          id={`${id}p`}
          className="fb-full"
          value={filter.pack ?? ''}
          onChange={(pack) => onChange({ ...filter, pack: pack === '' ? null : pack })}
          options={[all, ...packs.map(({ pack, title }) => ({ value: pack, label: title }))]}
        />
      </div>
      <div className="fb-field">
        <label htmlFor={`${id}s`}>{t('policy.filter.severity')}</label>
        <Select
          id={`${id}s`}
          className="fb-full"
          value={filter.severity ?? ''}
          onChange={(severity: Severity | '') => onChange({ ...filter, severity: severity === '' ? null : severity })}
          options={[all, ...(['block', 'warn'] as const).map((value) => ({ value, label: t(`policy.severity.${value}`) }))]}
        />
      </div>
      <div className="fb-filter-buttons fb-rule-own-only">
        <Checkbox checked={filter.onlyOwn} onChange={({ target }) => onChange({ ...filter, onlyOwn: target.checked })}>
          {t('policy.filter.own')}
        </Checkbox>
        <span role="status" className="fb-soft">
          {t('policy.filter.count', { count })}
        </span>
      </div>
    </search>
  );
}

export interface RuleListProps {
  readonly rows: readonly RuleText[];
  readonly titleOf: (pack: string) => string;
  /** The packs that have pages of their own, with their versions. */
  readonly versions: ReadonlyMap<string, number>;
}

/** Rules in words, pack by pack. */
export function RuleList({ rows, titleOf, versions }: RuleListProps): ReactNode {
  const { t } = useTranslation();
  if (rows.length === 0) return <Empty title={t('policy.filter.none')} help={t('policy.filter.noneHelp')} />;
  return byPack(rows).map(({ pack, rows: found }) => (
    <Section key={pack} title={titleOf(pack)} aside={versions.has(pack) && <PackLinks pack={pack} version={versions.get(pack)} />}>
      <ul className="fb-rule-list">
        {found.map((row) => (
          <Rule key={row.ruleId} row={row} />
        ))}
      </ul>
    </Section>
  ));
}
