import { PrinterOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../i18n/index.ts';
import { packAddress } from './api.ts';

/** The pack as pages of its own, to read and print: for staff and for debtors. */
export function PackLinks({ pack, version }: { readonly pack: string; readonly version?: number | undefined }): ReactNode {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <span className="fb-pack-links">
      <PrinterOutlined aria-hidden />
      {(['staff', 'debtor'] as const).map((audience) => (
        <a key={audience} href={packAddress(pack, audience, language, version)} target="_blank" rel="noreferrer">
          {t(`policy.packs.${audience}`)}
          <span className="fb-unseen"> {t('policy.packs.newTab')}</span>
        </a>
      ))}
    </span>
  );
}
