import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Account } from '../domain/account/account.ts';
import { evolve } from '../domain/account/evolve.ts';
import { accountStream } from '../domain/streams.ts';
import { chainStart, continuesChain } from '../eventstore/chain.ts';
import { decodeAccountEvent, sealedPart } from '../eventstore/codec.ts';
import type { RecordedEvent } from '../eventstore/event-store.ts';
import { exportDocument, type ExportDocument, type ExportedEvent } from './export-document.ts';
import { exportedState } from './export-state.ts';
import { judgeSignature, type SignatureVerdict } from './signed-statement.ts';
import { isLiving } from '../domain/account/is-living.ts';

/** What is wrong with an export, first things first. */
export type ExportProblem =
  | { readonly what: 'not-an-export'; readonly told: string }
  | {
      readonly what: 'gap' | 'chain' | 'commitment' | 'unreadable' | 'not-opened';
      readonly revision: number;
    }
  | { readonly what: 'head-differs' | 'account-differs' | 'signature' };

export interface ExportVerdict {
  readonly events: number;
  readonly accountId: string | undefined;
  readonly keyId: string | undefined;
  /** When the head was signed, by the signer's clock. */
  readonly signedAt: string | undefined;
  readonly signature: SignatureVerdict | undefined;
  /** The first one found; undefined where the export is consistent. */
  readonly problem: ExportProblem | undefined;
}

/**
 * Checks an export without any installation: every chain value over the stored bytes, every opened text against its
 * commitment, that the account is what its history makes, that the signed head is the history's end, and the
 * signature. Only with a key that came from elsewhere does the answer say who signed (H9).
 */
export function verifyExport(text: string, trustedKeyPem?: string): ExportVerdict {
  const parsed = parse(text);
  if (typeof parsed === 'string') {
    return { ...nothing, problem: { what: 'not-an-export', told: parsed } };
  }
  const { history, account, head } = parsed;
  const signature = judgeSignature(head, trustedKeyPem);
  return {
    events: history.events.length,
    accountId: account.accountId,
    keyId: head.keyId,
    signedAt: head.statement.at,
    signature,
    problem: problemOf(parsed, signature),
  };
}

const nothing = {
  events: 0,
  accountId: undefined,
  keyId: undefined,
  signedAt: undefined,
  signature: undefined,
};

function problemOf(given: ExportDocument, signature: SignatureVerdict): ExportProblem | undefined {
  const stream = accountStream(given.account.accountId);
  if (given.history.stream !== stream) return { what: 'head-differs' };
  let folded: Account = { status: 'absent' };
  let end = { revision: -1, chain: chainStart(stream) };
  for (const exported of given.history.events) {
    const recorded: RecordedEvent = { ...exported, stream, position: 0n };
    const wrong = wrongWith(exported, recorded, end);
    if (wrong) return { what: wrong, revision: end.revision + 1 };
    const { revision, metadata } = recorded;
    end = { revision, chain: metadata.chain };
    try {
      const event = decodeAccountEvent(recorded, () => textOf(exported));
      folded = evolve(folded, { event, revision, at: metadata.at });
    } catch {
      return { what: 'unreadable', revision };
    }
  }
  const { statement } = given.head;
  const sameEnd = statement.revision === end.revision && statement.chain === end.chain;
  if (!sameEnd || statement.stream !== stream) return { what: 'head-differs' };
  if (!sameAccount(given, folded)) return { what: 'account-differs' };
  return signature === 'forged' ? { what: 'signature' } : undefined;
}

function wrongWith(
  exported: ExportedEvent,
  recorded: RecordedEvent,
  end: { readonly revision: number; readonly chain: string },
): 'gap' | 'chain' | 'commitment' | 'not-opened' | undefined {
  if (recorded.revision !== end.revision + 1) return 'gap';
  if (!continuesChain(end.chain, recorded)) return 'chain';
  if (recorded.data['personal'] === undefined) return exported.opened && 'commitment';
  if (exported.opened === undefined) return 'not-opened';
  return commitmentHolds(recorded, exported.opened) ? undefined : 'commitment';
}

function commitmentHolds(
  recorded: RecordedEvent,
  { salt, text }: { readonly salt: string; readonly text: string },
): boolean {
  const bytes = Buffer.from(salt, 'base64url');
  if (bytes.length !== 32 || bytes.toString('base64url') !== salt) return false;
  const made = createHash('sha256').update(bytes).update(text, 'utf8').digest('base64url');
  return made === sealedPart(recorded)?.field.commitment;
}

/** An event without a sealed part is never asked. */
const textOf = ({ opened }: ExportedEvent): string => opened?.text ?? '';

/** Of what no chain covers, the profile and the ways in follow from the history; the rest is only told. */
function sameAccount({ account }: ExportDocument, folded: Account): boolean {
  if (!isLiving(folded)) return false;
  return canonicalize(exportedState(account.accountId, folded)) === canonicalize(account);
}

function parse(text: string): ExportDocument | string {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return 'it is not whole: no JSON document';
  }
  const parsed = exportDocument.safeParse(read);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  return `${issue?.path.join('.') ?? 'it'}: ${issue?.message ?? 'unknown'}`;
}
