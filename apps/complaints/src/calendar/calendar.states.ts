export const VERSION_STATES = ['draft', 'proposed', 'published', 'cancelled'] as const;
export type VersionState = (typeof VERSION_STATES)[number];
