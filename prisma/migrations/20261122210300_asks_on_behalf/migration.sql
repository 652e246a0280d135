-- What is asked on behalf of somebody moves when they, or who stands in for them, come back or go away.
CREATE INDEX asks_on_behalf_of ON asks (on_behalf_of_id) WHERE on_behalf_of_id IS NOT NULL;
