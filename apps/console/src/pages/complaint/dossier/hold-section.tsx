import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useName } from '../../../i18n/use-name.ts';
import { useMay } from '../../../session/session.ts';
import { usePerson } from '../../../ui/use-person.ts';
import { Act } from '../after/act-form.tsx';
import { localTime } from '../dates.ts';
import type { Complaint } from '../wire.ts';
import type { Dossier, DossierItem } from './api.ts';
import { useDossierWord } from './dossier-words.ts';

const CHANNELS = ['voice', 'sms', 'email', 'im', 'letter', 'visit'] as const;
const SCOPES = ['account', 'agency', 'collector', 'channel', 'contact-point', 'none'] as const;

/** Numbers that were used, as the file has them: the latest of each. */
function pointsOf(items: readonly DossierItem[]): { value: string; label: string }[] {
  const points = new Map<string, string>();
  for (const { body } of items)
    if (typeof body.contactPointId === 'string' && typeof body.contactPoint === 'string' && !points.has(body.contactPointId))
      points.set(body.contactPointId, body.contactPoint);
  return [...points].map(([value, label]) => ({ value, label }));
}

/** Which contacts the complaint holds, since when collections has not answered, and the choice of another scope. */
export function HoldScope({
  complaint,
  dossier,
  items,
}: {
  readonly complaint: Complaint;
  readonly dossier: Dossier;
  readonly items: readonly DossierItem[];
}): ReactNode {
  const { t } = useTranslation();
  const word = useDossierWord();
  const name = useName();
  const person = usePerson();
  const mayChoose = useMay('complaints.chooseCollectionHold');
  const { hold } = dossier;
  const isOpen = complaint.closedAt === null && complaint.decidedAt === null;
  const points = pointsOf(items);
  const what = hold && [hold.agencyId, hold.collectorId, hold.channel && name('contact.channel', hold.channel)].filter(Boolean).join(' · ');
  return (
    <div>
      <h3 className="fb-words-head">{t('dossier.hold.title')}</h3>
      {hold === null ? (
        <p className="fb-soft">{t('dossier.hold.never')}</p>
      ) : (
        <>
          <p>
            {hold.wanted ? word('scope', hold.scope) : t('dossier.hold.ended')}
            {hold.wanted && what !== '' && ` (${what})`}
          </p>
          {hold.undeliveredSince !== null && (
            <p className="fb-note">{t('dossier.hold.undelivered', { time: localTime(hold.undeliveredSince) })}</p>
          )}
          {hold.chosenBy !== null && hold.chosenAt !== null && (
            <p className="fb-soft">
              {t('dossier.hold.chosen', { person: person(hold.chosenBy), time: localTime(hold.chosenAt), reason: hold.reason ?? '' })}
            </p>
          )}
        </>
      )}
      {mayChoose && isOpen && (
        <Act
          label={t('dossier.hold.choose')}
          help={t('dossier.hold.help')}
          path={`/v1/complaints/${complaint.id}/collection-hold`}
          timeZone={complaint.timeZone}
          fields={[
            {
              name: 'scope',
              label: t('dossier.hold.scope'),
              kind: 'choice',
              options: SCOPES.map((value) => ({ value, label: word('scope', value) })),
            },
            { name: 'agencyId', label: t('dossier.hold.agency'), kind: 'line', optional: true, help: t('dossier.hold.agencyHelp') },
            { name: 'collectorId', label: t('dossier.hold.collector'), kind: 'line', optional: true },
            {
              name: 'channel',
              label: t('dossier.hold.channel'),
              kind: 'choice',
              optional: true,
              options: CHANNELS.map((value) => ({ value, label: name('contact.channel', value) })),
            },
            {
              name: 'contactPointId',
              label: t('dossier.hold.point'),
              kind: 'choice',
              optional: true,
              options: points,
              help: t('dossier.hold.pointHelp'),
            },
            { name: 'reason', label: t('dossier.reason'), kind: 'long' },
          ]}
        />
      )}
    </div>
  );
}
