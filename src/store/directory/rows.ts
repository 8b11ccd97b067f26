// Rows of the directory: who signs in, to which accounts, and with what. It stands beside the books.
import type { Instant } from '../../domain/dates.ts';
/** Somebody who signs in. People stand outside of the accounts, since one can belong to several. */
export type PersonRow = {
  id: string;
  email: string;
  email_key: string;
  name: string;
  created_at: Instant;
  /** Null until they have chosen one. */
  password_hash: string | null;
  failed_sign_ins: number;
  locked_until: Instant | null;
};

/** A link by which a person chooses a password, for the first time or again. */
export type InvitationRow = { token_hash: string; person_id: string; expires_at: Instant; used_at: Instant | null };

/** A browser that a person is signed in with. */
export type SessionRow = { token_hash: string; person_id: string; created_at: Instant; expires_at: Instant };

/** What the authorization server keeps, as it keeps it. */
export type OAuthRecordRow = {
  model: string;
  id: string;
  payload: string;
  /** The person and the account that it was given for. */
  subject: string | null;
  grant_id: string | null;
  uid: string | null;
  user_code: string | null;
  expires_at: Instant | null;
  consumed_at: Instant | null;
};

/** Keys of the whole server; those of one account are in `secrets`. */
export type HostSecretRow = { name: string; value: string };

/** A person in an account. One who was removed stays, since the journal names them. */
export type MemberRow = {
  account_id: number;
  person_id: string;
  name: string;
  name_key: string;
  role: string;
  added_at: Instant;
  removed_at: Instant | null;
};

/** A personal access token, for scripts and editors. */
export type AccessTokenRow = {
  account_id: number;
  id: number;
  person_id: string;
  name: string;
  token_hash: string;
  /** Separated by spaces. */
  scopes: string;
  created_at: Instant;
  expires_at: Instant | null;
  last_used_at: Instant | null;
  revoked_at: Instant | null;
};

/**
 * One call of a tool, put off until its person comes: to move a file, or to say yes to it; or a page that does one for each
 * file.
 */
export type LinkRow = {
  account_id: number;
  token_hash: string;
  person_id: string | null;
  tool: string;
  arguments: string;
  scopes: string;
  client: string;
  expires_at: Instant;
  /** A page: when it was ended. */
  used_at: Instant | null;
  /** The hash of what the browser holds that opened the page first. */
  opened_by: string | null;
  /** What came by the page, in JSON. */
  kept: string | null;
  /** What the page still takes; null for what is no page. */
  files_left: number | null;
  bytes_left: number | null;
  purpose: 'file' | 'confirm';
  /** The change that it became. */
  change_number: number | null;
};

/** How often something was tried lately. */
export type AttemptsRow = { key_hash: string; count: number; expires_at: Instant };

/** What one of several processes does for all of them, until when. */
export type TurnRow = { name: string; expires_at: Instant };
