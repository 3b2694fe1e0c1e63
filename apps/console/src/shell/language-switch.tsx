import { GlobalOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { switchLanguage, useLanguage } from '../i18n/index.ts';

/** Named in the language that it leads to. */
export function LanguageSwitch(): ReactNode {
  const { t } = useTranslation();
  const other = useLanguage() === 'zh' ? 'en' : 'zh';
  return (
    <Button
      type="text"
      icon={<GlobalOutlined aria-hidden />}
      lang={other}
      aria-label={t('shell.switchLanguage')}
      onClick={() => void switchLanguage(other)}
    >
      <span className="fb-wide-only">{t('shell.otherLanguage')}</span>
    </Button>
  );
}
