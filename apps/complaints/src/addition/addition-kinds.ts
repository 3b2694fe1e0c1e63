/** What stands of it in the timeline. */
export const ADDITION_TIMELINE = ['complainant-added'] as const;

/** What whoever handles the complaint is told. */
export const ADDITION_NOTIFICATIONS = ['complainant-added'] as const;
