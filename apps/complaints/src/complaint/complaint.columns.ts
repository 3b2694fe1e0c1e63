/** A `ComplaintRecord` of the row `c`. */
export const COMPLAINT_COLUMNS = `
  c.id, c.institution_id as "institutionId", c.number, c.external_ref as "externalRef", c.content_hash as "contentHash", c.channel, c.category, c.received_at as "receivedAt",
  c.registered_at as "registeredAt", c.time_zone as "timeZone", c.pack, (select r.matter from complaint_rule r where r.complaint = c.id) as matter,
  (select r.rule from complaint_rule r where r.complaint = c.id) as "packRule",
  c.name_sealed as "nameSealed", c.id_number_sealed as "idNumberSealed", c.contact_sealed as "contactSealed",
  c.proxy_sealed as "proxySealed", c.account, c.subject_sealed as "subjectSealed", c.narrative_sealed as "narrativeSealed", c.requests_sealed as "requestsSealed",
  c.against_agency_id as "agencyId", c.against_collector_id as "collectorId", c.against_staff_id as "staffId", c.group_size as "groupSize", c.source,
  c.registered_by as "registeredBy", c.registered_by_handler as "registeredByHandler", c.handler, c.state, c.term_id as "termId", c.day0, c.due_on as "dueOn", c.due_at as "dueAt",
  c.provisional, c.due_set_at as "dueSetAt", c.decided_at as "decidedAt", c.told_at as "toldAt", c.closed_at as "closedAt", c.ledger_version as "ledgerVersion",
  c.hold_state as "holdState", c.hold_version as "holdVersion"`;
