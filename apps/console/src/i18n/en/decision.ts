/** What decisions, notices and messages leave in the history of a complaint. */
export const decisionTimeline = {
  'dispatch-queued': 'Message queued',
  'dispatch-sent': 'Message sent',
  'dispatch-delivered': 'Message delivered',
  'dispatch-failed': 'Message failed',
  'dispatch-given-up': 'Message given up',
};
