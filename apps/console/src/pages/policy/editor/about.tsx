import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { AutoComplete, Checkbox, Input, Select } from 'antd';
import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../../i18n/index.ts';
import { Section } from '../../../ui/section.tsx';
import { packsQuery, versionsQuery } from '../api.ts';
import type { PackTitle, PackVersion } from '../wire.ts';
import { LooserHere } from './looser.tsx';
import type { PartProps } from './parts.ts';

const MAX_NOTE = 2000;
const MAX_PRODUCT = 200;

/** Why, and for which product. */
export function About({ form, onChange, isStrict }: PartProps): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const { data } = useInfiniteQuery(versionsQuery());
  const products = new Set(data?.pages.flatMap(({ items }) => items.flatMap(({ product }) => product || [])));
  const isMissing = isStrict && form.note.trim() === '';
  return (
    <Section title={t('policyEditor.about')}>
      <div className="fb-field">
        <label htmlFor={`${id}n`}>{t('policyEditor.note')}</label>
        <Input.TextArea
          id={`${id}n`}
          autoSize={{ minRows: 2, maxRows: 6 }}
          maxLength={MAX_NOTE}
          value={form.note}
          status={isMissing ? 'error' : ''}
          aria-describedby={isMissing ? `${id}e` : undefined}
          onChange={({ target }) => onChange({ note: target.value })}
        />
        {isMissing && (
          <p id={`${id}e`} className="fb-field-error">
            {t('policyEditor.noteNeeded')}
          </p>
        )}
      </div>
      <div className="fb-field">
        <label htmlFor={`${id}p`}>{t('policyEditor.product')}</label>
        <AutoComplete
          id={`${id}p`}
          className="fb-full"
          value={form.product}
          maxLength={MAX_PRODUCT}
          placeholder={t('policy.everyProduct')}
          aria-describedby={`${id}h`}
          options={[...products].map((value) => ({ value }))}
          onChange={(product: string | undefined) => onChange({ product: product ?? '' })}
        />
        <p id={`${id}h`} className="fb-hint">
          {t('policyEditor.productHelp')}
        </p>
      </div>
    </Section>
  );
}

interface PackRowProps {
  readonly found: PackTitle;
  readonly chosen: PackVersion | undefined;
  readonly onChange: (version: number | null) => void;
}

function PackRow({ found, chosen, onChange }: PackRowProps): ReactNode {
  const { t } = useTranslation();
  const newest = Math.max(...found.versions);
  return (
    <li className="fb-pack-row">
      <Checkbox checked={chosen !== undefined} onChange={({ target }) => onChange(target.checked ? newest : null)}>
        {found.title} <code>{found.pack}</code>
      </Checkbox>
      {chosen && (
        <span className="fb-row">
          {chosen.version < newest && <span className="fb-soft">{t('policyEditor.packs.newer', { version: newest })}</span>}
          <Select
            aria-label={t('policyEditor.packs.version', { title: found.title })}
            value={chosen.version}
            onChange={onChange}
            options={found.versions
              .toSorted((one, other) => other - one)
              .map((version) => ({ value: version, label: t('policy.version', { number: version }) }))}
          />
        </span>
      )}
    </li>
  );
}

/** The packs that are stacked, each in a version. */
export function Packs({ form, onChange, looser, isStrict }: PartProps): ReactNode {
  const { t } = useTranslation();
  const { data } = useQuery(packsQuery(useLanguage()));
  const change = (pack: string, version: number | null): void => {
    if (version === null) return onChange({ packs: form.packs.filter((each) => each.pack !== pack) });
    const isThere = form.packs.some((each) => each.pack === pack);
    onChange({
      packs: isThere ? form.packs.map((each) => (each.pack === pack ? { pack, version } : each)) : [...form.packs, { pack, version }],
    });
  };
  return (
    <Section title={t('policyEditor.packs.title')}>
      <p className="fb-soft fb-first">{t('policyEditor.packs.help')}</p>
      <ul className="fb-plain">
        {(data?.items ?? []).map((found) => (
          <PackRow
            key={found.pack}
            found={found}
            chosen={form.packs.find(({ pack }) => pack === found.pack)}
            onChange={(version) => change(found.pack, version)}
          />
        ))}
      </ul>
      {isStrict && form.packs.length === 0 && <p className="fb-field-error">{t('policyEditor.packs.none')}</p>}
      <LooserHere looser={looser} at="/packs" />
    </Section>
  );
}
