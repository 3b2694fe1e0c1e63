/** What sorting says in a complaint's timeline. */
export const sortingTimeline = {
  classified: 'Classification confirmed',
  'bad-faith-flagged': 'Something suspicious flagged',
  'bad-faith-unflagged': 'Flag withdrawn',
  'bad-faith-decided': 'Judged for suspected bad faith',
  'bad-faith-confirmed': 'Suspicion confirmed by a second person',
  'bad-faith-refused': 'Suspicion not confirmed by the second person',
  'bad-faith-reported': 'Report to an authority made',
};
