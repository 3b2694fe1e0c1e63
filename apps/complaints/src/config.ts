import { readConfig, type ConfigOf } from '#config';
import { serviceSettings } from '#service';

/** Every variable that the complaints service, its worker and its migration read. */
export const settings = {
  ...serviceSettings({ port: 3002, publicPath: '/api/complaints' }),
};

export type ComplaintsConfig = ConfigOf<typeof settings>;

export const loadConfig = (env: Readonly<Record<string, string | undefined>>): ComplaintsConfig => readConfig(settings, env);
