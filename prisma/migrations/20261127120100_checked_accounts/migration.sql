-- When the platform was last asked whether an account still belongs to a member of this address. Null: not since there is this
-- rule, so it is asked when the account is next used.
ALTER TABLE chat_accounts ADD COLUMN checked_at timestamptz;
