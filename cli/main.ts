import { Command } from 'commander';
import { z } from 'zod';
import { backup } from './backup.ts';
import { connect } from './connect.ts';
import { copy } from './copy.ts';
import { doctorProviders } from './doctor-providers.ts';
import { doctor } from './doctor.ts';
import { explainAccount, explainHolders, explainSignInVerb } from './explain.ts';
import { heads } from './heads.ts';
import { history } from './history.ts';
import { init } from './init.ts';
import { rebuild } from './rebuild.ts';
import { recover } from './recover.ts';
import { replay } from './replay.ts';
import { restore } from './restore.ts';
import { role } from './role.ts';
import { rotate } from './rotate.ts';
import { runVerb, type Verb } from './run-verb.ts';
import { signingKey } from './signing-key.ts';
import { verify } from './verify.ts';

const program = new Command('latchkey')
  .description('What an operator does with a Latchkey installation, at the terminal.')
  .option('--json', 'answer one JSON document on standard output')
  .showHelpAfterError();

const optionsGiven = z.record(z.string(), z.union([z.string(), z.boolean()]));

/** Commander hands over the arguments in order, then the options, then the command itself. */
const run =
  (verb: Verb) =>
  (...given: readonly unknown[]) =>
    runVerb(verb, {
      words: given.filter((word) => typeof word === 'string'),
      options: optionsGiven.parse(given.at(-2)),
      json: program.opts<{ json?: boolean }>().json ?? false,
    });

program
  .command('init')
  .description('print fresh secrets, ready for an environment file')
  .action(run(init));
program
  .command('doctor')
  .description('look at everything, change nothing, and say what is wrong')
  .option('--repair', 'put right what can be: lookups, claims and vault rows left behind')
  .option('--providers', 'instead, sign in at each provider as a test and show what it returns')
  .action(run((call) => (call.options['providers'] ? doctorProviders(call) : doctor(call))));
program
  .command('connect')
  .description('connect the site itself, and nobody’s account, with a provider, as for a bot')
  .argument('<provider>', 'its name, as in its variables')
  .option('--remove', 'instead, ask the provider to forget it, and throw its tokens away')
  .action(run(connect));
program
  .command('verify')
  .description(
    'recompute every hash chain of the log, or of an export, and name the first broken event',
  )
  .argument('[export]', 'an export to check offline; without it, the log')
  .option('--key <file>', 'the public key you trust, as `latchkey signing-key` prints it')
  .option('--heads <file>', 'heads signed before and kept elsewhere: shows a tail that was cut off')
  .action(run(verify));
program
  .command('heads')
  .description('note where every stream of the log ends, signed, to keep elsewhere')
  .argument('<file>', 'where to write it; must not exist')
  .action(run(heads));
program
  .command('signing-key')
  .description('print the public key that exports and heads are signed with')
  .action(run(signingKey));
program
  .command('rebuild')
  .description('make the lookups again from the log, beside the live ones, and swap them')
  .action(run(rebuild));
program
  .command('replay')
  .description('fold an account, or everything, again from the first event, and tell what changed')
  .argument('[account]', 'its id, username or e-mail address; without it, all accounts')
  .option('--to <point>', 'the last revision (of everything: position), or a time')
  .option('--open', 'show personal parts, which otherwise stay closed')
  .action(run(replay));
const explain = program.command('explain').description('say why, without naming anybody');
explain
  .command('sign-in')
  .description('why this person could not sign in')
  .argument('<account>', 'its id, or a username or e-mail address as it was typed')
  .option('--at <time>', 'when it was tried (default: now)')
  .action(run(explainSignInVerb));
explain
  .command('holders')
  .description('which accounts ever held an e-mail, a username or an identity')
  .argument('<kind>', 'email, username or identity')
  .argument('<value>', 'of an identity: the subject, byte for byte')
  .option('--provider <name>', 'of an identity: a configured provider')
  .option('--issuer <address>', 'of an identity: the issuer, byte for byte')
  .action(run(explainHolders));
explain
  .command('account')
  .description('an account as it was')
  .argument('<account>', 'its id, username or e-mail address')
  .option('--at <point>', 'a revision, or a time (default: now)')
  .option('--open', 'show personal parts, which otherwise stay closed')
  .action(run(explainAccount));
program
  .command('history')
  .description('what happened to an account')
  .argument('<account>', 'its id, username or e-mail address')
  .action(run(history));
program
  .command('recover')
  .description('make a one-time link, good for an hour, that sets a password and ends all sessions')
  .argument('<account>', 'its id, username or e-mail address')
  .action(run(recover));
program
  .command('rotate')
  .description('wrap every key with the newest master key, and say which old one may go')
  .action(run(rotate));
program
  .command('backup')
  .description('copy log and vault, while the app runs, into a directory that does not exist yet')
  .argument('<directory>', 'where to')
  .action(run(backup));
program
  .command('restore')
  .description(
    'put a backup back, with the app stopped; ends sessions, erases again who was erased',
  )
  .argument('<directory>', 'a finished backup')
  .action(run(restore));
program
  .command('copy')
  .description('copy a log to another place, whole and in order, and compare both')
  .option(
    '--from <log>',
    'a file, esdb://…, or env:NAME of a variable (default: the log of the app)',
  )
  .requiredOption('--to <log>', 'where to: empty, or left by a copy that was interrupted')
  .option('--from-prefix <prefix>', 'of stream names there (default: EVENTSTORE_PREFIX)')
  .option('--to-prefix <prefix>', 'of stream names there (default: EVENTSTORE_PREFIX)')
  .action(run(copy));

const roles = program
  .command('role')
  .description('give a role to an account, or take it back; its owner reads it in the history');
for (const change of ['grant', 'revoke'] as const) {
  roles
    .command(change)
    .argument('<account>', 'its id, username or e-mail address')
    .argument('<role>', 'auditor')
    .option('--by <name>', 'who does it, for the history')
    .action(run(role(change)));
}

await program.parseAsync();
