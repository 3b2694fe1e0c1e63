import { EyeInvisibleOutlined } from '@ant-design/icons';
import { Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export interface MaskedProps {
  readonly value: string | null;
  readonly isMasked: boolean;
}

/** Personal data as the service gave them; where they are masked, that they are. */
export function Masked({ value, isMasked }: MaskedProps): ReactNode {
  const { t } = useTranslation();
  if (value === null || value === '') return <span className="fb-soft">{t('common.none')}</span>;
  if (!isMasked) return <span className="fb-personal">{value}</span>;
  return (
    <Tooltip title={t('common.masked')}>
      <span className="fb-personal fb-masked">
        {value} <EyeInvisibleOutlined aria-label={t('common.masked')} />
      </span>
    </Tooltip>
  );
}
