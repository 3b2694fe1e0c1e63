// The codes that the console offers; the service takes any others that an institution uses.

export const CHANNELS = [
  'phone',
  'branch',
  'letter',
  'email',
  'web',
  'app',
  'wechat',
  'visit',
  'regulator-forward',
  'pboc',
  'mediation',
  'other',
] as const;

/** HLJ's five areas, and what complaints about collection are about. */
export const CATEGORIES = [
  'collection',
  'collection-frequency',
  'collection-hours',
  'collection-third-party',
  'collection-conduct',
  'collection-privacy',
  'collection-amount',
  'issuing',
  'marketing',
  'card-use',
  'fees',
  'billing',
  'fraud',
  'disclosure',
  'service',
  'complaint-handling',
  'other',
] as const;

/** As the service decides it: about collection, so that contact on the account stops. */
export const isAboutCollection = (category: string): boolean => category === 'collection' || /^collection[-.]/.test(category);
