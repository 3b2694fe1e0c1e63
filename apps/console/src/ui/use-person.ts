import { useTranslation } from 'react-i18next';
import { useSession } from '../session/session.ts';
import { shortSubject } from './subject.ts';

/** How a person is called whom the services know by their subject: the reader by name; others by what tells them apart. */
export function usePerson(): (subject: string) => string {
  const { t } = useTranslation();
  const session = useSession();
  return (subject) => {
    if (subject === session.subject) return t('common.person.me', { name: session.name });
    if (subject === 'system' || subject.startsWith('system:')) return t('common.person.system');
    const short = shortSubject(subject);
    return short === subject ? subject : t('common.person.other', { id: short });
  };
}
