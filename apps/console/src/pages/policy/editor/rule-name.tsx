import { DeleteOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { OwnRow } from '../wire.ts';

const MAX_NAME = 100;

export interface RuleNameProps {
  readonly row: OwnRow;
  readonly isStrict: boolean;
  readonly onChange: (row: OwnRow) => void;
  readonly onRemove: () => void;
}

/** What an own rule is called, in both languages, and the way to take it out. */
export function RuleName({ row, isStrict, onChange, onRemove }: RuleNameProps): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const { zh = '', en = '' } = row.title ?? {};
  const isMissing = isStrict && zh.trim() === '' && en.trim() === '';
  return (
    <div className="fb-own-name">
      <div className="fb-field">
        <label htmlFor={`${id}z`}>{t('policyEditor.dates.name')}</label>
        <Input
          id={`${id}z`}
          value={zh}
          maxLength={MAX_NAME}
          status={isMissing ? 'error' : ''}
          onChange={({ target }) => onChange({ ...row, title: { zh: target.value, en } })}
        />
        {isMissing && <p className="fb-field-error">{t('policyEditor.dates.nameNeeded')}</p>}
      </div>
      <div className="fb-field">
        <label htmlFor={`${id}e`}>{t('policyEditor.dates.nameEn')}</label>
        <Input
          id={`${id}e`}
          value={en}
          maxLength={MAX_NAME}
          placeholder={zh}
          onChange={({ target }) => onChange({ ...row, title: { zh, en: target.value } })}
        />
      </div>
      <Button
        type="text"
        danger
        icon={<DeleteOutlined aria-hidden />}
        aria-label={t('policyEditor.dates.remove', { name: zh || en || row.ruleId })}
        onClick={onRemove}
      />
    </div>
  );
}
