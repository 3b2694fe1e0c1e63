import { dataKind } from '#reports';
import { AGENCY_REGISTER } from './agency-register.ts';

/** The register of agencies and what was done about them. */
export const AgencyRegisterReport = dataKind(AGENCY_REGISTER);
