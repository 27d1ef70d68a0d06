/**
 * Every table of the vault. Times are milliseconds since 1970. Ids, revisions and times stand in clear;
 * `hash`, `device`, `entry` and tokens are sealed under the account's data key (the site's own tokens under a key of theirs), `wrapped` under a master key.
 * A start compares this text with what the file says, so a change needs a new version and a step of
 * `vaultUpgrades`.
 */
export const vaultSchema: readonly string[] = [
  `CREATE TABLE vault (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    vault_id TEXT NOT NULL,
    made_at INTEGER NOT NULL
  ) STRICT`,
  `CREATE TABLE master_keys (
    master_key_id TEXT PRIMARY KEY,
    check_value BLOB NOT NULL
  ) STRICT`,
  `CREATE TABLE keys (
    key_id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL,
    attempt_id TEXT,
    master_key_id TEXT,
    wrapped BLOB NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('active', 'erasing', 'erased')),
    made_at INTEGER NOT NULL,
    settled INTEGER NOT NULL CHECK (settled IN (0, 1))
  ) STRICT`,
  `CREATE INDEX keys_by_master_key ON keys (master_key_id) WHERE state = 'active'`,
  `CREATE INDEX keys_erasing ON keys (key_id) WHERE state = 'erasing'`,
  `CREATE INDEX keys_unsettled ON keys (made_at) WHERE settled = 0 AND state = 'active'`,
  `CREATE TABLE credentials (
    credential_id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL,
    attempt_id TEXT NOT NULL,
    key_id TEXT NOT NULL,
    prehash_key_id TEXT NOT NULL,
    hash BLOB NOT NULL,
    made_at INTEGER NOT NULL,
    settled INTEGER NOT NULL CHECK (settled IN (0, 1))
  ) STRICT`,
  `CREATE INDEX credentials_by_account ON credentials (account_id)`,
  `CREATE INDEX credentials_unsettled ON credentials (made_at) WHERE settled = 0`,
  `CREATE TABLE sessions (
    place INTEGER PRIMARY KEY,
    session_id TEXT NOT NULL UNIQUE,
    token_hash BLOB NOT NULL UNIQUE,
    account_id TEXT NOT NULL,
    key_id TEXT NOT NULL,
    method TEXT NOT NULL,
    proved_revision INTEGER NOT NULL,
    closing INTEGER NOT NULL CHECK (closing IN (0, 1)),
    started_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    proof_at INTEGER,
    proof_how TEXT,
    proof_page TEXT,
    device BLOB NOT NULL
  ) STRICT`,
  `CREATE INDEX sessions_by_account ON sessions (account_id)`,
  `CREATE TABLE activity (
    place INTEGER PRIMARY KEY,
    activity_id TEXT NOT NULL UNIQUE,
    account_id TEXT NOT NULL,
    key_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    entry BLOB NOT NULL
  ) STRICT`,
  `CREATE INDEX activity_by_account ON activity (account_id, place)`,
  `CREATE INDEX activity_by_time ON activity (at)`,
  `CREATE TABLE recoveries (
    token_hash BLOB PRIMARY KEY,
    account_id TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    consumed INTEGER NOT NULL CHECK (consumed IN (0, 1))
  ) STRICT`,
  `CREATE INDEX recoveries_by_account ON recoveries (account_id)`,
  // Sealed under the vault's own round-trip key: some of them belong to no account yet.
  `CREATE TABLE round_trips (
    place INTEGER PRIMARY KEY,
    id_hash BLOB NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('handshake', 'pending')),
    browser TEXT NOT NULL,
    session_id TEXT,
    account_id TEXT,
    at INTEGER NOT NULL,
    answer TEXT,
    content BLOB NOT NULL
  ) STRICT`,
  `CREATE INDEX round_trips_by_browser ON round_trips (browser, kind, place)`,
  `CREATE INDEX round_trips_by_session ON round_trips (session_id)`,
  `CREATE INDEX round_trips_by_account ON round_trips (account_id)`,
  `CREATE INDEX round_trips_by_time ON round_trips (at)`,
  `CREATE TABLE tokens (
    account_id TEXT NOT NULL,
    identity_id TEXT NOT NULL,
    provider TEXT NOT NULL,
    key_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    held_until INTEGER NOT NULL,
    rejected_at INTEGER,
    content BLOB NOT NULL,
    PRIMARY KEY (account_id, identity_id)
  ) STRICT, WITHOUT ROWID`,
  // Sealed, until it is carried out, under a key of its own: it is about people who may not be here.
  `CREATE TABLE notices (
    code_hash BLOB PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('deauthorize', 'data-deletion')),
    told_at INTEGER NOT NULL,
    done_at INTEGER,
    content BLOB
  ) STRICT`,
  `CREATE INDEX notices_undone ON notices (told_at) WHERE done_at IS NULL`,
  // Column names are those of rate-limiter-flexible, whose statements run on this table.
  `CREATE TABLE limits (
    key TEXT PRIMARY KEY,
    points INTEGER NOT NULL,
    expire INTEGER
  ) STRICT`,
  `CREATE INDEX limits_by_expiry ON limits (expire)`,
  `CREATE TABLE log_head (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    log_id TEXT NOT NULL,
    stream TEXT NOT NULL,
    revision INTEGER NOT NULL,
    chain TEXT NOT NULL
  ) STRICT`,
  `CREATE TABLE installation_keys (
    place INTEGER PRIMARY KEY,
    key_id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('prehash', 'limit', 'signing', 'round-trip', 'site', 'notice')),
    master_key_id TEXT NOT NULL,
    wrapped BLOB NOT NULL,
    public_key TEXT,
    made_at INTEGER NOT NULL
  ) STRICT`,
];
