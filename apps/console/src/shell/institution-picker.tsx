import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { collections, take } from '../api/client.ts';
import { chooseInstitution, chosenInstitution } from '../session/institution.ts';
import { useMay, useSession } from '../session/session.ts';

/** For a regulator with a mandate of several: which of them all pages are about. */
export function InstitutionPicker(): ReactNode {
  const { t } = useTranslation();
  const { institutionId } = useSession();
  const { data, error } = useQuery({
    queryKey: ['mandate'],
    queryFn: ({ signal }) => take(collections.GET('/v1/regulator-mandate', { signal })),
    enabled: useMay('collections.findRegulatorMandate'),
    staleTime: Infinity,
  });
  const chosen = chosenInstitution();
  // What the mandate no longer lists is refused: the way back stays open.
  const institutions = data?.institutions ?? (error && chosen !== null ? [institutionId, chosen] : []);
  if (institutions.length < 2) return null;
  return (
    <Select
      aria-label={t('regulator.institution')}
      value={chosen ?? institutionId}
      options={institutions.map((name) => ({ value: name, label: name }))}
      popupMatchSelectWidth={false}
      onChange={(name) => chooseInstitution(name === institutionId ? null : name)}
    />
  );
}
