import { text, type ConfigOf } from '#config';
import { DEFAULT_TIME_ZONE } from '#contact-rules';

/** What a service that destroys records reads; spread into the app's own settings. */
export const retentionSettings = {
  retentionTimeZone: text('RETENTION_TIME_ZONE', {
    group: 'retention',
    description: 'The institution’s time zone, in whose days terms of retention begin and end',
    fallback: DEFAULT_TIME_ZONE,
  }),
};

export type RetentionConfig = ConfigOf<typeof retentionSettings>;
