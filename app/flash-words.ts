import type { FlashMessage } from './components/flash.tsx';
import type { Flash } from './context.ts';
import { connectionsText } from './pages/connections-text.ts';
import { deleteText } from './pages/delete-text.ts';
import { isolate, type Way } from './pages/device-text.ts';
import { passwordSettingsText } from './pages/password-settings-text.ts';
import { profileText } from './pages/profile-text.ts';
import { recoverText } from './pages/recover-text.ts';
import { registerText } from './pages/register-text.ts';
import { sessionsText } from './pages/sessions-text.ts';

const safe =
  (text: string): Words =>
  () => ({ tone: 'safe', text });
const aside =
  (text: string): Words =>
  () => ({ tone: 'info', text });

type Words = (params: Flash['params']) => FlashMessage;

/** What the last request did, by the code that it left in the flash cookie. */
const words: Readonly<Record<string, Words>> = {
  registered: ({ name = '' }) => ({ tone: 'safe', text: registerText.done(isolate(name)) }),
  recovered: safe(recoverText.done),
  'profile-saved': safe(profileText.saved),
  'profile-unchanged': aside(profileText.unchanged),
  'password-set': safe(passwordSettingsText.done.set),
  'password-change': safe(passwordSettingsText.done.change),
  'password-remove': safe(passwordSettingsText.done.remove),
  linked: safe(connectionsText.done.linked),
  moved: safe(connectionsText.done.moved),
  'linked-already': aside(connectionsText.done.already),
  unlinked: safe(connectionsText.done.unlinked),
  'deletion-cancelled': ({ at = '', kind = '', by = '' }) => ({
    tone: 'safe',
    text: deleteText.kept(at, keptWay(kind, by)),
  }),
  refreshed: safe(connectionsText.done.refreshed),
  restored: safe(connectionsText.done.restored),
  'session-ended': safe(sessionsText.ended),
  'session-gone': aside(sessionsText.gone),
  'sessions-ended': ({ count = '0' }) => ({
    tone: 'safe',
    text: sessionsText.othersEnded(Number(count)),
  }),
};

/** The way in by which a deletion was asked for, as the flash cookie carries it. */
function keptWay(kind: string, by: string): Way | null {
  if (kind === 'password') return { kind };
  return kind === 'provider' ? { kind, name: isolate(by) } : null;
}

/** Undefined for a code nobody has words for: an older cookie must not break a page. */
export const flashMessage = (flash: Flash | undefined): FlashMessage | undefined =>
  flash && words[flash.code]?.(flash.params);
