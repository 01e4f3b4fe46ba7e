-- Consents that another took the place of: what they left goes with their own response.

create index consent_replaced on consent (response_id) where state = 'replaced' and erase_at is null and erased_at is null;
